"""`check`: does the base hold what it promises? Counters against counts, and what no single constraint can say."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from sprint.clock import now
from sprint.commands.at_hand import base_at_hand
from sprint.languages import speak
from sprint.programme.queries import editions, slots_with_rooms, times_held
from sprint.programme.rules import minutes_held, room_key
from sprint.programme.tables import Day, Slot, Track
from sprint.registrations.queries import IS_LIVE, in_state, next_in_queue
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity
from sprint.words import Words, say


@dataclass(frozen=True)
class Wrong:
    """Something that should not be: which rule, which row, and what people read."""

    code: str
    place: str
    words: Words


CONFIRMED = and_(IS_LIVE, in_state(State.CONFIRMED))
Check = Callable[[Session, datetime], Iterator[Wrong]]


def check(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False) -> None:
    """Compare every counter of seats with a count, and look for rows that contradict each other."""
    with base_at_hand() as database, database.reading() as db:
        wrong = everything_wrong(db, now())
    typer.echo(_as_json(wrong) if as_json else "\n".join(lines(wrong)))
    if wrong:
        raise typer.Exit(1)


def everything_wrong(db: Session, moment: datetime) -> list[Wrong]:
    """All that is wrong, check by check."""
    return [wrong for one_check in CHECKS for wrong in one_check(db, moment)]


def lines(wrong: list[Wrong]) -> list[str]:
    """One line for each thing that is wrong, or the one that says that nothing is."""
    if not wrong:
        return [speak(say("Tout est juste."))]
    return [f"{each.place}: {speak(each.words)}" for each in wrong]


def _as_json(wrong: list[Wrong]) -> str:
    told = [asdict(each) | {"words": speak(each.words)} for each in wrong]
    return json.dumps({"sound": not wrong, "wrong": told}, ensure_ascii=False)


def track_counters(db: Session, moment: datetime) -> Iterator[Wrong]:
    """`TrackCapacity.taken` is the number of confirmed registrations."""
    sits_there = and_(
        col(Registration.track_id) == TrackCapacity.track_id,
        col(Registration.day_id) == TrackCapacity.day_id,
        col(Registration.mode) == TrackCapacity.mode,
        CONFIRMED,
    )
    people = func.count(col(Registration.id))
    statement = (
        select(col(Track.slug), col(Day.on), TrackCapacity, people)
        .join(Track, col(Track.id) == TrackCapacity.track_id)
        .join(Day, col(Day.id) == TrackCapacity.day_id)
        .join(Registration, sits_there, isouter=True)
        .group_by(col(Track.slug), col(Day.on), col(TrackCapacity.id))
        .having(people != col(TrackCapacity.taken))
        .order_by(col(TrackCapacity.id))
    )
    for slug, on, counter, counted in db.exec(statement):
        yield _miscounted("track_counter", f"{slug}, {on}, {counter.mode}", counter.taken, counted)


def day_counters(db: Session, moment: datetime) -> Iterator[Wrong]:
    """`DayCapacity.taken` is the number of confirmed registrations of that day, on whatever track."""
    sits_there = and_(
        col(Registration.day_id) == DayCapacity.day_id, col(Registration.mode) == DayCapacity.mode, CONFIRMED
    )
    people = func.count(col(Registration.id))
    statement = (
        select(col(Day.on), DayCapacity, people)
        .join(Day, col(Day.id) == DayCapacity.day_id)
        .join(Registration, sits_there, isouter=True)
        .group_by(col(Day.on), col(DayCapacity.id))
        .having(people != col(DayCapacity.taken))
        .order_by(col(DayCapacity.id))
    )
    for on, counter, counted in db.exec(statement):
        yield _miscounted("day_counter", f"{on}, {counter.mode}", counter.taken, counted)


def _miscounted(code: str, place: str, taken: int, people: int) -> Wrong:
    words = say("le compteur dit %(taken)s, les inscriptions confirmées sont %(people)s", taken=taken, people=people)
    return Wrong(code, place, words)


def seats_nowhere(db: Session, moment: datetime) -> Iterator[Wrong]:
    """A live registration is for something offered."""
    offered = and_(
        col(TrackCapacity.track_id) == Registration.track_id,
        col(TrackCapacity.day_id) == Registration.day_id,
        col(TrackCapacity.mode) == Registration.mode,
    )
    statement = (
        select(Registration.id)
        .join(TrackCapacity, offered, isouter=True)
        .where(IS_LIVE, col(TrackCapacity.id).is_(None))
        .order_by(col(Registration.id))
    )
    for registration_id in db.exec(statement):
        yield Wrong("not_offered", f"registration {registration_id}", say("inscription à ce qui n’est pas proposé"))


def strangers(db: Session, moment: datetime) -> Iterator[Wrong]:
    """Day, track and edition of a row belong together: foreign keys alone do not say so."""
    apart = col(Track.edition_id) != Day.edition_id
    for table in (Registration, TrackCapacity, Slot):
        edition_of_row = col(Day.edition_id) if table is TrackCapacity else col(table.edition_id)
        statement = (
            select(table.id)
            .join(Day, col(Day.id) == table.day_id)
            .join(Track, col(Track.id) == table.track_id, isouter=True)
            .where(apart | (edition_of_row != Day.edition_id))
            .order_by(col(table.id))
        )
        for row_id in db.exec(statement):
            words = say("le jour, le parcours et l’édition ne vont pas ensemble")
            yield Wrong("other_edition", f"{table.__tablename__} {row_id}", words)


def forgotten(db: Session, moment: datetime) -> Iterator[Wrong]:
    """Nobody waits for a seat that is free on a day to come."""
    for edition in editions(db):
        today = edition.calendar.today(moment)
        for day in edition.days:
            for mode in Mode:
                found = next_in_queue(db, edition.id, day.id, mode) if day.on >= today else None
                if found is not None:
                    words = say("attend alors qu’une place est libre, %(day)s", day=day.on)
                    yield Wrong("forgotten", f"registration {found.registration_id}", words)


def rooms_held(db: Session, moment: datetime) -> Iterator[Wrong]:
    """Each slot that takes place in a room at an hour holds it, and nothing else does."""
    for edition in editions(db):
        held = times_held(db, edition.id)
        slots = {slot.id or 0: slot for slot in slots_with_rooms(db, edition.id) if room_key(slot.room)}
        wanted = {
            (slot.day_id, room_key(slot.room), minute): key
            for key, slot in slots.items()
            if slot.starts is not None
            for minute in minutes_held(slot.starts, slot.ends)
        }
        apart = {held.get(time_of) for time_of in held if held[time_of] != wanted.get(time_of)}
        apart |= {key for time_of, key in wanted.items() if held.get(time_of) != key}
        for slot_id in sorted(key for key in apart if key is not None):
            words = say("la salle qu’il tient n’est pas celle de son heure")
            yield Wrong("room_time", f"{edition.slug}, slot {slot_id}", words)


CHECKS: tuple[Check, ...] = (track_counters, day_counters, seats_nowhere, strangers, forgotten, rooms_held)
