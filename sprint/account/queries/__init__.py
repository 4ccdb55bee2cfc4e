"""Reading accounts: devices signed in, rights held, the key and codes of the demonstration."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.account.tables import DemoKey, EmailProof
from sprint.journal import Fact
from sprint.people.queries import standing_grant
from sprint.people.rules import Member
from sprint.people.tables import Grant, Identity, Organisation, Person, Right, Scope
from sprint.sessions import IDLE, LoginSession, is_open


@dataclass(frozen=True)
class Device:
    """An open session of the person at hand; `device` is as `rules.device_of` gave it."""

    session_id: int
    device: str
    created_at: datetime
    seen_at: datetime
    provider: str
    amr: str


def devices_of(db: Session, person_id: int, now: datetime, idle: timedelta = IDLE) -> list[Device]:
    """Where a person is signed in, the last seen first. One query."""
    columns = select(  # type: ignore[call-overload]
        LoginSession.id, LoginSession.device, LoginSession.created_at, LoginSession.seen_at, LoginSession.provider,
        func.coalesce(LoginSession.amr, ""),
    )  # fmt: skip
    rows = db.exec(
        columns.where(LoginSession.person_id == person_id, is_open(now, now - idle)).order_by(
            col(LoginSession.seen_at).desc(), col(LoginSession.id).desc()
        )
    )
    return [Device(*row) for row in rows]


@dataclass(frozen=True)
class WayIn:
    """One of the person's ways of signing in. `login` and `profile_url` are a forge's."""

    id: int
    provider: str
    subject: str
    linked_at: datetime
    login: str | None
    profile_url: str | None


def ways_in_of(db: Session, person_id: int) -> list[WayIn]:
    """How a person may sign in, the oldest first. One query."""
    columns = (
        Identity.id,
        Identity.provider,
        Identity.subject,
        Identity.linked_at,
        Identity.login,
        Identity.profile_url,
    )
    which = select(*columns).where(Identity.person_id == person_id)  # type: ignore[call-overload]
    rows = db.exec(which.order_by(col(Identity.linked_at), col(Identity.id)))
    return [WayIn(*row) for row in rows]


@dataclass(frozen=True)
class ContactAddress:
    """Where the person is written to, and the address on its way to take its place."""

    email: str | None
    is_verified: bool
    asked: str | None


def contact_of(db: Session, person_id: int, now: datetime) -> ContactAddress:
    """Where a person is written to. Two queries."""
    email, verified_at = db.exec(select(Person.email, Person.email_verified_at).where(Person.id == person_id)).one()
    open_one = (EmailProof.person_id == person_id, col(EmailProof.confirmed_at).is_(None), EmailProof.expires_at > now)
    asked = db.exec(select(EmailProof.email).where(*open_one).order_by(col(EmailProof.id).desc())).first()
    return ContactAddress(email, verified_at is not None, asked)


def begins_without_address(db: Session, person_id: int, now: datetime) -> bool:
    """Whether the account was opened in this very moment, and nobody knows where to write to its person. One query."""
    begun, email = db.exec(select(Person.created_at, Person.email).where(Person.id == person_id)).one()
    return begun == now and not email


@dataclass(frozen=True)
class Proof:
    """An address to prove, as whoever opens its link sees it."""

    id: int
    email: str
    name: str
    expires_at: datetime
    is_used: bool


def proof_called(db: Session, proof_id: int) -> Proof | None:
    """The address a link is about; none once its account is erased."""
    row = db.exec(
        select(EmailProof.email, Person.name, EmailProof.expires_at, EmailProof.confirmed_at)
        .join(Person, col(Person.id) == EmailProof.person_id)
        .where(EmailProof.id == proof_id, col(Person.erased_at).is_(None))
    ).first()
    return Proof(proof_id, row[0], row[1], row[2], row[3] is not None) if row else None


@dataclass(frozen=True)
class GrantLine:
    """A right somebody holds, or will once it is confirmed."""

    id: int
    person_id: int
    name: str
    right: Right
    scope_kind: Scope
    scope_id: int | None
    given_at: datetime
    given_by: int | None
    giver: str | None
    until_at: datetime | None
    waits: bool


def grants_seen_by(db: Session, member: Member, now: datetime, offset: int, limit: int) -> tuple[int, list[GrantLine]]:
    """How many rights the person sees, and some of them, waiting ones first. Two queries."""
    seen = _seen_by(member, now)
    rows = select(Grant).join(Person, col(Person.id) == Grant.person_id).where(seen)
    total = db.exec(select(func.count()).select_from(rows.subquery())).one()
    giver = aliased(Person)
    columns = (
        Grant.id, Grant.person_id, Person.name, Grant.right, Grant.scope_kind, Grant.scope_id, Grant.given_at,
        Grant.given_by, giver.name, Grant.until_at, col(Grant.confirmed_at).is_(None),
    )  # fmt: skip
    page = (
        select(*columns)  # type: ignore[call-overload]
        .join(Person, col(Person.id) == Grant.person_id)
        .join(giver, col(giver.id) == Grant.given_by, isouter=True)
        .where(seen)
        .order_by(col(Grant.confirmed_at).is_not(None), col(Person.name), col(Grant.id))
    )
    return total, [GrantLine(*row) for row in db.exec(page.offset(offset).limit(limit))]


def sees_grant(db: Session, member: Member, grant_id: int, now: datetime) -> bool:
    """Whether a right is among those the person sees."""
    which = select(Grant.id).join(Person, col(Person.id) == Grant.person_id).where(Grant.id == grant_id)
    return db.exec(which.where(_seen_by(member, now))).first() is not None


def _seen_by(member: Member, now: datetime) -> ColumnElement[bool]:
    """Administrators see all rights but mentors', who are named on the pages of tracks; organisers those over their
    editions, recruiters' and relays'.
    """
    seen = and_(standing_grant(now), col(Person.erased_at).is_(None), col(Grant.right) != Right.MENTOR)
    if member.holds(Right.ADMINISTRATOR):
        return seen
    over_edition = col(Grant.scope_kind) == Scope.EDITION
    if not member.holds_everywhere(Right.ORGANISER):
        over_edition = and_(over_edition, col(Grant.scope_id).in_(member.scope_ids(Right.ORGANISER, Scope.EDITION)))
    return and_(seen, or_(col(Grant.right).in_([Right.RECRUITER, Right.RELAY]), over_edition))


@dataclass(frozen=True)
class AccountEvent:
    """Something that happened to the person's account; `detail` as the Fact holds it."""

    kind: str
    at: datetime
    is_own: bool
    detail: dict[str, int | str]


