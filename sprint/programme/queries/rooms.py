"""Reading rooms: which there are, and who is in one when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, select

from sprint.programme.rules import room_key
from sprint.programme.tables import Day, Room, RoomTime, Slot

HeldTime = tuple[int, str, int]
"""A day, the key of a room, and the minute from which five are held."""


@dataclass(frozen=True)
class RoomLine:
    """A room of a day, from when to when it may be used, and whether registered people may propose in it."""

    id: int
    day_id: int
    on: date
    name: str
    key: str
    opens: time
    closes: time
    offered_at: datetime | None


def rooms_of(db: Session, edition_id: int) -> list[RoomLine]:
    """The rooms of an edition by day and name. One query."""
    rows = db.exec(
        select(Room.id, Room.day_id, Day.on, Room.name, Room.key, Room.opens, Room.closes, Room.offered_at)
        .join(Day, col(Day.id) == Room.day_id)
        .where(Day.edition_id == edition_id)
        .order_by(col(Day.on), col(Room.name), col(Room.id))
    )
    return [RoomLine(*row) for row in rows]


@dataclass(frozen=True)
class Occupant:
    """A slot that holds a room."""

    slot_id: int
    title: str
    starts: time
    ends: time | None
    room: str


def occupants(db: Session, day_id: int, room: str, minutes: range, besides: int | None = None) -> list[Occupant]:
    """The slots that hold the room for some of these minutes of a day, by hour; `besides` is the one that asks. One query."""
    rows = db.exec(
        select(Slot.id, Slot.title, Slot.starts, Slot.ends, Slot.room)
        .join(RoomTime, col(RoomTime.slot_id) == Slot.id)
        .where(
            RoomTime.day_id == day_id,
            RoomTime.room == room_key(room),
            col(RoomTime.minute) >= minutes.start,
            col(RoomTime.minute) < minutes.stop,
            col(RoomTime.slot_id).is_distinct_from(besides),
        )
        .distinct()
        .order_by(col(Slot.starts), col(Slot.id))
    )
    return [Occupant(slot_id, title, starts, ends, room) for slot_id, title, starts, ends, room in rows if starts]


def slots_with_rooms(db: Session, edition_id: int) -> Sequence[Slot]:
    """The slots of an edition that take place in a room at an hour, in the order in which they were made. Entities."""
    is_placed = col(Slot.starts).is_not(None) & (col(Slot.room) != "") & col(Slot.cancelled_at).is_(None)
    return db.exec(select(Slot).where(Slot.edition_id == edition_id, is_placed).order_by(col(Slot.id))).all()


def times_held(db: Session, edition_id: int) -> dict[HeldTime, int]:
    """What is held by which slot of an edition. One query."""
    rows = db.exec(
        select(RoomTime.day_id, RoomTime.room, RoomTime.minute, RoomTime.slot_id)
        .join(Slot, col(Slot.id) == RoomTime.slot_id)
        .where(Slot.edition_id == edition_id)
    )
    return {(day_id, room, minute): slot_id for day_id, room, minute, slot_id in rows}
