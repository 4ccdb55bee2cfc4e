"""Reading editions, days, tracks; `slot_lines` reads slots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sprint.catalogue.tables import Project, Repository
from sprint.people.queries import live_grant
from sprint.people.rules import Member
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.programme.queries.slot_lines import SlotLine, agenda_slots, slots, slots_of_days, slots_of_tracks
from sprint.programme.rules import Calendar, current_of
from sprint.programme.tables import Audience, Day, Edition, Track, TrackRepository

__all__ = ["SlotLine", "agenda_slots", "slots", "slots_of_days", "slots_of_tracks"]


@dataclass(frozen=True)
class DayOf:
    """One day of an edition."""

    id: int
    on: date
    place: str


@dataclass(frozen=True)
class EditionView:
    """An edition with its days in order."""

    id: int
    slug: str
    name: str
    place: str
    address: str
    days: tuple[DayOf, ...]
    calendar: Calendar

    def day_on(self, on: date) -> DayOf | None:
        return next((day for day in self.days if day.on == on), None)


def editions(db: Session) -> list[EditionView]:
    """Every edition, the most recent first. One query."""
    rows = db.exec(
        select(Edition, Day)
        .join(Day, col(Day.edition_id) == Edition.id, isouter=True)
        .order_by(col(Edition.id), col(Day.on))
    ).all()
    by_id: dict[int, tuple[Edition, list[Day]]] = {}
    for edition, day in rows:
        days = by_id.setdefault(edition.id or 0, (edition, []))[1]
        if day is not None:
            days.append(day)
    views = [_edition_view(edition, days) for edition, days in by_id.values()]
    return sorted(views, key=lambda view: view.calendar.days[:1] or (date.min,), reverse=True)


def _edition_view(edition: Edition, days: Sequence[Day]) -> EditionView:
    shown = tuple(DayOf(day.id or 0, day.on, day.place) for day in days)
    calendar = Calendar(edition.timezone, tuple(day.on for day in days), edition.opens_at, edition.closes_at)
    return EditionView(edition.id or 0, edition.slug, edition.name, edition.place, edition.address, shown, calendar)


def current_edition(all_editions: Sequence[EditionView], now: datetime) -> EditionView | None:
    """The edition people mean when they name none."""
    key = current_of([(view.id, view.calendar) for view in all_editions], now)
    return next((view for view in all_editions if view.id == key), None)


def edition_called(db: Session, slug: str) -> EditionView | None:
    """The edition of an address: editions are public."""
    return _one_edition(db, col(Edition.slug) == slug)


def edition_with(db: Session, edition_id: int) -> EditionView:
    """The edition of an id that is known to exist."""
    found = _one_edition(db, col(Edition.id) == edition_id)
    if found is None:
        raise LookupError(f"no edition {edition_id}")
    return found


def _one_edition(db: Session, which: ColumnElement[bool]) -> EditionView | None:
    rows = db.exec(
        select(Edition, Day)
        .join(Day, col(Day.edition_id) == Edition.id, isouter=True)
        .where(which)
        .order_by(col(Day.on))
    ).all()
    return _edition_view(rows[0][0], [day for _, day in rows if day is not None]) if rows else None


def edition_of_organiser(db: Session, member: Member, slug: str) -> EditionView | None:
    """An edition the person organises; for anybody else it is not found."""
    found = edition_called(db, slug)
    return found if found and member.holds_over(Right.ORGANISER, Scope.EDITION, found.id) else None


def editions_for(db: Session, member: Member) -> list[EditionView]:
    """The editions the person organises, the most recent first."""
    return [view for view in editions(db) if member.holds_over(Right.ORGANISER, Scope.EDITION, view.id)]


@dataclass(frozen=True)
class TrackCard:
    """A track as lists show it."""

    id: int
    slug: str
    name: str
    organisation: str
    objective: str
    audience: Audience
    language: str
    skills: tuple[str, ...]
    verbs: tuple[str, ...]
    keywords: tuple[str, ...]


def track_cards(db: Session, edition_id: int) -> list[TrackCard]:
    """The tracks of an edition by name. One query."""
    rows = db.exec(
        select(
            Track.id,
            Track.slug,
            Track.name,
            Track.organisation,
            Track.objective,
            Track.audience,
            Track.language,
            Track.skills,
            Track.verbs,
            Track.keywords,
        )
        .where(Track.edition_id == edition_id)
        .order_by(col(Track.name), col(Track.id))
    )
    return [TrackCard(*row[:7], tuple(row[7]), tuple(row[8]), tuple(row[9])) for row in rows]


def track_called(db: Session, edition_id: int, slug: str) -> Track | None:
    """The track of an address."""
    return db.exec(select(Track).where(Track.edition_id == edition_id, Track.slug == slug)).first()


@dataclass(frozen=True)
class RepositoryLine:
    """A repository as a track shows it."""

    url: str
    host: str
    path: str
    licence: str | None
    language: str | None


def repositories_of(db: Session, track_id: int) -> list[RepositoryLine]:
    rows = db.exec(
        select(Repository.url, Repository.host, Repository.path, Repository.licence, Repository.language)
        .join(TrackRepository, col(TrackRepository.repository_id) == Repository.id)
        .where(TrackRepository.track_id == track_id)
        .order_by(col(TrackRepository.position))
    )
    return [RepositoryLine(*row) for row in rows]


def track_count(db: Session, edition_id: int) -> int:
    return db.exec(select(func.count()).select_from(Track).where(Track.edition_id == edition_id)).one()


@dataclass(frozen=True)
class Mentor:
    """Somebody who mentors a track, by the name they wrote, perhaps not for ever."""

    name: str
    until_at: datetime | None


def mentors_of(db: Session, track_id: int) -> tuple[Mentor, ...]:
    """The mentors of a track by name, those included whose time may be over."""
    rows = db.exec(
        select(Person.name, Grant.until_at)
        .join(Grant, col(Grant.person_id) == Person.id)
        .where(
            Grant.right == Right.MENTOR,
            Grant.scope_kind == Scope.TRACK,
            Grant.scope_id == track_id,
            col(Grant.revoked_at).is_(None),
            col(Person.erased_at).is_(None),
        )
        .order_by(col(Person.name))
    )
    return tuple(Mentor(*row) for row in rows)


def project_of(db: Session, track: Track) -> Project | None:
    return db.get(Project, track.project_id) if track.project_id is not None else None


def mentor_counts(db: Session, track_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """How many people mentor each of these tracks; those without are left out. One query."""
    rows = db.exec(
        select(Grant.scope_id, func.count(func.distinct(Grant.person_id)))
        .where(
            Grant.right == Right.MENTOR,
            Grant.scope_kind == Scope.TRACK,
            col(Grant.scope_id).in_(list(track_ids)),
            live_grant(now),
        )
        .group_by(col(Grant.scope_id))
    )
    return {track_id: people for track_id, people in rows if track_id is not None}
