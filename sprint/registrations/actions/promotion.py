"""Ending and confirming registrations, and `promote`, which each path that frees or adds a seat calls."""

import secrets
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType

from sqlalchemy import insert
from sqlmodel import Session

from sprint.journal import record
from sprint.people.rules import Member
from sprint.plans import planned
from sprint.prepared import PreparedChange
from sprint.programme.holding import hold_edition, hold_edition_called, join_edition_called
from sprint.programme.queries import EditionView, edition_called, edition_with, seen_by
from sprint.registrations.actions.seats import give_seat_back, take_seat
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries import next_in_queue
from sprint.registrations.tables import End, Mode, Registration, State

DayMode = tuple[int, Mode]
HeldEdition = NewType("HeldEdition", EditionView)
"""An edition that this transaction holds, as it was read since."""
_ENTER = PreparedChange(insert(Registration))


@dataclass(frozen=True)
class Deed:
    """What all facts of one action share."""

    act: str
    edition: EditionView
    actor_id: int | None
    now: datetime


def locked(db: Session, edition_id: int) -> HeldEdition:
    """The edition, held until the transaction ends: every change of seats begins so."""
    hold_edition(db, edition_id)
    return HeldEdition(edition_with(db, edition_id))


def locked_called(db: Session, slug: str, member: Member | None, now: datetime) -> HeldEdition | None:
    """The edition of an address, held until the transaction ends, when it exists for the person."""
    hold_edition_called(db, slug)
    return _for(db, slug, member, now)


def joined_called(db: Session, slug: str, member: Member, now: datetime) -> HeldEdition | None:
    """As `locked_called`, held together with others who register: for who takes a seat or a place in the queue, and frees none."""
    join_edition_called(db, slug, member.id)
    return _for(db, slug, member, now)


def _for(db: Session, slug: str, member: Member | None, now: datetime) -> HeldEdition | None:
    found = planned(db, now, edition_called, slug)
    return HeldEdition(found) if found and seen_by((found,), member, now) else None


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


@dataclass(frozen=True)
class Entry:
    """A new registration: who, on which track, day and how; `once` is the form's token, `id` is known once it is written."""

    person_id: int
    track_id: int
    day_id: int
    mode: Mode
    once: str
    id: int = 0


def enter(db: Session, deed: Deed, entry: Entry, *, sits: bool, more: dict[str, int | str] | None = None) -> State:
    """Write a new registration and its fact: its seat is taken already, or it goes to the end of the queue."""
    state = State.CONFIRMED if sits else State.WAITING
    key = _ENTER.insert(
        db,
        person_id=entry.person_id,
        edition_id=deed.edition.id,
        track_id=entry.track_id,
        day_id=entry.day_id,
        mode=entry.mode,
        state=state,
        queued_at=deed.now,
        confirmed_at=deed.now if sits else None,
        once=entry.once,
        uid=secrets.token_hex(16),
    )
    kind = RegistrationFact.CONFIRMED if sits else RegistrationFact.WAITING
    note(db, deed, kind, replace(entry, id=key), more)
    return state


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
    of: Registration | Entry,
    more: dict[str, int | str] | None = None,
) -> None:
    """Record a fact about a registration."""
    record(
        db,
        deed.act,
        kind,
        deed.now,
        actor_id=deed.actor_id,
        person_id=of.person_id,
        edition_id=deed.edition.id,
        track_id=of.track_id,
        day_id=of.day_id,
        detail={"mode": of.mode.value, "registration": of.id or 0, **(more or {})},
    )
