"""The rooms of an edition's days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import Session, select

from sprint.board import rules
from sprint.board.actions.placing import refuse
from sprint.journal import new_act, record
from sprint.programme.facts import AgendaFact
from sprint.programme.holding import hold_edition
from sprint.programme.queries import edition_with, occupants
from sprint.programme.rules import MIDNIGHT, room_key, still_prepared
from sprint.programme.tables import Room
from sprint.refusal import Refusal

WHOLE_DAY = range(MIDNIGHT)


@dataclass(frozen=True)
class RoomWish:
    """A room as an organiser wants it; `is_offered` lets registered people propose in it."""

    name: str
    opens: time
    closes: time
    is_offered: bool


def offer_room(
    db: Session, edition_id: int, day_ids: Iterable[int], wish: RoomWish, now: datetime, actor_id: int
) -> bool:
    """Let the room be one of these days, with these hours; False when it was so already. Raises Refused with every reason."""
    hold_edition(db, edition_id)
    wanted = list(day_ids)
    refuse(still_prepared(edition_with(db, edition_id).calendar, now) + _narrowed(db, wanted, wish))
    act = new_act()
    changed = [day_id for day_id in wanted if _offer(db, day_id, wish, now)]
    for day_id in changed:
        record(db, act, AgendaFact.ROOM_OFFERED, now, actor_id=actor_id, edition_id=edition_id, day_id=day_id)
    return bool(changed)


def _narrowed(db: Session, day_ids: Iterable[int], wish: RoomWish) -> list[Refusal]:
    held = [
        (one.title, one.starts, one.ends) for day_id in day_ids for one in occupants(db, day_id, wish.name, WHOLE_DAY)
    ]
    return rules.narrowing_room(wish.name, wish.opens, wish.closes, held)


def _offer(db: Session, day_id: int, wish: RoomWish, now: datetime) -> bool:
    key = room_key(wish.name)
    room = db.exec(select(Room).where(Room.day_id == day_id, Room.key == key)).first()
    if room is None:
        room = Room(day_id=day_id, key=key, name=wish.name, opens=wish.opens, closes=wish.closes)
        room.offered_at = now if wish.is_offered else None
        db.add(room)
        return True
    known = (room.name, room.opens, room.closes, room.offered_at is not None)
    if known == (wish.name, wish.opens, wish.closes, wish.is_offered):
        return False
    room.name, room.opens, room.closes = wish.name, wish.opens, wish.closes
    room.offered_at = (room.offered_at or now) if wish.is_offered else None
    return True


def remove_room(db: Session, edition_id: int, room_id: int, now: datetime, actor_id: int) -> None:
    """Take a room from its day. Raises Refused while something takes place in it. LookupError when it is no room of a day."""
    hold_edition(db, edition_id)
    room = db.get(Room, room_id, populate_existing=True)
    if room is None:
        raise LookupError(f"no room {room_id}")
    titles = [one.title for one in occupants(db, room.day_id, room.name, WHOLE_DAY)]
    refuse(still_prepared(edition_with(db, edition_id).calendar, now) + rules.removing_room(room.name, titles))
    db.delete(room)
    record(db, new_act(), AgendaFact.ROOM_REMOVED, now, actor_id=actor_id, edition_id=edition_id, day_id=room.day_id)
