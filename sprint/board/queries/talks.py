"""Sessions of lightning talks, and the talks that wait for them."""

from sqlmodel import Session, col, func, select

from sprint.board import running
from sprint.board.rules import Placed, Stay, begins_at
from sprint.board.running import Talk, TalkAt, running_order
from sprint.board.tables import BoardEntry
from sprint.people.tables import Person
from sprint.programme.tables import Day, Edition, Slot, SlotKind


def talks_in_order(db: Session, edition_id: int) -> list[TalkAt]:
    """The lightning talks of an edition that have an hour, in their order. Two queries; one without session."""
    sessions = sessions_of(db, edition_id)
    return running_order(sessions, _queue(db, edition_id)) if sessions else []


def sessions_of(db: Session, edition_id: int) -> list[running.Session]:
    """The slots for lightning talks that take place at an hour, as time goes. One query."""
    rows = db.exec(
        select(Slot.id, Slot.uid, Day.on, Slot.starts, Slot.ends, Slot.room, Edition.timezone)
        .join(Day, col(Day.id) == Slot.day_id)
        .join(Edition, col(Edition.id) == Slot.edition_id)
        .where(
            Slot.edition_id == edition_id,
            Slot.kind == SlotKind.LIGHTNING_TALK,
            col(Slot.cancelled_at).is_(None),
            col(Slot.starts).is_not(None),
        )
        .order_by(col(Day.on), col(Slot.starts), col(Slot.position), col(Slot.id))
    )
    return [
        running.Session(key or 0, uid, on, starts, ends, room, begins_at(on, starts, zone))
        for key, uid, on, starts, ends, room, zone in rows
        if starts is not None
    ]


def _queue(db: Session, edition_id: int) -> list[Talk]:
    """Every talk ever proposed, in the order of the queue."""
    rows = db.exec(
        select(
            BoardEntry.id,
            BoardEntry.person_id,
            BoardEntry.title,
            BoardEntry.minutes,
            BoardEntry.named_at,
            Person.name,
            BoardEntry.proposed_at,
            func.coalesce(BoardEntry.withdrawn_at, BoardEntry.removed_at),
        )
        .join(Person, col(Person.id) == BoardEntry.person_id)
        .where(BoardEntry.edition_id == edition_id, col(BoardEntry.slot_id).is_(None))
        .order_by(col(BoardEntry.position), col(BoardEntry.id))
    )
    return [
        Talk(key or 0, person, title, minutes or 0, name if named_at is not None else "", proposed_at, ended_at)
        for key, person, title, minutes, named_at, name, proposed_at, ended_at in rows
    ]


def speakers(db: Session, edition_id: int) -> list[Stay]:
    """Who is expected where they proposed something: workshops, and talks that have an hour. Four queries at most."""
    rows = db.exec(
        select(Person.id, Person.name, Slot.id, Day.on, Slot.title, Slot.kind, Slot.starts, Slot.ends)
        .join(BoardEntry, col(BoardEntry.person_id) == Person.id)
        .join(Slot, col(Slot.id) == BoardEntry.slot_id)
        .join(Day, col(Day.id) == Slot.day_id)
        .where(BoardEntry.edition_id == edition_id, col(Slot.cancelled_at).is_(None), col(Slot.starts).is_not(None))
    )
    found = [Stay(person_id or 0, name, Placed(*placed)) for person_id, name, *placed in rows]
    order = talks_in_order(db, edition_id)
    ids = {one.talk.person_id for one in order}
    names = dict(db.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all()) if ids else {}
    return found + [_stay(one, names[one.talk.person_id]) for one in order]


def _stay(one: TalkAt, name: str) -> Stay:
    session = one.session
    placed = Placed(session.slot_id, session.on, one.talk.title, SlotKind.LIGHTNING_TALK, one.starts, one.ends)
    return Stay(one.talk.person_id, name, placed)
