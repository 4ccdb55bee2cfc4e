"""What is known of an edition before its file is read into it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.catalogue.tables import Repository
from sprint.programme.tables import Day, Edition, Slot, Track, TrackRepository
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity

SeatsKey = tuple[int | None, int, Mode]
"""Track (None: the whole day), day and mode."""


@dataclass(frozen=True)
class Known:
    """An edition as it stands; all empty when its file is the first to tell of it."""

    edition: Edition | None = None
    days: dict[date, Day] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    repositories: dict[int, tuple[str, ...]] = field(default_factory=dict)
    seats: dict[SeatsKey, int] = field(default_factory=dict)
    taken: dict[SeatsKey, int] = field(default_factory=dict)


def edition_id_called(db: Session, slug: str) -> int | None:
    return db.exec(select(Edition.id).where(Edition.slug == slug)).first()


def known_edition(db: Session, edition: Edition) -> Known:
    """All that a file may change, for writing. Seven queries."""
    days = db.exec(select(Day).where(Day.edition_id == edition.id)).all()
    tracks = db.exec(select(Track).where(Track.edition_id == edition.id)).all()
    slots = db.exec(select(Slot).where(Slot.edition_id == edition.id).order_by(col(Slot.position), col(Slot.id))).all()
    return Known(
        edition=edition,
        days={day.on: day for day in days},
        tracks={track.slug: track for track in tracks},
        slots=list(slots),
        repositories=_repositories(db, edition),
        seats=_seats(db, edition),
        taken=_taken(db, edition),
    )


def _repositories(db: Session, edition: Edition) -> dict[int, tuple[str, ...]]:
    rows = db.exec(
        select(TrackRepository.track_id, Repository.url)
        .join(Repository, col(Repository.id) == TrackRepository.repository_id)
        .join(Track, col(Track.id) == TrackRepository.track_id)
        .where(Track.edition_id == edition.id)
        .order_by(col(TrackRepository.track_id), col(TrackRepository.position))
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for track_id, url in rows:
        found[track_id] += (url,)
    return found


def _seats(db: Session, edition: Edition) -> dict[SeatsKey, int]:
    of_tracks = db.exec(
        select(TrackCapacity.track_id, TrackCapacity.day_id, TrackCapacity.mode, TrackCapacity.seats)
        .join(Track, col(Track.id) == TrackCapacity.track_id)
        .where(Track.edition_id == edition.id)
    )
    of_days = db.exec(
        select(DayCapacity.day_id, DayCapacity.mode, DayCapacity.seats)
        .join(Day, col(Day.id) == DayCapacity.day_id)
        .where(Day.edition_id == edition.id)
    )
    found: dict[SeatsKey, int] = {(track_id, day_id, Mode(mode)): seats for track_id, day_id, mode, seats in of_tracks}
    return found | {(None, day_id, Mode(mode)): seats for day_id, mode, seats in of_days}


def _taken(db: Session, edition: Edition) -> dict[SeatsKey, int]:
    """Who sits where, counted: a day may get its first limit when people hold seats already."""
    rows = db.exec(
        select(Registration.track_id, Registration.day_id, Registration.mode, func.count())
        .where(IS_LIVE, in_state(State.CONFIRMED), Registration.edition_id == edition.id)
        .group_by(col(Registration.track_id), col(Registration.day_id), col(Registration.mode))
    )
    found: dict[SeatsKey, int] = defaultdict(int)
    for track_id, day_id, mode, people in rows:
        found[track_id, day_id, Mode(mode)] += people
        found[None, day_id, Mode(mode)] += people
    return found


def unknown_urls(db: Session, urls: Iterable[str]) -> set[str]:
    """Those of these addresses that the catalogue does not hold yet."""
    wanted = set(urls)
    return wanted - set(db.exec(select(Repository.url).where(col(Repository.url).in_(wanted)))) if wanted else wanted
