"""What the team does for somebody: to another place, or from the waiting list to a seat; exactly as it was announced."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from sprint.journal import new_act, record
from sprint.people.rules import GONE
from sprint.refusal import Refusal, Refused
from sprint.registrations import reassigning, rules
from sprint.registrations.actions.promotion import DayMode, Deed, Entry, end, enter, locked, note, promote_for
from sprint.registrations.actions.seats import take_seat
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries import IS_LIVE, applicant_for, in_state, offers
from sprint.registrations.queries.coming import comer_for
from sprint.registrations.queries.reassigning import Asked, ahead_of, held_as, target_at
from sprint.registrations.rules import Held, Why
from sprint.registrations.tables import End, Mode, Registration, State, TrackCapacity


@dataclass(frozen=True)
class Move:
    """A registration, where it is wanted, and as what it was announced there: with a seat, or waiting."""

    registration_id: int
    track_id: int
    day_id: int
    mode: Mode
    state: State
    why: Why


def move_by_team(db: Session, edition_id: int, move: Move, foreseen: int, once: str, now: datetime, actor: int) -> bool:
    """Give somebody another place; what they hold ends only with the new seat. False for the same form again.

    `foreseen` is how many others were announced to get a seat. Raises Refused with every reason.
    """
    edition = locked(db, edition_id)
    row = db.get_one(Registration, move.registration_id, populate_existing=True)
    comer = comer_for(db, row.person_id, edition, once, now)
    if comer is None:
        raise Refused(GONE)
    if comer.has_sent:
        return False
    who = comer.applicant
    held = next((one for one in who.held if one.registration_id == row.id), None)
    to = target_at(db, edition, move.track_id, move.day_id, move.mode)
    if held is None:
        raise Refused(*rules.announced([0], [1]))
    full = reassigning.sitting(held, to)
    reasons = reassigning.moving(who, held, to, reassigning.days_of(held, to, edition.calendar, now))
    if move.state == State.CONFIRMED:
        reasons += full
    else:
        # Announced as waiting, and there is a seat now: what was read is no longer what would happen.
        reasons += reassigning.queueing(who, held, to) if full else rules.announced([1], [0])
    _refuse(reasons)
    deed = Deed(new_act(), edition, actor, now)
    freed = _leave(db, deed, row, held, move)
    stopped = _stop_waiting(db, deed, row.person_id, move) if move.state == State.CONFIRMED else 0
    _enter(db, deed, row, held, move, once, stopped)
    _refuse(rules.announced([promote_for(db, deed, freed)], [foreseen]))
    return True


def _leave(db: Session, deed: Deed, row: Registration, held: Held, move: Move) -> list[DayMode]:
    """End what is left for the new place: nothing while a seat is only waited for."""
    if held.state == State.CONFIRMED and move.state == State.WAITING:
        return []
    freed = end(db, deed, row, End.MOVED)
    kind = RegistrationFact.MOVED if held.state == State.CONFIRMED else RegistrationFact.LEFT_QUEUE
    note(db, deed, kind, row, {"reason": move.why.value})
    return [freed] if freed else []


def _stop_waiting(db: Session, deed: Deed, person_id: int, move: Move) -> int:
    """Waiting there ends when one sits there; gives the number of the registration that ended so, 0 for none."""
    there = select(Registration).where(
        Registration.person_id == person_id,
        Registration.track_id == move.track_id,
        Registration.day_id == move.day_id,
        in_state(State.WAITING),
    )
    waiting = db.exec(there.where(IS_LIVE)).first()
    if waiting is None:
        return 0
    end(db, deed, waiting, End.MOVED)
    return waiting.id or 0


def _enter(db: Session, deed: Deed, row: Registration, held: Held, move: Move, once: str, stopped: int) -> None:
    sits = move.state == State.CONFIRMED
    if sits and not take_seat(db, move.track_id, move.day_id, move.mode):
        raise RuntimeError("a seat the rule saw free was taken under our lock")
    entry = Entry(row.person_id, move.track_id, move.day_id, move.mode, once)
    said: dict[str, int | str] = {"reason": move.why.value, "from_track": held.track_id}
    enter(db, deed, entry, sits=sits, more=said | ({"stopped": stopped} if stopped else {}))


@dataclass(frozen=True)
class Acceptance:
    """What was announced of a seat for somebody who waits: the seats there were, those ahead, how many others get one.

    `passed` is how many of those ahead the organiser said to leave waiting; None: nothing was said.
    """

    why: Why
    seats: int
    ahead: int
    passed: int | None
    foreseen: int


def accept_by_team(
    db: Session, edition_id: int, registration_id: int, told: Acceptance, now: datetime, actor: int
) -> bool:
    """Give somebody who waits a seat, one more where none is free. False when they have it already. Raises Refused."""
    edition = locked(db, edition_id)
    row = db.get_one(Registration, registration_id, populate_existing=True)
    if row.ended_at is not None or row.state == State.CONFIRMED:
        return False
    who = applicant_for(db, row.person_id, edition, now)
    held = held_as(who, registration_id)
    offered = {(one.day_id, one.mode): one for one in offers(db, [row.track_id])}
    offer, ahead = (
        offered.get((row.day_id, row.mode)),
        ahead_of(db, Asked(registration_id, edition_id, row.track_id, row.day_id, row.mode)),
    )
    seat = who.seat_on(row.day_id)
    reasons = rules.cancelling([held.on], edition.calendar, now)
    reasons += reassigning.accepting(offer, seat, len(ahead), told.passed)
    if offer is not None:
        reasons += rules.announced([offer.seats, len(ahead)], [told.seats, told.ahead])
    _refuse(reasons)
    deed = Deed(new_act(), edition, actor, now)
    added = _add_seat(db, deed, row)
    freed = _leave_other_seat(db, deed, seat.registration_id) if seat is not None else []
    if not take_seat(db, row.track_id, row.day_id, row.mode):
        raise RuntimeError("a seat the rule saw free was taken under our lock")
    row.state, row.confirmed_at = State.CONFIRMED, now
    db.flush()
    said = {"reason": told.why.value, "ahead": len(ahead), "added": added}
    note(db, deed, RegistrationFact.PROMOTED, row, {**said, **({"from_track": seat.track_id} if seat else {})})
    _refuse(rules.announced([promote_for(db, deed, freed)], [told.foreseen]))
    return True


def _add_seat(db: Session, deed: Deed, row: Registration) -> int:
    """One seat more when the track has none left; gives how many were added."""
    there = (TrackCapacity.track_id == row.track_id, TrackCapacity.day_id == row.day_id, TrackCapacity.mode == row.mode)
    counter = db.exec(select(TrackCapacity).where(*there).execution_options(populate_existing=True)).one()
    if counter.taken < counter.seats:
        return 0
    before = counter.seats
    counter.seats += 1
    db.flush()
    record(
        db,
        deed.act,
        RegistrationFact.SEATS,
        deed.now,
        actor_id=deed.actor_id,
        edition_id=row.edition_id,
        track_id=row.track_id,
        day_id=row.day_id,
        detail={"mode": row.mode.value, "before": before, "seats": counter.seats},
    )
    return 1


def _leave_other_seat(db: Session, deed: Deed, registration_id: int) -> list[DayMode]:
    old = db.get_one(Registration, registration_id)
    freed = end(db, deed, old, End.MOVED)
    note(db, deed, RegistrationFact.MOVED, old)
    return [freed] if freed else []


def _refuse(reasons: list[Refusal]) -> None:
    if reasons:
        raise Refused(*reasons)
