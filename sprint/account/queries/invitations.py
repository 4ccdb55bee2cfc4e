"""Reading invitations: those of an edition for its organisers, and the one that a link is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from sprint.account.rules.invitations import Times
from sprint.account.tables import Invitation
from sprint.people.tables import Person

_LATEST = select(func.max(Invitation.id)).group_by(col(Invitation.person_id))
"""Of several sent to one person, only the last one counts."""


@dataclass(frozen=True)
class InvitationLine:
    """The last invitation of somebody, as the team sees it."""

    id: int
    person_id: int
    name: str
    email: str
    invited_at: datetime
    inviter: str
    times: Times


def invitations_of(db: Session, edition_id: int, offset: int, limit: int) -> tuple[int, list[InvitationLine]]:
    """How many people were invited to an edition, and some of them, the latest first. Two queries."""
    theirs = (
        Invitation.edition_id == edition_id,
        col(Invitation.id).in_(_LATEST),
        col(Person.erased_at).is_(None),
    )
    rows = select(Invitation.id).join(Person, col(Person.id) == Invitation.person_id).where(*theirs)
    total = db.exec(select(func.count()).select_from(rows.subquery())).one()
    inviter = aliased(Person)
    columns = (
        Invitation.id, Invitation.person_id, Person.name, Invitation.email, Invitation.invited_at, inviter.name,
        Invitation.expires_at, Invitation.accepted_at, Invitation.withdrawn_at,
    )  # fmt: skip
    page = (
        select(*columns)  # type: ignore[call-overload]
        .join(Person, col(Person.id) == Invitation.person_id)
        .join(inviter, col(inviter.id) == Invitation.invited_by)
        .where(*theirs)
        .order_by(col(Invitation.id).desc())
    )
    return total, [InvitationLine(*row[:6], Times(*row[6:])) for row in db.exec(page.offset(offset).limit(limit))]


def is_invited_at(db: Session, edition_id: int, email: str) -> bool:
    """Whether somebody was invited to the edition at this address and neither accepted nor was given up."""
    which = select(Invitation.id).join(Person, col(Person.id) == Invitation.person_id)
    found = which.where(
        Invitation.edition_id == edition_id,
        func.lower(Invitation.email) == email.lower(),
        col(Invitation.accepted_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        col(Person.erased_at).is_(None),
    )
    return db.exec(found).first() is not None


def is_the_last(db: Session, person_id: int, invitation_id: int) -> bool:
    """Whether no other invitation was sent to the person after this one."""
    later = select(Invitation.id).where(Invitation.person_id == person_id, col(Invitation.id) > invitation_id)
    return db.exec(later).first() is None


def was_sent(db: Session, inviter: int, once: str) -> bool:
    """Whether this very form was received before."""
    same = select(Invitation.id).where(Invitation.invited_by == inviter, Invitation.once == once)
    return db.exec(same).first() is not None


@dataclass(frozen=True)
class Invited:
    """An invitation as whoever opens its link sees it."""

    id: int
    person_id: int
    name: str
    email: str
    inviter: str
    edition_id: int
    times: Times


def invitation_called(db: Session, invitation_id: int) -> Invited | None:
    """The invitation that a link is about; none once whom it is for is erased. One query."""
    inviter = aliased(Person)
    row = db.exec(
        select(  # type: ignore[call-overload]
            Invitation.person_id, Person.name, Invitation.email, inviter.name, Invitation.edition_id,
            Invitation.expires_at, Invitation.accepted_at, Invitation.withdrawn_at,
        )
        .join(Person, col(Person.id) == Invitation.person_id)
        .join(inviter, col(inviter.id) == Invitation.invited_by)
        .where(Invitation.id == invitation_id, col(Person.erased_at).is_(None))
    ).first()  # fmt: skip
    return Invited(invitation_id, *row[:5], Times(*row[5:])) if row else None
