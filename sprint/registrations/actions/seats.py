"""Taking, giving back and counting seats: one guarded statement each, under the lock of their edition.

Every change of seats holds that lock first, so that the order of the queue is the order in which people asked.
"""

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from sprint.database import writes_alone
from sprint.plans import settle_plan
from sprint.prepared import Prepared, PreparedChange
from sprint.programme.tables import Edition
from sprint.registrations.tables import DayCapacity, Mode, TrackCapacity

# NO KEY: rows that refer to the edition may be inserted meanwhile.
_HOLD = Prepared(
    select(Edition.id, Edition.slug).where(Edition.id == bindparam("edition_id")).with_for_update(key_share=True)
)
_HOLD_CALLED = Prepared(
    select(Edition.id, Edition.slug).where(Edition.slug == bindparam("slug")).with_for_update(key_share=True)
)
_OF_DAY = (col(DayCapacity.day_id) == bindparam("of_day"), col(DayCapacity.mode) == bindparam("of_mode"))
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


def hold_edition(db: Session, edition_id: int) -> None:
    """Hold the edition until the transaction ends."""
    _HOLD.rows(db, edition_id=edition_id)


def hold_edition_called(db: Session, slug: str) -> None:
    """Hold the edition of an address, if there is one, until the transaction ends; its plan may be taken as it was kept."""
    if not writes_alone(db):
        _HOLD_CALLED.rows(db, slug=slug)
    settle_plan(db)


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
