"""Finding people and what they hold."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam
from sqlmodel import Session, col, or_, select

from sprint.people.rules import HeldRight, Member
from sprint.people.tables import Affiliation, Grant, Identity, Organisation, Person, Right, Scope
from sprint.prepared import Moment, Prepared


def standing_grant(now: Moment) -> ColumnElement[bool]:
    """The condition under which a grant is neither over nor taken back; it may still wait to be confirmed."""
    return and_(col(Grant.revoked_at).is_(None), or_(col(Grant.until_at).is_(None), col(Grant.until_at) > now))


def live_grant(now: Moment) -> ColumnElement[bool]:
    """The condition under which a grant counts."""
    return and_(standing_grant(now), col(Grant.confirmed_at).is_not(None))


_NEXT_END = Prepared(
    select(Grant.until_at, Grant.id)
    .where(col(Grant.until_at) > bindparam("now"), col(Grant.revoked_at).is_(None))
    .order_by(col(Grant.until_at))
    .limit(1)
)


def next_grant_end(db: Session, now: datetime) -> datetime | None:
    """When the next right lapses by itself, whosever it is: until then the same people hold the same. One query."""
    found = _NEXT_END.first(db, now=now)
    return found[0] if found else None


_MEMBER = Prepared(
    select(Person.name, Person.language, Grant.right, Grant.scope_kind, Grant.scope_id)
    .join(Grant, and_(col(Grant.person_id) == Person.id, live_grant(bindparam("now"))), isouter=True)
    .where(Person.id == bindparam("person_id"), col(Person.erased_at).is_(None))
)


def member(db: Session, person_id: int, now: datetime) -> Member | None:
    """The person with their live rights, or None when there is no such person any more. One query."""
    rows = _MEMBER.rows(db, person_id=person_id, now=now)
    if not rows:
        return None
    name, language = rows[0][0], rows[0][1]
    rights = tuple(HeldRight(right, scope, scope_id) for _, _, right, scope, scope_id in rows if right is not None)
    return Member(person_id, name, language, rights)


_HERE = Prepared(
    select(Person.id, Person.name).where(Person.id == bindparam("person_id"), col(Person.erased_at).is_(None))
)


def is_here(db: Session, person_id: int) -> bool:
    """Whether the person still has an account: for actions that waited for a lock while it may have been erased. One query."""
    return _HERE.first(db, person_id=person_id) is not None


def person_of_identity(db: Session, issuer: str, subject: str) -> int | None:
    """Whose account that is, if anybody's."""
    statement = (
        select(Person.id)
        .join(Identity)
        .where(Identity.issuer == issuer, Identity.subject == subject, col(Person.erased_at).is_(None))
    )
    return db.exec(statement).first()


def works_publicly() -> ColumnElement[bool]:
    """Whether one of the affiliations of a `Person` is, on the day of the bind `today`, to a public organisation."""
    return (
        select(Affiliation.id)
        .join(Organisation)
        .where(
            Affiliation.person_id == Person.id,
            col(Organisation.is_public),
            col(Affiliation.since_on) <= bindparam("today"),
            or_(col(Affiliation.until_on).is_(None), col(Affiliation.until_on) >= bindparam("today")),
        )
        .exists()
    )


_WORKS_PUBLICLY = Prepared(select(Person.id, works_publicly()).where(Person.id == bindparam("person_id")))


def works_for_public_organisation(db: Session, person_id: int, today: date) -> bool:
    """Whether one of the person's affiliations of that day is to a public organisation."""
    found = _WORKS_PUBLICLY.first(db, person_id=person_id, today=today)
    return found is not None and found[1]


def holders_over(db: Session, right: Right, scope_kind: Scope, scope_id: int, now: datetime) -> list[tuple[int, str]]:
    """Who holds a right over this very thing, by name."""
    rows = db.exec(
        select(Person.id, Person.name)
        .join(Grant, col(Grant.person_id) == Person.id)
        .where(
            Grant.right == right,
            Grant.scope_kind == scope_kind,
            Grant.scope_id == scope_id,
            live_grant(now),
            col(Person.erased_at).is_(None),
        )
        .distinct()
        .order_by(col(Person.name), col(Person.id))
    )
    return [(person_id or 0, name) for person_id, name in rows]
