"""Setting seats: of a track, or of a whole day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, func, select

from sprint.journal import record
from sprint.programme.queries import EditionView
from sprint.programme.tables import Track
from sprint.refusal import Refusal, Refused
from sprint.registrations import rules
from sprint.registrations.actions.promotion import Deed, locked, promote_for
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity
from sprint.words import Words, say

Counter = TrackCapacity | DayCapacity


@dataclass(frozen=True)
class Seats:
    """Wanted seats of a track, or of the whole day when `track_id` is None; `seats` None takes the offer or the limit away.

    `place` is where the wish stands (a field, a place in a file) and comes back with its refusal.
    """

    track_id: int | None
    day_id: int
    mode: Mode
    seats: int | None
    place: str = ""


def set_seats(
    db: Session,
    edition_id: int,
    wanted: Sequence[Seats],
    now: datetime,
    *,
    act: str,
    actor_id: int | None = None,
    foreseen: int | None = None,
) -> int:
    """Set seats and give the new ones to those who wait; gives how many people got one.

    Raises Refused with one reason for each number below what is taken, each offer in use that would go; and when it gives
    another number of seats than `foreseen`, where somebody was told how many.
    """
    edition = locked(db, edition_id)
    counters = [(wish, counter_of(db, wish)) for wish in wanted]
    reasons = [reason for wish, counter in counters for reason in against(db, edition, wish, counter)]
    if reasons:
        raise Refused(*reasons)
    deed = Deed(act, edition, actor_id, now)
    changed = [(wish.day_id, wish.mode) for wish, counter in counters if _set(db, deed, wish, counter)]
    promoted = promote_for(db, deed, changed)
    reasons = rules.confirmed(promoted, promoted if foreseen is None else foreseen)
    if reasons:
        raise Refused(*reasons)
    return promoted


@dataclass(frozen=True)
class Addition:
    """Seats to add to what a track offers, as it was announced: `before` is how many there were then."""

    track_id: int
    day_id: int
    mode: Mode
    before: int
    more: int

    @property
    def wish(self) -> Seats:
        return Seats(self.track_id, self.day_id, self.mode, self.before + self.more)


def open_seats(
    db: Session,
    edition_id: int,
    additions: Sequence[Addition],
    foreseen: int,
    now: datetime,
    *,
    act: str,
    actor_id: int | None = None,
) -> int:
    """Add seats exactly as announced; gives how many people got one. The same form received again changes nothing.

    Raises Refused when what it would do is no longer what was announced.
    """
    locked(db, edition_id)
    there = [counter_of(db, one.wish).seats for one in additions]
    if there == [one.before + one.more for one in additions]:
        return 0
    reasons = rules.announced(there, [one.before for one in additions])
    if not reasons:
        promoted = set_seats(db, edition_id, [one.wish for one in additions], now, act=act, actor_id=actor_id)
        reasons = rules.announced([promoted], [foreseen])
        if not reasons:
            return promoted
    raise Refused(*reasons)


def counter_of(db: Session, wish: Seats) -> Counter:
    """The row that counts, or a new one that already counts whoever sits there (a day limited afterwards)."""
    if wish.track_id is not None:
        of_track = select(TrackCapacity).where(
            TrackCapacity.track_id == wish.track_id,
            TrackCapacity.day_id == wish.day_id,
            TrackCapacity.mode == wish.mode,
        )
        known = db.exec(of_track.execution_options(populate_existing=True)).first()
        return known or TrackCapacity(track_id=wish.track_id, day_id=wish.day_id, mode=wish.mode, seats=0)
    of_day = select(DayCapacity).where(DayCapacity.day_id == wish.day_id, DayCapacity.mode == wish.mode)
    sitting = _people(db, wish, State.CONFIRMED)
    known_limit = db.exec(of_day.execution_options(populate_existing=True)).first()
    return known_limit or DayCapacity(day_id=wish.day_id, mode=wish.mode, seats=0, taken=sitting)


def _people(db: Session, wish: Seats, state: State) -> int:
    where = [IS_LIVE, Registration.day_id == wish.day_id, Registration.mode == wish.mode, in_state(state)]
    if wish.track_id is not None:
        where.append(Registration.track_id == wish.track_id)
    return db.exec(select(func.count()).select_from(Registration).where(*where)).one()


def against(db: Session, edition: EditionView, wish: Seats, counter: Counter) -> list[Refusal]:
    """Why the number cannot be set: seats that are taken, an offer in use."""
    what = _what(db, edition, wish)
    if wish.seats is not None:
        return rules.lowering(wish.seats, counter.taken, what, wish.place)
    if wish.track_id is None:
        return []
    return rules.withdrawing_offer(counter.taken, _people(db, wish, State.WAITING), what, wish.place)


def _what(db: Session, edition: EditionView, wish: Seats) -> Words:
    on = next(day.on for day in edition.days if day.id == wish.day_id)
    if wish.track_id is None:
        return say("toute la journée, %(day)s %(how)s", day=on, how=rules.HOW[wish.mode])
    name = db.get_one(Track, wish.track_id).name
    return say("%(track)s, %(day)s %(how)s", track=name, day=on, how=rules.HOW[wish.mode])


def _set(db: Session, deed: Deed, wish: Seats, counter: Counter) -> bool:
    """Write one number; False when it was so already."""
    before = seats_of(counter)
    if before == wish.seats:
        return False
    put_seats(db, counter, wish.seats)
    detail: dict[str, int | str] = {"mode": wish.mode.value}
    detail |= {"before": before} if before is not None else {}
    detail |= {"seats": wish.seats} if wish.seats is not None else {}
    record(
        db,
        deed.act,
        RegistrationFact.SEATS,
        deed.now,
        actor_id=deed.actor_id,
        edition_id=deed.edition.id,
        track_id=wish.track_id,
        day_id=wish.day_id,
        detail=detail,
    )
    return True


def seats_of(counter: Counter) -> int | None:
    """How many seats are set; None where nothing is."""
    return counter.seats if counter.id is not None else None


def put_seats(db: Session, counter: Counter, seats: int | None) -> None:
    """Set a number that nothing stands against; None takes the offer or the limit away."""
    if seats is None:
        db.delete(counter)
    else:
        counter.seats = seats
        db.add(counter)
    db.flush()
