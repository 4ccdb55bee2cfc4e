"""Ending and confirming registrations, and `promote`, which each path that frees or adds a seat calls."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from sprint.journal import record
from sprint.programme.queries import EditionView, edition_with
from sprint.registrations.actions.seats import give_seat_back, hold_edition, take_seat
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries import next_in_queue
from sprint.registrations.tables import End, Mode, Registration, State

DayMode = tuple[int, Mode]


@dataclass(frozen=True)
class Deed:
    """What all facts of one action share."""

    act: str
    edition: EditionView
    actor_id: int | None
    now: datetime


def locked(db: Session, edition_id: int) -> EditionView:
    """The edition, held until the transaction ends: every change of seats begins so."""
    hold_edition(db, edition_id)
    return edition_with(db, edition_id)


def promote(
    db: Session, edition_id: int, freed: Iterable[DayMode], now: datetime, act: str, actor_id: int | None
) -> int:
    """Give freed or added seats to those who wait, in order of arrival; gives how many people got one.

    Moving somebody who held another seat that day frees that one: the walk goes on until nobody can be moved.
    """
    return promote_for(db, Deed(act, edition_with(db, edition_id), actor_id, now), freed)


def promote_for(db: Session, deed: Deed, freed: Iterable[DayMode]) -> int:
    today = deed.edition.calendar.today(deed.now)
    to_come = {day.id for day in deed.edition.days if day.on >= today}
    pending, promoted = deque(dict.fromkeys(freed)), 0
    while pending:
        day_id, mode = pending.popleft()
        while day_id in to_come and (found := next_in_queue(db, deed.edition.id, day_id, mode)) is not None:
            left = _move_up(db, deed, found.registration_id, found.seat_id)
            promoted += 1
            if left is not None:
                pending.append(left)
    return promoted


def _move_up(db: Session, deed: Deed, registration_id: int, seat_id: int | None) -> DayMode | None:
    """Confirm one waiting row; gives the day and mode of the seat its person left for it."""
    left, from_track = None, 0
    if seat_id is not None:
        old = db.get_one(Registration, seat_id)
        left, from_track = end(db, deed, old, End.MOVED), old.track_id
        note(db, deed, RegistrationFact.MOVED, old)
    row = db.get_one(Registration, registration_id)
    if not take_seat(db, row.track_id, row.day_id, row.mode):
        raise RuntimeError("a seat the queue saw free was taken under our lock")
    row.state, row.confirmed_at = State.CONFIRMED, deed.now
    db.flush()
    note(db, deed, RegistrationFact.PROMOTED, row, {"from_track": from_track} if from_track else {})
    return left


def end(db: Session, deed: Deed, registration: Registration, why: End) -> DayMode | None:
    """End a registration; gives the day and mode of the seat it frees. Flushed at once: the unit of work would confirm first."""
    registration.ended_at, registration.ended = deed.now, why
    db.flush()
    if registration.state != State.CONFIRMED:
        return None
    give_seat_back(db, registration.track_id, registration.day_id, registration.mode)
    return registration.day_id, registration.mode


def note(
    db: Session,
    deed: Deed,
    kind: RegistrationFact,
    registration: Registration,
    more: dict[str, int | str] | None = None,
) -> None:
    record(
        db,
        deed.act,
        kind,
        deed.now,
        actor_id=deed.actor_id,
        person_id=registration.person_id,
        edition_id=registration.edition_id,
        track_id=registration.track_id,
        day_id=registration.day_id,
        detail={"mode": registration.mode.value, "registration": registration.id or 0, **(more or {})},
    )
