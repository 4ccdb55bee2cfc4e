"""Taking, giving back and counting seats: one guarded statement each, under the lock of their edition.

Every change of seats holds that lock first, so that the order of the queue is the order in which people asked.
"""

from sqlalchemy import update
from sqlmodel import Session, col, select

from sprint.programme.tables import Edition
from sprint.registrations.tables import DayCapacity, Mode, TrackCapacity


def lock_edition(db: Session, edition_id: int) -> Edition:
    """Hold the edition until the transaction ends. PostgreSQL: FOR NO KEY UPDATE, which leaves inserts of rows that refer to it alone."""
    held = select(Edition).where(Edition.id == edition_id).with_for_update(key_share=True)
    # What the page read of it is older than our wait for the lock: its window may have closed meanwhile.
    return db.exec(held.execution_options(populate_existing=True)).one()


def take_seat(db: Session, track_id: int, day_id: int, mode: Mode) -> bool:
    """Take one seat of the track and one of the day, or none at all."""
    if not _take_of_track(db, track_id, day_id, mode):
        return False
    if _take_of_day(db, day_id, mode):
        return True
    _move_track(db, track_id, day_id, mode, -1)
    return False


def give_seat_back(db: Session, track_id: int, day_id: int, mode: Mode) -> None:
    """Give back one seat of the track and of the day."""
    _move_track(db, track_id, day_id, mode, -1)
    where = [col(DayCapacity.day_id) == day_id, col(DayCapacity.mode) == mode]
    db.exec(update(DayCapacity).where(*where).values(taken=DayCapacity.taken - 1))


def _take_of_track(db: Session, track_id: int, day_id: int, mode: Mode) -> bool:
    return _move_track(db, track_id, day_id, mode, +1)


def _move_track(db: Session, track_id: int, day_id: int, mode: Mode, by: int) -> bool:
    guarded = update(TrackCapacity).where(
        col(TrackCapacity.track_id) == track_id,
        col(TrackCapacity.day_id) == day_id,
        col(TrackCapacity.mode) == mode,
        col(TrackCapacity.taken) + by <= TrackCapacity.seats,
    )
    return db.exec(guarded.values(taken=TrackCapacity.taken + by)).rowcount == 1


def _take_of_day(db: Session, day_id: int, mode: Mode) -> bool:
    of_day = [col(DayCapacity.day_id) == day_id, col(DayCapacity.mode) == mode]
    guarded = update(DayCapacity).where(*of_day, col(DayCapacity.taken) < DayCapacity.seats)
    if db.exec(guarded.values(taken=DayCapacity.taken + 1)).rowcount == 1:
        return True
    # No row at all is no limit; a row that was not moved is a full day.
    return db.exec(select(DayCapacity.id).where(*of_day)).first() is None
