"""Changing what is offered: cancelling and restoring a slot, giving the link of a track's online room."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.journal import new_act, record
from sprint.programme.facts import AgendaFact
from sprint.programme.tables import Slot, Track


def cancel_slot(db: Session, slot_id: int, actor_id: int, now: datetime) -> bool:
    """Say that a slot does not take place; False when that was said before."""
    return _decide(db, slot_id, now, actor_id, now)


def restore_slot(db: Session, slot_id: int, actor_id: int, now: datetime) -> bool:
    """Say that a cancelled slot takes place after all; False when that was said before."""
    return _decide(db, slot_id, None, actor_id, now)


def _decide(db: Session, slot_id: int, cancelled_at: datetime | None, actor_id: int, now: datetime) -> bool:
    slot = db.exec(select(Slot).where(Slot.id == slot_id).with_for_update(key_share=True)).one()
    if (slot.cancelled_at is None) == (cancelled_at is None):
        return False
    slot.cancelled_at = cancelled_at
    slot.revision += 1
    if slot.track_id is not None:
        db.get_one(Track, slot.track_id, with_for_update={"key_share": True}).revision += 1
    kind = AgendaFact.SLOT_RESTORED if cancelled_at is None else AgendaFact.SLOT_CANCELLED
    record(
        db,
        new_act(),
        kind,
        now,
        actor_id=actor_id,
        edition_id=slot.edition_id,
        track_id=slot.track_id,
        day_id=slot.day_id,
        detail={"slot": slot.id or 0},
    )
    return True


def give_join_link(db: Session, track: Track, url: str, actor_id: int, now: datetime) -> bool:
    """Say where the track meets online (nothing: nowhere); False when that is known already."""
    held = db.get_one(Track, track.id, with_for_update={"key_share": True}, populate_existing=True)
    if held.join_url == url:
        return False
    held.join_url = url
    held.revision += 1
    record(db, new_act(), AgendaFact.JOIN_LINK, now, actor_id=actor_id, edition_id=track.edition_id, track_id=track.id)
    return True
