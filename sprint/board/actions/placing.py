"""Placing a slot in the grid and moving it: under the lock of the edition, a room is never used twice at once."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import Session, func, select

from sprint.board import rules
from sprint.board.queries import openings
from sprint.board.rules import Spot
from sprint.journal import new_act
from sprint.programme.actions import has_moved, hold_slot, note_slot, standing, take_room
from sprint.programme.facts import AgendaFact
from sprint.programme.holding import hold_edition
from sprint.programme.queries import EditionView, edition_with, occupants, rooms_of
from sprint.programme.rules import minutes_held, room_key, room_taken
from sprint.programme.tables import Slot, SlotKind, Track
from sprint.refusal import Refusal, Refused

AFTER = 10
"""Room left between the positions of two slots, as an import leaves it."""


@dataclass(frozen=True)
class Wish:
    """A slot as somebody wants it."""

    title: str
    kind: SlotKind
    spot: Spot
    track_id: int | None = None


def place_slot(db: Session, edition_id: int, wish: Wish, once: str, now: datetime, actor_id: int) -> int | None:
    """Place a new slot; gives its id, or None when this very form placed it before. Raises Refused with every reason."""
    hold_edition(db, edition_id)
    identity = f"once:{actor_id}:{once}"
    if db.exec(select(Slot.id).where(Slot.edition_id == edition_id, Slot.identity == identity)).first() is not None:
        return None
    edition = edition_with(db, edition_id)
    refuse(why_not(db, edition, wish.spot, now))
    slot = new_slot(db, edition, wish, identity)
    if slot.track_id is not None:
        db.get_one(Track, slot.track_id, with_for_update={"key_share": True}).revision += 1
    note_slot(db, new_act(), AgendaFact.SLOT_PLACED, slot, actor_id, now)
    return slot.id


def new_slot(db: Session, edition: EditionView, wish: Wish, identity: str) -> Slot:
    """A slot with its room, after every other one. The edition is held, and nothing stands against it."""
    last = db.exec(select(func.max(Slot.position)).where(Slot.edition_id == edition.id)).one() or 0
    slot = Slot(
        edition_id=edition.id,
        day_id=day_id_of(edition, wish.spot),
        identity=identity,
        title=wish.title,
        kind=wish.kind,
        position=last + AFTER,
    )
    _put(slot, edition, wish)
    db.add(slot)
    refuse(take_room(db, slot))
    return slot


def move_slot(db: Session, slot_id: int, wish: Wish, now: datetime, actor_id: int | None) -> bool:
    """Give a slot another place, hour or title; False when it has them already. Raises Refused with every reason."""
    slot = hold_slot(db, slot_id)
    edition = edition_with(db, slot.edition_id)
    stood, before, held = standing(slot), _place_of(slot), (slot.title, slot.kind, slot.track_id)
    refuse(why_not(db, edition, wish.spot, now, besides=slot_id))
    _put(slot, edition, wish)
    moved, changed = before != _place_of(slot), held != (slot.title, slot.kind, slot.track_id)
    if moved:
        refuse(take_room(db, slot))
    if moved or held[2] != slot.track_id:
        has_moved(db, slot)
        _tell_former_track(db, held[2], slot.track_id)
    if moved or changed:
        kind = AgendaFact.SLOT_MOVED if moved else AgendaFact.SLOT_CHANGED
        note_slot(db, new_act(), kind, slot, actor_id, now, stood)
    return moved or changed


def _tell_former_track(db: Session, former: int | None, now_of: int | None) -> None:
    if former is not None and former != now_of:
        db.get_one(Track, former, with_for_update={"key_share": True}).revision += 1


def _place_of(slot: Slot) -> tuple[int, time | None, time | None, str]:
    return slot.day_id, slot.starts, slot.ends, slot.room


def _put(slot: Slot, edition: EditionView, wish: Wish) -> None:
    slot.day_id, slot.title, slot.kind = day_id_of(edition, wish.spot), wish.title, wish.kind
    slot.starts, slot.ends, slot.room = wish.spot.starts, wish.spot.ends, wish.spot.room
    slot.track_id, slot.block = wish.track_id, ""


def day_id_of(edition: EditionView, spot: Spot) -> int:
    """The day of the edition on which it is wanted; LookupError when the edition has none, which `why_not` said."""
    day = edition.day_on(spot.on)
    if day is None:
        raise LookupError(f"no day {spot.on}")
    return day.id


def why_not(db: Session, edition: EditionView, spot: Spot, now: datetime, besides: int | None = None) -> list[Refusal]:
    """Every reason for which nothing can be placed there; `besides` is the slot that moves. The edition is held."""
    day = edition.day_on(spot.on)
    if day is None:
        return [rules.other_day(spot.on)]
    key = room_key(spot.room)
    reasons = rules.placing(spot, openings(rooms_of(db, edition.id)), key, edition.calendar, now)
    held = minutes_held(spot.starts, spot.ends)
    others = occupants(db, day.id, spot.room, held, besides) if key else []
    return reasons + [room_taken(spot.room, one.title, one.starts, one.ends) for one in others]


def refuse(reasons: list[Refusal]) -> None:
    """Raise Refused when there are reasons."""
    if reasons:
        raise Refused(*reasons)
