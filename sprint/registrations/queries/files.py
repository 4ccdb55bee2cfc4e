"""One person's file in one edition: what they hold, held, and what the journal of that edition says of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.people.rules import Member
from sprint.people.tables import Person, Right, Scope, Standing
from sprint.programme.tables import Day, Track
from sprint.registrations.facts import EDITION_WIDE, RegistrationFact
from sprint.registrations.tables import Mode, Registration

TOLD = [kind.value for kind in RegistrationFact if kind not in EDITION_WIDE]
"""Registrations alone: whatever else the journal knows of a person is not an organiser's business."""


@dataclass(frozen=True)
class Someone:
    """Who the file is about."""

    id: int
    name: str
    email: str | None
    standing: Standing


def someone_for(db: Session, member: Member, edition_id: int, person_id: int) -> Someone | None:
    """A person who has, or had, a registration in an edition the member organises; anybody else is not found."""
    if not member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id):
        return None
    came = select(Registration.id).where(Registration.person_id == person_id, Registration.edition_id == edition_id)
    row = db.exec(
        select(Person.id, Person.name, Person.email, Person.standing).where(
            Person.id == person_id, col(Person.erased_at).is_(None), came.exists()
        )
    ).first()
    return Someone(row[0] or 0, *row[1:]) if row else None


@dataclass(frozen=True)
class Noted:
    """One thing that happened to somebody's registrations. `by_team`: an organiser did it, `why` with this reason.

    What is about all their days at once has neither day, mode nor track.
    """

    at: datetime
    kind: RegistrationFact
    on: date | None
    mode: Mode | None
    track_name: str | None
    track_slug: str | None
    by_team: bool
    why: str
    ahead: int
    """How many who had asked before were knowingly left waiting."""
    is_undone: bool
    """The team took it back at once."""


def history_of(db: Session, edition_id: int, person_id: int, offset: int, limit: int) -> tuple[int, list[Noted]]:
    """How many things happened, and some of them, the latest first. Three queries."""
    where = [
        Fact.edition_id == edition_id,
        Fact.person_id == person_id,
        col(Fact.kind).in_(TOLD),
    ]
    total = db.exec(select(func.count()).select_from(Fact).where(*where)).one()
    undone, same = undone_acts(db, edition_id), aliased(Fact)
    number = select(func.min(same.id)).where(col(same.act) == Fact.act).scalar_subquery()
    rows = db.exec(
        select(Fact.at, Fact.kind, Fact.actor_id, Fact.detail, Day.on, Track.name, Track.slug, number)
        .join(Day, col(Day.id) == Fact.day_id, isouter=True)
        .join(Track, col(Track.id) == Fact.track_id, isouter=True)
        .where(*where)
        .order_by(col(Fact.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return total, [_noted(person_id, *row, number in undone) for *row, number in rows]


def undone_acts(db: Session, edition_id: int) -> set[int]:
    """The numbers of the acts of an edition that were taken back. One query."""
    taken_back = (Fact.edition_id == edition_id, Fact.kind == RegistrationFact.UNDONE.value)
    return {int(detail["undone"]) for detail in db.exec(select(Fact.detail).where(*taken_back))}


def _noted(
    person_id: int,
    at: datetime,
    kind: str,
    actor_id: int | None,
    detail: dict[str, int | str],
    on: date | None,
    track_name: str | None,
    track_slug: str | None,
    is_undone: bool,
) -> Noted:
    return Noted(
        at,
        RegistrationFact(kind),
        on,
        Mode(detail["mode"]) if "mode" in detail else None,
        track_name,
        track_slug,
        # A seat passed on is the deed of whoever left it, and theirs to tell; one released is nobody's deed.
        actor_id != person_id and kind not in (RegistrationFact.PROMOTED, RegistrationFact.RELEASED),
        str(detail.get("reason", "")),
        int(detail.get("ahead", 0)),
        is_undone,
    )
