"""Days of an edition with all their tracks together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.programme.tables import Day
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity


@dataclass(frozen=True)
class DayLine:
    """A day in a mode: who comes, who waits, the seats of all tracks, and the limit of the whole day (None: there is none)."""

    day_id: int
    on: date
    mode: Mode
    confirmed: int
    waiting: int
    track_seats: int
    limit: int | None

    @property
    def seats(self) -> int:
        """How many may come: what tracks offer, within the limit."""
        return self.track_seats if self.limit is None else min(self.limit, self.track_seats)

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.confirmed >= self.limit


def day_lines(db: Session, edition_id: int) -> list[DayLine]:
    """Every day in both modes, in order. Four queries."""
    days = db.exec(select(Day.id, Day.on).where(Day.edition_id == edition_id).order_by(col(Day.on))).all()
    people = {(day, mode, state): number for day, mode, state, number in _people(db, edition_id)}
    seats = {(day, mode): number for day, mode, number in _track_seats(db, edition_id)}
    limits = {(day, mode): number for day, mode, number in _limits(db, edition_id)}
    return [
        DayLine(
            day_id or 0,
            on,
            mode,
            people.get((day_id, mode, State.CONFIRMED), 0),
            people.get((day_id, mode, State.WAITING), 0),
            seats.get((day_id, mode), 0),
            limits.get((day_id, mode)),
        )
        for day_id, on in days
        for mode in Mode
    ]


def _people(db: Session, edition_id: int) -> Iterable[tuple[Any, ...]]:
    return db.exec(
        select(
            Registration.day_id,
            Registration.mode,
            Registration.state,
            func.count(func.distinct(Registration.person_id)),
        )
        .where(IS_LIVE, Registration.edition_id == edition_id)
        .group_by(col(Registration.day_id), col(Registration.mode), col(Registration.state))
    )


def _track_seats(db: Session, edition_id: int) -> Iterable[tuple[Any, ...]]:
    return db.exec(
        select(TrackCapacity.day_id, TrackCapacity.mode, func.sum(TrackCapacity.seats))
        .join(Day, col(Day.id) == TrackCapacity.day_id)
        .where(Day.edition_id == edition_id)
        .group_by(col(TrackCapacity.day_id), col(TrackCapacity.mode))
    )


def _limits(db: Session, edition_id: int) -> Iterable[tuple[Any, ...]]:
    return db.exec(
        select(DayCapacity.day_id, DayCapacity.mode, DayCapacity.seats)
        .join(Day, col(Day.id) == DayCapacity.day_id)
        .where(Day.edition_id == edition_id)
    )
