"""What is placed where, and who is expected there."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from sprint.board.grid import Item
from sprint.board.rules import Opening, Placed, Stay
from sprint.people.queries import live_grant
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.programme.queries import RoomLine, SlotLine
from sprint.programme.rules import room_key
from sprint.programme.tables import Day, Slot


def openings(rooms: Sequence[RoomLine]) -> list[Opening]:
    """Rooms as the rules see them."""
    return [Opening(one.on, one.key, one.name, one.opens, one.closes, one.offered_at is not None) for one in rooms]


def day_items(slots: Sequence[SlotLine], on: date) -> list[Item]:
    """The slots of a day that take place in a room at an hour, by hour."""
    return [
        Item(slot.id, slot.title, slot.kind.value, slot.starts, slot.ends, slot.room, slot.track_name or "")
        for slot in slots
        if slot.on == on and slot.starts is not None and room_key(slot.room) and slot.cancelled_at is None
    ]


def names_of_rooms(rooms: Sequence[RoomLine], slots: Sequence[SlotLine]) -> list[str]:
    """Every room of an edition by name, those that only slots name too, each once."""
    found = {one.key: one.name for one in rooms}
    for slot in slots:
        if slot.room:
            found.setdefault(room_key(slot.room) or slot.room, slot.room)
    return [found[key] for key in sorted(found)]


def stays(db: Session, edition_id: int, now: datetime) -> list[Stay]:
    """Who mentors a track and is expected wherever it has a slot. One query."""
    rows = db.exec(
        select(Person.id, Person.name, Slot.id, Day.on, Slot.title, Slot.kind, Slot.starts, Slot.ends)
        .join(Grant, col(Grant.person_id) == Person.id)
        .join(Slot, col(Slot.track_id) == Grant.scope_id)
        .join(Day, col(Day.id) == Slot.day_id)
        .where(
            Grant.right == Right.MENTOR,
            Grant.scope_kind == Scope.TRACK,
            live_grant(now),
            Slot.edition_id == edition_id,
            col(Slot.cancelled_at).is_(None),
            col(Slot.starts).is_not(None),
        )
    )
    return [Stay(person_id, name, Placed(*placed)) for person_id, name, *placed in rows]
