"""Who sends a form, and what is offered where they want to come: asked under the edition's lock, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.people.tables import Person
from sprint.prepared import Prepared
from sprint.programme.queries import AnyTrack, EditionView
from sprint.programme.queries.editions import DayOf
from sprint.programme.tables import Day
from sprint.registrations.queries import IS_KEPT, OF_SAME_DAY, ONE_BY, applicant_of
from sprint.registrations.rules import Applicant, Offer, WantedDay
from sprint.registrations.tables import DayCapacity, Mode, Registration, TrackCapacity

_SENT = aliased(Registration)
_HAS_SENT = (
    select(_SENT.id).where(col(_SENT.person_id) == col(Person.id), col(_SENT.once) == bindparam("once")).exists()
)
_ONE_COMING = ONE_BY.add_columns(_HAS_SENT).where(col(Person.erased_at).is_(None))
_COMER = Prepared(_ONE_COMING)
# Few rows each: what one holds, and the days of a track in one mode. Every pair of them is a row.
_THERE = (
    select(
        col(TrackCapacity.day_id),
        col(TrackCapacity.seats),
        col(TrackCapacity.taken),
        col(DayCapacity.seats).label("day_seats"),
        func.coalesce(DayCapacity.taken, 0).label("day_taken"),
        IS_KEPT.label("is_kept"),
    )
    .join(Day, col(Day.id) == TrackCapacity.day_id)
    .join(DayCapacity, OF_SAME_DAY, isouter=True)
    .where(TrackCapacity.track_id == bindparam("track_id"), TrackCapacity.mode == bindparam("mode"))
    .subquery()
)
OF_PLACE = len(_THERE.c)
_COMER_THERE = Prepared(_ONE_COMING.add_columns(*_THERE.c).join(_THERE, true(), isouter=True))


@dataclass(frozen=True)
class Wanted:
    """What a form asks for: days of a track, how; and its token."""

    track: AnyTrack
    day_ids: Sequence[int]
    mode: Mode
    once: str


@dataclass(frozen=True)
class Comer:
    """Somebody who sends a form: as the rules see them, and whether this very form was received before."""

    applicant: Applicant
    has_sent: bool


def comer_for(db: Session, person_id: int, edition: EditionView, once: str, now: datetime) -> Comer | None:
    """Who sends a form, asked under the edition's lock; None when their account is gone since. One query."""
    rows = _COMER.rows(db, person_id=person_id, once=once, today=edition.calendar.today(now))
    return _comer(rows, edition) if rows else None


def comer_to(
    db: Session, person_id: int, edition: EditionView, wanted: Wanted, now: datetime
) -> tuple[Comer | None, list[WantedDay]]:
    """As `comer_for`, and the days asked for, in order and once each, with what is offered there, who waits aside. One query."""
    rows = _COMER_THERE.rows(
        db,
        person_id=person_id,
        once=wanted.once,
        today=edition.calendar.today(now),
        track_id=wanted.track.id,
        mode=wanted.mode,
    )
    if not rows:
        return None, []
    there = {row[-OF_PLACE]: row[-OF_PLACE + 1 :] for row in rows}
    hers = list(dict.fromkeys(tuple(row[:-OF_PLACE]) for row in rows))
    return _comer(hers, edition), [
        WantedDay(day.id, day.on, wanted.mode, _offer(wanted, day, there.get(day.id)))
        for day in edition.days
        if day.id in wanted.day_ids
    ]


def _comer(rows: Sequence[Sequence[Any]], edition: EditionView) -> Comer:
    return Comer(applicant_of([row[:-1] for row in rows], edition.id), bool(rows[0][-1]))


def _offer(wanted: Wanted, day: DayOf, found: Sequence[Any] | None) -> Offer | None:
    if found is None:
        return None
    seats, taken, day_seats, day_taken, is_kept = found
    return Offer(
        wanted.track.id or 0,
        day.id,
        day.on,
        wanted.mode,
        seats,
        taken,
        day_seats=day_seats,
        day_taken=day_taken,
        is_kept=is_kept,
    )
