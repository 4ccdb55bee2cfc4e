"""Reading slots: those that take place, and for the agenda those that do not any more."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from sprint.programme.tables import Day, Slot, SlotKind, Track


@dataclass(frozen=True)
class SlotLine:
    """A slot as the agenda shows it; hours are of the edition's zone."""

    id: int
    on: date
    title: str
    kind: SlotKind
    starts: time | None
    ends: time | None
    block: str
    room: str
    track_id: int | None
    track_slug: str | None
    track_name: str | None
    cancelled_at: datetime | None
    edition_id: int

    @property
    def brief(self) -> str:
        """The title up to its first comma or colon, for summaries: "Restitutions : ce que…" is "Restitutions"."""
        return re.split(r"\s*:\s|,\s", self.title, maxsplit=1)[0]


def agenda_slots(db: Session, edition_id: int) -> list[SlotLine]:
    """Every slot of an edition, cancelled ones too, by day and hour; those without hour in their order. One query."""
    return _slots(db, col(Slot.edition_id) == edition_id)


def slots(db: Session, edition_id: int) -> list[SlotLine]:
    """The slots of an edition that take place, in the same order. One query."""
    return _slots(db, (col(Slot.edition_id) == edition_id) & col(Slot.cancelled_at).is_(None))


def slots_of_tracks(db: Session, track_ids: Iterable[int]) -> list[SlotLine]:
    """The slots of these tracks that take place, in the same order. One query."""
    return _slots(db, col(Slot.track_id).in_(list(track_ids)) & col(Slot.cancelled_at).is_(None))


def slots_of_days(db: Session, edition_ids: Iterable[int], track_ids: Iterable[int]) -> list[SlotLine]:
    """What these editions hold for everybody and for these tracks, in the same order. One query."""
    for_me = col(Slot.track_id).is_(None) | col(Slot.track_id).in_(set(track_ids))
    takes_place = col(Slot.cancelled_at).is_(None)
    return _slots(db, col(Slot.edition_id).in_(set(edition_ids)) & for_me & takes_place)


def slot_line(db: Session, edition_id: int, slot_id: int) -> SlotLine | None:
    """One slot of an edition, cancelled or not. One query."""
    found = _slots(db, (col(Slot.edition_id) == edition_id) & (col(Slot.id) == slot_id))
    return found[0] if found else None


def _slots(db: Session, which: ColumnElement[bool]) -> list[SlotLine]:
    statement = (
        select(
            Slot.id,
            Day.on,
            Slot.title,
            Slot.kind,
            Slot.starts,
            Slot.ends,
            Slot.block,
            Slot.room,
            Slot.track_id,
            Track.slug,
            Track.name,
            Slot.cancelled_at,
            Slot.edition_id,
        )
        .join(Day, col(Day.id) == Slot.day_id)
        .join(Track, col(Track.id) == Slot.track_id, isouter=True)
        .where(which)
        .order_by(col(Day.on), col(Slot.position), col(Slot.id))
    )
    lines = [SlotLine(*row) for row in db.exec(statement)]
    return sorted(lines, key=lambda line: (line.on, line.starts or _hour_of(line.block)))


def _hour_of(block: str) -> time:
    """Where a slot without hour stands in its day: at its block's first hour, else at the end."""
    hour, minute = block[:2], block[3:5]
    return time(int(hour), int(minute)) if hour.isdigit() and minute.isdigit() and int(hour) < 24 else time.max
