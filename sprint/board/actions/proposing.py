"""Proposing, taking back, removing, and the order of the queue: each under the lock of the edition."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from sprint.board import rules
from sprint.board.actions.placing import Wish, new_slot, refuse, why_not
from sprint.board.facts import BoardFact
from sprint.board.queries import is_registered, openings, sessions_of, talks_in_order
from sprint.board.tables import BoardEntry
from sprint.journal import new_act, record
from sprint.programme.actions import cancel_slot, has_moved
from sprint.programme.holding import hold_edition
from sprint.programme.queries import EditionView, edition_with, rooms_of
from sprint.programme.rules import room_key
from sprint.programme.tables import Slot
from sprint.refusal import Refusal


def propose_workshop(
    db: Session, person_id: int, edition_id: int, wish: Wish, once: str, now: datetime, *, is_named: bool
) -> bool:
    """Propose something in a free room: it is in the agenda at once. False for the same form again. Raises Refused."""
    hold_edition(db, edition_id)
    if _is_replay(db, person_id, once):
        return False
    edition, spot = edition_with(db, edition_id), wish.spot
    reasons = _why_not(db, person_id, edition, now)
    reasons += rules.proposing_there(
        spot, openings(rooms_of(db, edition_id)), room_key(spot.room), edition.calendar, now
    )
    refuse(reasons + why_not(db, edition, spot, now))
    slot = new_slot(db, edition, wish, f"board:{person_id}:{once}")
    row = BoardEntry(
        edition_id=edition_id, person_id=person_id, slot_id=slot.id, title=wish.title, proposed_at=now, once=once
    )
    _add(db, row, now, is_named=is_named)
    return True


def propose_talk(
    db: Session, person_id: int, edition_id: int, title: str, minutes: int, once: str, now: datetime, *, is_named: bool
) -> bool:
    """Propose a lightning talk, last in the queue. False for the same form again. Raises Refused."""
    hold_edition(db, edition_id)
    if _is_replay(db, person_id, once):
        return False
    refuse(_why_not(db, person_id, edition_with(db, edition_id), now))
    last = db.exec(select(func.max(BoardEntry.position)).where(BoardEntry.edition_id == edition_id)).one() or 0
    row = BoardEntry(
        edition_id=edition_id, person_id=person_id, title=title, minutes=minutes, proposed_at=now, once=once
    )
    row.position = last + 1
    _tell_calendars(db, edition_id)
    _add(db, row, now, is_named=is_named)
    return True


def _is_replay(db: Session, person_id: int, once: str) -> bool:
    return (
        db.exec(select(BoardEntry.id).where(BoardEntry.person_id == person_id, BoardEntry.once == once)).first()
        is not None
    )


def _why_not(db: Session, person_id: int, edition: EditionView, now: datetime) -> list[Refusal]:
    live = (col(BoardEntry.withdrawn_at).is_(None), col(BoardEntry.removed_at).is_(None))
    own = select(func.count()).where(BoardEntry.edition_id == edition.id, BoardEntry.person_id == person_id, *live)
    return rules.proposing(edition.calendar, is_registered(db, person_id, edition.id), db.exec(own).one(), now)


def _add(db: Session, row: BoardEntry, now: datetime, *, is_named: bool) -> None:
    row.named_at = now if is_named else None
    db.add(row)
    db.flush()
    _note(db, BoardFact.PROPOSED, row, row.person_id, now)


def withdraw_entry(db: Session, entry_id: int, now: datetime) -> bool:
    """Take back what one proposed: its room is free again. False when it is not on the board any more."""
    row = _hold(db, entry_id)
    if row.withdrawn_at is not None or row.removed_at is not None:
        return False
    row.withdrawn_at = now
    _end(db, row, BoardFact.WITHDRAWN, row.person_id, now)
    return True


def remove_entry(db: Session, entry_id: int, reason: str, actor_id: int, now: datetime) -> bool:
    """Take somebody's entry off the board and say why. False when it is not there any more."""
    row = _hold(db, entry_id)
    if row.withdrawn_at is not None or row.removed_at is not None:
        return False
    row.removed_at, row.reason = now, reason
    _end(db, row, BoardFact.REMOVED, actor_id, now)
    return True


def _end(db: Session, row: BoardEntry, kind: BoardFact, actor_id: int, now: datetime) -> None:
    if row.slot_id is not None:
        cancel_slot(db, row.slot_id, actor_id, now)
    else:
        _tell_calendars(db, row.edition_id)
    _note(db, kind, row, actor_id, now)


def advance_talk(db: Session, entry_id: int, actor_id: int, now: datetime) -> bool:
    """Let a talk go before the one it follows. False when it is the first. Raises Refused: one of them has begun."""
    row = _hold(db, entry_id)
    before = db.exec(
        select(BoardEntry)
        .where(
            BoardEntry.edition_id == row.edition_id,
            col(BoardEntry.slot_id).is_(None),
            col(BoardEntry.withdrawn_at).is_(None),
            col(BoardEntry.removed_at).is_(None),
            col(BoardEntry.position) < row.position,
        )
        .order_by(col(BoardEntry.position).desc())
        .limit(1)
    ).first()
    if before is None or row.slot_id is not None or row.withdrawn_at is not None or row.removed_at is not None:
        return False
    begun = {one.talk.id for one in talks_in_order(db, row.edition_id) if one.session.begins_at <= now}
    refuse(rules.reordering(bool({before.id, row.id} & begun)))
    before.position, row.position = row.position, before.position
    _tell_calendars(db, row.edition_id)
    _note(db, BoardFact.REORDERED, row, actor_id, now)
    return True


def _tell_calendars(db: Session, edition_id: int) -> None:
    """Let calendars that hold a session of talks take the new order."""
    sessions = [one.slot_id for one in sessions_of(db, edition_id)]
    for slot in db.exec(select(Slot).where(col(Slot.id).in_(sessions)).order_by(col(Slot.id))) if sessions else ():
        has_moved(db, slot)


def _hold(db: Session, entry_id: int) -> BoardEntry:
    """Hold the edition of an entry that the page has found; its row is read after the wait."""
    hold_edition(db, db.exec(select(BoardEntry.edition_id).where(BoardEntry.id == entry_id)).one())
    return db.get_one(BoardEntry, entry_id, populate_existing=True)


def _note(db: Session, kind: BoardFact, row: BoardEntry, actor_id: int, now: datetime) -> None:
    detail: dict[str, int | str] = {"entry": row.id or 0, "position": row.position}
    record(
        db,
        new_act(),
        kind,
        now,
        actor_id=actor_id,
        person_id=row.person_id,
        edition_id=row.edition_id,
        detail=detail,
    )
