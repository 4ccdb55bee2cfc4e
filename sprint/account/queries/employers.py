"""Reading where people work: what is attested, what they declared, and who may vouch for it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from sprint.account.tables import DeclaredEmployer
from sprint.people.queries import live_grant
from sprint.people.rules import MAY, Member, Permission
from sprint.people.tables import Affiliation, Grant, Organisation, Person, Right, Scope, Source


@dataclass(frozen=True)
class Employer:
    """Where somebody works or worked, and who says so."""

    name: str
    since_on: date
    until_on: date | None
    source: Source
    is_public: bool


def employers_of(db: Session, person_id: int) -> list[Employer]:
    """Where a person works or worked, the latest first. One query."""
    columns = (
        Organisation.name,
        Affiliation.since_on,
        Affiliation.until_on,
        Affiliation.source,
        Organisation.is_public,
    )
    rows = db.exec(
        select(*columns)  # type: ignore[call-overload]
        .join(Organisation, col(Organisation.id) == Affiliation.organisation_id)
        .where(Affiliation.person_id == person_id)
        .order_by(col(Affiliation.since_on).desc(), col(Affiliation.id).desc())
    )
    return [Employer(*row) for row in rows]


def declared_by(db: Session, person_id: int) -> str | None:
    """Where a person says they work, while nobody has vouched for it."""
    return db.exec(select(DeclaredEmployer.name).where(DeclaredEmployer.person_id == person_id)).first()


@dataclass(frozen=True)
class Declared:
    """An employer somebody declared, as whoever may vouch for it sees it."""

    id: int
    person_id: int
    person: str
    email: str | None
    name: str
    declared_at: datetime
    organisation_id: int | None


def _vouched_by(member: Member) -> ColumnElement[bool]:
    """Relays see what was declared to them; who entrusts others with rights sees all."""
    here = col(Person.erased_at).is_(None)
    if MAY[Permission.ENTRUST](member):
        return here
    relayed = member.scope_ids(Right.RELAY, Scope.ORGANISATION)
    return and_(here, col(DeclaredEmployer.organisation_id).in_(relayed))


def declared_for(db: Session, member: Member, declared_id: int) -> bool:
    """Whether an employer that was declared is among those the member may vouch for."""
    which = select(DeclaredEmployer.id).join(Person, col(Person.id) == DeclaredEmployer.person_id)
    found = which.where(DeclaredEmployer.id == declared_id, _vouched_by(member))
    return db.exec(found).first() is not None


def declared_employers(db: Session, member: Member, offset: int, limit: int) -> tuple[int, list[Declared]]:
    """How many employers wait for the member to vouch for them, and some of them, the oldest first. Two queries."""
    here = _vouched_by(member)
    joined = select(DeclaredEmployer.id).join(Person, col(Person.id) == DeclaredEmployer.person_id).where(here)
    total = db.exec(select(func.count()).select_from(joined.subquery())).one()
    columns = (
        DeclaredEmployer.id, DeclaredEmployer.person_id, Person.name, Person.email, DeclaredEmployer.name,
        DeclaredEmployer.declared_at, DeclaredEmployer.organisation_id,
    )  # fmt: skip
    page = (
        select(*columns)  # type: ignore[call-overload]
        .join(Person, col(Person.id) == DeclaredEmployer.person_id)
        .where(here)
        .order_by(col(DeclaredEmployer.declared_at), col(DeclaredEmployer.id))
    )
    return total, [Declared(*row) for row in db.exec(page.offset(offset).limit(limit))]


def relayed_organisations(db: Session, now: datetime) -> list[tuple[int, str]]:
    """The organisations that have a relay, by name. One query."""
    relayed = select(Grant.scope_id).where(
        Grant.right == Right.RELAY, Grant.scope_kind == Scope.ORGANISATION, live_grant(now)
    )
    named = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(relayed))
    return [(key or 0, name) for key, name in db.exec(named.order_by(col(Organisation.name), col(Organisation.id)))]


def organisation_names(db: Session, ids: list[int]) -> dict[int, str]:
    """What these organisations are called. One query, none for none."""
    if not ids:
        return {}
    named = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))
    return {key or 0: name for key, name in db.exec(named)}


def organisation_called(db: Session, name: str) -> int | None:
    """An organisation of that very name; public ones first, when several share it."""
    same = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    return db.exec(same.order_by(col(Organisation.is_public).desc(), col(Organisation.id))).first()
