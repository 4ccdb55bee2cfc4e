"""Changing what is offered: slots and the rooms they hold, the link of a track's online room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.programme.facts import AgendaFact
from sprint.programme.holding import hold_edition
from sprint.programme.queries import HeldTime, occupants, slots_with_rooms, times_held
from sprint.programme.rules import minutes_held, room_key, room_taken, whereabouts
from sprint.programme.tables import RoomTime, Slot, Track
from sprint.refusal import Refusal, Refused


def cancel_slot(db: Session, slot_id: int, actor_id: int, now: datetime) -> bool:
    """Say that a slot does not take place; False when that was said before. Its room is free again."""
    return _decide(db, slot_id, now, actor_id, now)


def restore_slot(db: Session, slot_id: int, actor_id: int, now: datetime) -> bool:
    """Say that a cancelled slot takes place after all; False when that was said before. Raises Refused: its room is taken."""
    return _decide(db, slot_id, None, actor_id, now)


def _decide(db: Session, slot_id: int, cancelled_at: datetime | None, actor_id: int, now: datetime) -> bool:
    slot = hold_slot(db, slot_id)
    if (slot.cancelled_at is None) == (cancelled_at is None):
        return False
    before = standing(slot)
    slot.cancelled_at = cancelled_at
    reasons = take_room(db, slot)
    if reasons:
        raise Refused(*reasons)
    has_moved(db, slot)
    kind = AgendaFact.SLOT_RESTORED if cancelled_at is None else AgendaFact.SLOT_CANCELLED
    note_slot(db, new_act(), kind, slot, actor_id, now, before)
    return True


def hold_slot(db: Session, slot_id: int) -> Slot:
    """Hold a slot, and its edition before it."""
    hold_edition(db, db.exec(select(Slot.edition_id).where(Slot.id == slot_id)).one())
    held = select(Slot).where(Slot.id == slot_id).with_for_update(key_share=True)
    return db.exec(held.execution_options(populate_existing=True)).one()


def take_room(db: Session, slot: Slot) -> list[Refusal]:
    """Hold the room of a slot for as long as it lasts, instead of what it held; gives the slots in the way, and then holds nothing.

    The edition is held. A slot without hour or room holds none, nor does a cancelled one.
    """
    db.flush()
    leave_room(db, slot.id or 0)
    key = room_key(slot.room)
    if slot.starts is None or not key or slot.cancelled_at is not None:
        return []
    held = minutes_held(slot.starts, slot.ends)
    others = occupants(db, slot.day_id, slot.room, held, slot.id)
    if others:
        return [room_taken(other.room, other.title, other.starts, other.ends) for other in others]
    rows = [{"day_id": slot.day_id, "room": key, "minute": minute, "slot_id": slot.id} for minute in held]
    db.exec(insert(RoomTime), params=rows)
    return []


def leave_room(db: Session, slot_id: int) -> None:
    """Free whatever room the slot holds."""
    db.exec(delete(RoomTime).where(col(RoomTime.slot_id) == slot_id))


def take_rooms(db: Session, edition_id: int) -> list[Refusal]:
    """Hold the rooms of every slot of an edition as they now stand; gives one reason for each that finds another there."""
    hold_edition(db, edition_id)
    db.flush()
    wanted: dict[HeldTime, Slot] = {}
    in_the_way: dict[tuple[int | None, int | None], Refusal] = {}
    for slot in slots_with_rooms(db, edition_id):
        for time_of in _times(slot):
            first = wanted.setdefault(time_of, slot)
            if first is not slot and first.starts is not None:
                place = f"slots[{slot.title}].room"
                in_the_way[(first.id, slot.id)] = room_taken(slot.room, first.title, first.starts, first.ends, place)
    _hold_these(db, edition_id, {time_of: slot.id or 0 for time_of, slot in wanted.items()})
    return list(in_the_way.values())


def _times(slot: Slot) -> list[HeldTime]:
    key = room_key(slot.room)
    held = minutes_held(slot.starts, slot.ends) if slot.starts is not None and key else ()
    return [(slot.day_id, key, minute) for minute in held]


def _hold_these(db: Session, edition_id: int, wanted: Mapping[HeldTime, int]) -> None:
    """Write the difference alone: an agenda that says the same changes nothing."""
    known = times_held(db, edition_id)
    gone = {slot_id for time_of, slot_id in known.items() if wanted.get(time_of) != slot_id}
    if gone:
        db.exec(delete(RoomTime).where(col(RoomTime.slot_id).in_(gone)))
    rows = [
        {"day_id": day_id, "room": room, "minute": minute, "slot_id": slot_id}
        for (day_id, room, minute), slot_id in wanted.items()
        if slot_id in gone or (day_id, room, minute) not in known
    ]
    if rows:
        db.exec(insert(RoomTime), params=rows)


def has_moved(db: Session, slot: Slot) -> None:
    """Let calendars that hold the slot, or its track, take the new one."""
    slot.revision += 1
    if slot.track_id is not None:
        db.get_one(Track, slot.track_id, with_for_update={"key_share": True}).revision += 1


@dataclass(frozen=True)
class Standing:
    """Where a slot stands at a moment; `number` is its whereabouts."""

    day_id: int
    track_id: int | None
    number: int


def standing(slot: Slot) -> Standing:
    number = whereabouts(slot.day_id, slot.track_id, slot.starts, slot.ends, slot.room, slot.cancelled_at)
    return Standing(slot.day_id, slot.track_id, number)


def note_slot(
    db: Session,
    act: str,
    kind: AgendaFact,
    slot: Slot,
    actor_id: int | None,
    now: datetime,
    before: Standing | None = None,
) -> None:
    """The fact about a slot, which stood as `before`: whoever comes to what it leaves is told as well. The edition is held."""
    record(
        db,
        act,
        kind,
        now,
        actor_id=actor_id,
        edition_id=slot.edition_id,
        track_id=slot.track_id,
        day_id=slot.day_id,
        detail={"slot": slot.id or 0, **(_way(before, standing(slot)) if before else {})},
    )


def _way(before: Standing, after: Standing) -> dict[str, int | str]:
    way: dict[str, int | str] = {"was": before.number, "now": after.number}
    if before.day_id != after.day_id:
        way["from_day"] = before.day_id
    if before.track_id != after.track_id:
        way["from_track"] = before.track_id or 0
    return way


def give_join_link(db: Session, track: Track, url: str, actor_id: int, now: datetime) -> bool:
    """Say where the track meets online (nothing: nowhere); False when that is known already."""
    held = db.get_one(Track, track.id, with_for_update={"key_share": True}, populate_existing=True)
    if held.join_url == url:
        return False
    held.join_url = url
    held.revision += 1
    record(db, new_act(), AgendaFact.JOIN_LINK, now, actor_id=actor_id, edition_id=track.edition_id, track_id=track.id)
    return True