def account_events(db: Session, person_id: int, offset: int, limit: int) -> tuple[int, list[AccountEvent]]:
    """How much happened to an account, and some of it, the latest first. Two queries."""
    mine = (Fact.person_id == person_id, col(Fact.kind).startswith("account."))
    total = db.exec(select(func.count()).select_from(Fact).where(*mine)).one()
    page = select(Fact.kind, Fact.at, Fact.actor_id, Fact.detail).where(*mine)
    rows = db.exec(page.order_by(col(Fact.at).desc(), col(Fact.id).desc()).offset(offset).limit(limit))
    return total, [AccountEvent(kind, at, actor == person_id, dict(detail)) for kind, at, actor, detail in rows]


@dataclass(frozen=True)
class Account:
    """A person as an administrator's command names them."""

    id: int
    name: str
    email: str | None


def accounts_called(db: Session, email_or_id: str) -> list[Account]:
    """The accounts of an e-mail address, whatever its case, or of an id. Several people may share an address."""
    is_id = email_or_id.isascii() and email_or_id.isdigit() and len(email_or_id) < 10
    which = col(Person.id) == int(email_or_id) if is_id else func.lower(Person.email) == email_or_id.lower()
    rows = db.exec(
        select(Person.id, Person.name, Person.email)
        .where(which, col(Person.erased_at).is_(None))
        .order_by(col(Person.id))
    )
    return [Account(*row) for row in rows]


def held_grants(
    db: Session, person_id: int, right: Right, scope_kind: Scope, scope_id: int | None, now: datetime
) -> list[Grant]:
    """The grants of one right over one very thing that are not over; they may wait to be confirmed."""
    statement = select(Grant).where(
        Grant.person_id == person_id,
        Grant.right == right,
        Grant.scope_kind == scope_kind,
        col(Grant.scope_id).is_(None) if scope_id is None else col(Grant.scope_id) == scope_id,
        standing_grant(now),
    )
    return list(db.exec(statement))


def organisation_id(db: Session, slug: str) -> int | None:
    return db.exec(select(Organisation.id).where(Organisation.slug == slug)).first()


def demo_key(db: Session) -> dict[str, str] | None:
    """The private key of the demonstration's provider, if it has signed anything yet."""
    found = db.exec(select(DemoKey.jwk)).first()
    return dict(found) if found else None
