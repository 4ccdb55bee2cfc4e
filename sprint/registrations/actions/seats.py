"""Taking, giving back and counting seats: one guarded statement each, under the lock of their edition.

Every change of seats holds that lock first, so that the order of the queue is the order in which people asked.
"""

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from sprint.prepared import Prepared, PreparedChange
from sprint.programme.tables import Edition
from sprint.registrations.tables import DayCapacity, Mode, TrackCapacity

# NO KEY: rows that refer to the edition may be inserted meanwhile. SQLite knows one writer only, and needs no lock.
_HOLD = Prepared(
    select(Edition.id, Edition.slug).where(Edition.id == bindparam("edition_id")).with_for_update(key_share=True)
)
_MOVE_TRACK = PreparedChange(
    update(TrackCapacity)
    .where(
        col(TrackCapacity.track_id) == bindparam("of_track"),
        col(TrackCapacity.day_id) == bindparam("of_day"),
        col(TrackCapacity.mode) == bindparam("of_mode"),
        col(TrackCapacity.taken) + bindparam("by") <= TrackCapacity.seats,
    )
    .values(taken=TrackCapacity.taken + bindparam("by"))
)
_OF_DAY = (col(DayCapacity.day_id) == bindparam("of_day"), col(DayCapacity.mode) == bindparam("of_mode"))
_MOVE_DAY = PreparedChange(
    update(DayCapacity)
    .where(*_OF_DAY, col(DayCapacity.taken) + bindparam("by") <= DayCapacity.seats)
    .values(taken=DayCapacity.taken + bindparam("by"))
)
_LIMIT = Prepared(select(DayCapacity.id, DayCapacity.seats).where(*_OF_DAY))


def hold_edition(db: Session, edition_id: int) -> None:
    """Hold the edition until the transaction ends."""
    _HOLD.rows(db, edition_id=edition_id)


def lock_edition(db: Session, edition_id: int) -> Edition:
    """Hold the edition until the transaction ends, and read it whole."""
    hold_edition(db, edition_id)
    # What the page read of it is older than our wait for the lock: its window may have closed meanwhile.
    found = select(Edition).where(Edition.id == edition_id).execution_options(populate_existing=True)
    return db.exec(found).one()


def take_seat(db: Session, track_id: int, day_id: int, mode: Mode) -> bool:
    """Take one seat of the track and one of the day, or none at all."""
    if _move_track(db, track_id, day_id, mode, +1) == 0:
        return False
    if _move_day(db, day_id, mode, +1) == 1:
        return True
    # No row at all is no limit; a row that was not moved is a full day.
    if _LIMIT.first(db, of_day=day_id, of_mode=mode) is None:
        return True
    _move_track(db, track_id, day_id, mode, -1)
    return False


def give_seat_back(db: Session, track_id: int, day_id: int, mode: Mode) -> None:
    """Give back one seat of the track and of the day."""
    _move_track(db, track_id, day_id, mode, -1)
    _move_day(db, day_id, mode, -1)


def _move_track(db: Session, track_id: int, day_id: int, mode: Mode, by: int) -> int:
    return _MOVE_TRACK.run(db, of_track=track_id, of_day=day_id, of_mode=mode, by=by)


def _move_day(db: Session, day_id: int, mode: Mode, by: int) -> int:
    return _MOVE_DAY.run(db, of_day=day_id, of_mode=mode, by=by)
