"""What is proposed, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, func, or_, select

from sprint.board.tables import BoardEntry
from sprint.people.tables import Person
from sprint.programme.tables import Day, Slot
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import Registration, State


@dataclass(frozen=True)
class EntryLine:
    """An entry; `name` is that of its author, whom the page names only where they chose so. A workshop has a day."""

    id: int
    person_id: int
    title: str
    minutes: int | None
    position: int
    named_at: datetime | None
    removed_at: datetime | None
    reason: str
    slot_id: int | None
    name: str
    on: date | None
    starts: time | None
    ends: time | None
    room: str | None

    @property
    def is_live(self) -> bool:
        return self.removed_at is None


def entries(db: Session, edition_id: int) -> list[EntryLine]:
    """What is proposed in an edition and not taken back, in the order of the queue. One query.

    Those that the team removed are told too; a workshop whose slot was cancelled on the desk is not.
    """
    is_there = or_(
        col(BoardEntry.slot_id).is_(None), col(Slot.cancelled_at).is_(None), col(BoardEntry.removed_at).is_not(None)
    )
    rows = db.exec(
        select(
            BoardEntry.id,
            BoardEntry.person_id,
            func.coalesce(Slot.title, BoardEntry.title),
            BoardEntry.minutes,
            BoardEntry.position,
            BoardEntry.named_at,
            BoardEntry.removed_at,
            BoardEntry.reason,
            BoardEntry.slot_id,
            Person.name,
            Day.on,
            Slot.starts,
            Slot.ends,
            Slot.room,
        )
        .join(Person, col(Person.id) == BoardEntry.person_id)
        .join(Slot, col(Slot.id) == BoardEntry.slot_id, isouter=True)
        .join(Day, col(Day.id) == Slot.day_id, isouter=True)
        .where(BoardEntry.edition_id == edition_id, col(BoardEntry.withdrawn_at).is_(None), is_there)
        .order_by(col(BoardEntry.position), col(BoardEntry.id))
    )
    return [EntryLine(*row) for row in rows]


def is_registered(db: Session, person_id: int, edition_id: int) -> bool:
    """Whether the person holds a seat in the edition. One query."""
    holds = (IS_LIVE, Registration.person_id == person_id, Registration.edition_id == edition_id)
    confirmed = select(Registration.id).where(*holds, in_state(State.CONFIRMED))
    return db.exec(confirmed.limit(1)).first() is not None
