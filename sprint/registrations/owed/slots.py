"""The letters a slot owes to those with a seat of it: it does not take place, it does after all, or elsewhere, or later.

The changes of one slot follow one another, for each holds its edition: the order of their facts is that of what happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, cast
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.letter import LetterText, OwedLetter
from sprint.programme.facts import AgendaFact
from sprint.programme.rules import whereabouts
from sprint.programme.tables import Day, Edition, Slot, Track
from sprint.registrations.letters.slots import SLOT, News, SeatHeld, SlotTold, slot_letter
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.slot_changes import Change, Known, Place, known_to, news
from sprint.registrations.tables import Registration, State

KINDS = tuple(
    kind.value
    for kind in (AgendaFact.SLOT_CANCELLED, AgendaFact.SLOT_RESTORED, AgendaFact.SLOT_MOVED, AgendaFact.SLOT_CHANGED)
)
LastTold = Callable[[Session, Sequence[str], str], dict[int, str]]
"""Of acts in their order, the last one of which each person was told, or may have been, by a letter of a purpose."""


def _slot_of(fact: Any) -> Any:
    return cast(col(fact.detail)["slot"].as_string(), Integer)


def has_changed_again(db: Session, act: str) -> bool:
    """Whether the slot an act tells of changed since: that later act writes, or there is nothing to tell. One query."""
    later = aliased(Fact)
    again = (col(later.id) > Fact.id, col(later.kind).in_(KINDS), _slot_of(later) == _slot_of(Fact))
    of_act = (Fact.act == act, col(Fact.kind).in_(KINDS))
    return db.exec(select(later.id).select_from(Fact).where(*of_act, *again).limit(1)).first() is not None


def letters_of_slots(db: Session, act: str, last_told: LastTold) -> list[OwedLetter]:
    """One letter for each person with a seat who knows the slot otherwise than it stands; none when it changed again since.

    One query; five when a slot changed, whatever the number of people.
    """
    number = db.exec(select(_slot_of(Fact)).where(Fact.act == act, col(Fact.kind).in_(KINDS))).first()
    if number is None:
        return []
    changes = _changes(db, number)
    if changes[-1].act != act:
        return []
    slot = _slot(db, number)
    if slot.told.on < changes[-1].at.astimezone(ZoneInfo(slot.zone)).date():
        return []
    told = last_told(db, [one.act for one in changes], SLOT)
    letters = []
    for person_id, seats in groupby(_seats(db, slot, changes), key=lambda seat: seat.person_id):
        text = _letter(slot, changes, list(seats), told.get(person_id, ""))
        if text is not None:
            letters.append(OwedLetter(person_id, slot.edition_id, text))
    return letters


def _changes(db: Session, slot_id: int) -> list[Change]:
    edition = select(Slot.edition_id).where(Slot.id == slot_id).scalar_subquery()
    rows = db.exec(
        select(Fact.act, Fact.at, Fact.kind, Fact.track_id, Fact.day_id, Fact.detail)
        .where(Fact.edition_id == edition, col(Fact.kind).in_(KINDS), _slot_of(Fact) == slot_id)
        .order_by(col(Fact.id))
    )
    return [_change(*row) for row in rows]


def _change(
    act: str, at: datetime, kind: str, track_id: int | None, day_id: int | None, detail: dict[str, Any]
) -> Change:
    after = (track_id, day_id or 0)
    before = (detail.get("from_track", track_id) or None, detail.get("from_day", day_id) or 0)
    return Change(act, at, AgendaFact(kind), before, after, detail.get("was"), detail.get("now"))


@dataclass(frozen=True)
class _Standing:
    """The slot as it is, and the edition it is of."""

    edition_id: int
    edition: str
    slug: str
    zone: str
    place: Place
    number: int
    told: SlotTold


def _slot(db: Session, slot_id: int) -> _Standing:
    edition_id, edition, slug, zone, day_id, track_id, starts, ends, room, cancelled_at, title, on = db.exec(
        select(  # type: ignore[call-overload]
            Edition.id, Edition.name, Edition.slug, Edition.timezone, Slot.day_id, Slot.track_id,
            Slot.starts, Slot.ends, Slot.room, Slot.cancelled_at, Slot.title, Day.on,
        )
        .join(Edition, col(Edition.id) == Slot.edition_id)
        .join(Day, col(Day.id) == Slot.day_id)
        .where(Slot.id == slot_id)
    ).one()  # fmt: skip
    number = whereabouts(day_id, track_id, starts, ends, room, cancelled_at)
    told = SlotTold(title, on, starts, ends, room)
    return _Standing(edition_id, edition, slug, zone, (track_id, day_id), number, told)


@dataclass(frozen=True)
class _Seat:
    """A seat of a track the slot is or was of."""

    person_id: int
    place: Place
    taken_at: datetime
    track: str
    on: date


def _seats(db: Session, slot: _Standing, changes: Sequence[Change]) -> list[_Seat]:
    places = {slot.place, *(place for one in changes for place in (one.before, one.after))}
    rows = db.exec(
        select(
            Registration.person_id,
            Registration.track_id,
            Registration.day_id,
            Registration.confirmed_at,
            Track.name,
            Day.on,
        )  # type: ignore[call-overload]
        .join(Track, col(Track.id) == Registration.track_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .where(
            IS_LIVE,
            in_state(State.CONFIRMED),
            col(Registration.track_id).in_({track for track, _ in places if track is not None}),
            col(Registration.day_id).in_({day for _, day in places}),
        )
        .order_by(col(Registration.person_id), col(Day.on))
    )
    return [_Seat(person, (track, day), taken_at, name, on) for person, track, day, taken_at, name, on in rows]


def _letter(slot: _Standing, changes: Sequence[Change], seats: Sequence[_Seat], told: str) -> LetterText | None:
    """About the seats of one person, by day; the gravest news where there are several."""
    found: dict[News, list[tuple[_Seat, Known]]] = {}
    for seat in seats:
        known = known_to(changes, seat.taken_at, told)
        what = known and news(seat.place, known, slot.place, slot.number, changes[-1].kind)
        if known and what:
            found.setdefault(what, []).append((seat, known))
    if not found:
        return None
    what = min(found, key=list(News).index)
    concerned = found[what]
    held = SeatHeld(concerned[0][0].track, tuple(seat.on for seat, _ in concerned))
    since = min(known.until for _, known in concerned)
    return slot_letter(slot.edition, f"/{slot.slug}/agenda", what, slot.told, held, since)
