"""Lists of contributions, a page at a time: mine, those I review, the results of an edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, true
from sqlmodel import Session, col, select

from sprint.contributions import rules
from sprint.contributions.tables import Authorship, Consent, Contribution, Kind, State
from sprint.people.rules import Member
from sprint.people.tables import Person, Right, Scope
from sprint.programme.queries import EditionView, editions
from sprint.programme.tables import Edition, Track

LISTED = 20
"""Rows of one page of a list."""


@dataclass(frozen=True)
class Line:
    """A contribution in the list of its author."""

    id: int
    kind: Kind
    title: str
    state: State
    done_on: date
    edition: str
    track: str | None
    may_answer: bool


def contributions_of(db: Session, person_id: int, page: int) -> tuple[int, list[Line]]:
    """How many contributions the person has, and one page (from 1) of them, the latest first. Two queries."""
    where = (Authorship.person_id == person_id, Authorship.state == Consent.ACCEPTED)
    total = db.exec(select(func.count()).select_from(Authorship).where(*where)).one()
    rows = db.exec(
        select(
            Contribution.id,
            Contribution.kind,
            Contribution.title,
            Contribution.state,
            Contribution.done_on,
            Edition.name,
            Track.name,
            and_(col(Contribution.state) == State.SENT_BACK, col(Contribution.answered_at).is_(None)),
        )
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .join(Edition, col(Edition.id) == Contribution.edition_id)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .where(*where)
        .order_by(col(Contribution.logged_at).desc(), col(Contribution.id).desc())
        .offset((page - 1) * LISTED)
        .limit(LISTED)
    )
    return total, [Line(*row) for row in rows]


@dataclass(frozen=True)
class ReviewLine:
    """A contribution in the list of those who review it. `is_mine`: the reader wrote it and may not decide."""

    id: int
    kind: Kind
    title: str
    state: State
    done_on: date
    track: str | None
    was_answered: bool
    is_late: bool
    authors: tuple[str, ...]
    is_mine: bool


def contributions_for(
    db: Session, member: Member, edition: EditionView, track: str, state: State | None, page: int
) -> tuple[int, list[ReviewLine]]:
    """How many contributions of the person's tracks, or of the edition they organise, and one page. Three queries.

    Those that wait for a decision come in the order in which they came; `track` is a slug, "" for all.
    """
    where = [*_reviewed(member, edition.id)]
    if track:
        where.append(col(Track.slug) == track)
    if state is not None:
        where.append(col(Contribution.state) == state)
    found = select(Contribution.id).join(Track, col(Track.id) == Contribution.track_id, isouter=True).where(*where)
    total = db.exec(select(func.count()).select_from(found.subquery())).one()
    rows = db.exec(
        select(
            Contribution.id,
            Contribution.kind,
            Contribution.title,
            Contribution.state,
            Contribution.done_on,
            Track.name,
            col(Contribution.answered_at).is_not(None),
            Contribution.logged_at,
        )
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .where(*where)
        .order_by(col(Contribution.logged_at), col(Contribution.id))
        .offset((page - 1) * LISTED)
        .limit(LISTED)
    ).all()
    authors = _authors(db, [row[0] for row in rows if row[0]])
    return total, [_review_line(row, authors.get(row[0] or 0, []), member, edition) for row in rows]


def _review_line(row, authors: list[tuple[int, str]], member: Member, edition: EditionView) -> ReviewLine:  # type: ignore[no-untyped-def]
    *told, logged_at = row
    late = rules.is_late(logged_at, edition.calendar)
    names, ids = tuple(name for _, name in authors), {person for person, _ in authors}
    return ReviewLine(*told, late, names, member.id in ids)


def _authors(db: Session, contribution_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """(id, name) of the authors of each contribution."""
    rows = db.exec(
        select(Authorship.contribution_id, Authorship.person_id, Person.name)
        .join(Person, col(Person.id) == Authorship.person_id)
        .where(col(Authorship.contribution_id).in_(list(contribution_ids)), Authorship.state == Consent.ACCEPTED)
        .order_by(col(Authorship.id))
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for contribution_id, person_id, name in rows:
        found.setdefault(contribution_id, []).append((person_id, name))
    return found


def _reviewed(member: Member, edition_id: int) -> tuple[ColumnElement[bool], ...]:
    """The contributions somebody may review in an edition; what its author withdrew is nobody else's any more."""
    scope: ColumnElement[bool] = true()
    if not rules.organises(member, edition_id) and not member.holds_everywhere(Right.MENTOR):
        scope = col(Contribution.track_id).in_(member.scope_ids(Right.MENTOR, Scope.TRACK))
    return col(Contribution.edition_id) == edition_id, col(Contribution.state) != State.WITHDRAWN, scope


def states_for(db: Session, member: Member, edition_id: int) -> dict[State, int]:
    """How many contributions the person may review stand in each state. One query."""
    rows = db.exec(
        select(Contribution.state, func.count()).where(*_reviewed(member, edition_id)).group_by(col(Contribution.state))
    )
    return {State(state): number for state, number in rows}


def tracks_reviewed(db: Session, member: Member, edition_id: int) -> list[tuple[str, str]]:
    """(slug, name) of the tracks whose contributions the person may review, by name; empty for who reviews nothing there."""
    where: list[ColumnElement[bool]] = [col(Track.edition_id) == edition_id]
    if not rules.organises(member, edition_id) and not member.holds_everywhere(Right.MENTOR):
        where.append(col(Track.id).in_(member.scope_ids(Right.MENTOR, Scope.TRACK)))
    return list(db.exec(select(Track.slug, Track.name).where(*where).order_by(col(Track.name), col(Track.id))).all())


def editions_reviewed(db: Session, member: Member) -> list[EditionView]:
    """The editions in which the person reviews something, the most recent first. Two queries."""
    mentored = set(
        db.exec(select(Track.edition_id).where(col(Track.id).in_(member.scope_ids(Right.MENTOR, Scope.TRACK))))
    )
    everywhere = member.holds_everywhere(Right.MENTOR)
    return [view for view in editions(db) if everywhere or view.id in mentored or rules.organises(member, view.id)]
