"""Taking, giving back and counting seats: one guarded statement each, by those who hold the edition.

Who frees or adds seats holds it alone. Who takes one may hold it together with others: the statement waits for who took one
of the same seats before, and counts again.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from sprint.database import writes_alone
from sprint.prepared import Prepared, PreparedChange
from sprint.programme.holding import hold_edition
from sprint.programme.tables import Edition
from sprint.registrations.tables import DayCapacity, Mode, TrackCapacity

_OF_DAY = (col(DayCapacity.day_id) == bindparam("of_day"), col(DayCapacity.mode) == bindparam("of_mode"))
_HOLD_DAYS = Prepared(
    select(DayCapacity.id, DayCapacity.day_id)
    .where(col(DayCapacity.day_id).in_(bindparam("day_ids", expanding=True)), DayCapacity.mode == bindparam("of_mode"))
    .order_by(col(DayCapacity.day_id))
    .with_for_update(key_share=True)
)
_DAY_IS_FULL = select(DayCapacity.id).where(*_OF_DAY, col(DayCapacity.taken) >= DayCapacity.seats).exists()
_OF_TRACK = (
    col(TrackCapacity.track_id) == bindparam("of_track"),
    col(TrackCapacity.day_id) == bindparam("of_day"),
    col(TrackCapacity.mode) == bindparam("of_mode"),
)
# A seat of the track is taken only where the day has one too.
_TAKE_TRACK = PreparedChange(
    update(TrackCapacity)
    .where(*_OF_TRACK, col(TrackCapacity.taken) < TrackCapacity.seats, ~_DAY_IS_FULL)
    .values(taken=TrackCapacity.taken + 1)
)
_GIVE_TRACK_BACK = PreparedChange(update(TrackCapacity).where(*_OF_TRACK).values(taken=TrackCapacity.taken - 1))
# No row at all is no limit. The CHECK refuses what the condition above did not see.
_MOVE_DAY = PreparedChange(update(DayCapacity).where(*_OF_DAY).values(taken=DayCapacity.taken + bindparam("by")))


def hold_days(db: Session, day_ids: Sequence[int], mode: Mode) -> None:
    """Hold the seats of days that have a limit, for who holds the edition together with others: tracks share them."""
    if day_ids and not writes_alone(db):
        _HOLD_DAYS.rows(db, day_ids=list(day_ids), of_mode=mode)


def lock_edition(db: Session, edition_id: int) -> Edition:
    """Hold the edition until the transaction ends, and read it whole."""
    hold_edition(db, edition_id)
    # What the page read of it is older than our wait for the lock: its window may have closed meanwhile.
    found = select(Edition).where(Edition.id == edition_id).execution_options(populate_existing=True)
    return db.exec(found).one()


def take_seat(db: Session, track_id: int, day_id: int, mode: Mode, *, is_day_limited: bool = True) -> bool:
    """Take one seat of the track and one of the day, or none at all. `is_day_limited` is False for who knows that it is not."""
    if _TAKE_TRACK.run(db, of_track=track_id, of_day=day_id, of_mode=mode) == 0:
        return False
    if is_day_limited:
        _MOVE_DAY.run(db, of_day=day_id, of_mode=mode, by=+1)
    return True


def give_seat_back(db: Session, track_id: int, day_id: int, mode: Mode) -> None:
    """Give back one seat of the track and of the day."""
    _GIVE_TRACK_BACK.run(db, of_track=track_id, of_day=day_id, of_mode=mode)
    _MOVE_DAY.run(db, of_day=day_id, of_mode=mode, by=-1)
