"""Registering, cancelling, changing. Each: hold the edition, ask the rule, change, record a Fact, promote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from sprint.journal import new_act
from sprint.people.rules import GONE
from sprint.programme.queries import AnyTrack
from sprint.programme.rules import audience_within
from sprint.refusal import Refusal, Refused
from sprint.registrations import rules
from sprint.registrations.actions.promotion import (
    DayMode,
    Deed,
    Entry,
    HeldEdition,
    end,
    enter,
    locked,
    note,
    promote_for,
)
from sprint.registrations.actions.seats import hold_days, take_seat
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.presence import exchanging
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.queries.coming import Wanted, comer_to
from sprint.registrations.queries.presence import lapsed_call
from sprint.registrations.rules import Applicant, WantedDay
from sprint.registrations.tables import End, Mode, Registration, State


@dataclass(frozen=True)
class Outcome:
    """What became of a wish: how many days are confirmed, how many wait. A form received twice gives `replayed`."""

    confirmed: int = 0
    waiting: int = 0
    replayed: bool = False


def register(
    db: Session,
    person_id: int,
    track: AnyTrack,
    day_ids: Sequence[int],
    mode: Mode,
    once: str,
    now: datetime,
    lacks: Sequence[Refusal] = (),
    *,
    held: HeldEdition | None = None,
    by: int | None = None,
    act: str = "",
) -> Outcome:
    """Take a seat on each day, or wait for one where there is none. Raises Refused with every reason of every day.

    `lacks` is what the form lacks besides, as the rules of other features say it: told together with the rest.
    `held` is the edition when the caller holds it already; `by` is who does it when that is not the person, `act` what it
    is part of.
    """
    edition = held or locked(db, track.edition_id)
    comer, wanted = comer_to(db, person_id, edition, Wanted(track, day_ids, mode, once), now)
    if comer is None:
        # Who erases them holds all editions, and may have done so while we waited.
        raise Refused(GONE)
    if comer.has_sent:
        return Outcome(replayed=True)
    applicant = comer.applicant
    reasons = rules.registering(
        edition.calendar, audience_within(edition.audience, track.audience), applicant, track.id or 0, wanted, now
    )
    if reasons or lacks:
        raise Refused(*reasons, *lacks)
    deed = Deed(act or new_act(), edition, by or person_id, now)
    # Others may register meanwhile: a day's seats are shared by tracks, whose own seats take care of themselves.
    hold_days(db, [day.day_id for day in wanted if day.offer and day.offer.day_seats is not None], mode)
    states = [_sit_or_wait(db, deed, person_id, track, day, applicant, once) for day in wanted]
    return Outcome(states.count(State.CONFIRMED), states.count(State.WAITING))


def _sit_or_wait(
    db: Session, deed: Deed, person_id: int, track: AnyTrack, day: WantedDay, applicant: Applicant, once: str
) -> State:
    # Who holds a seat elsewhere that day may only wait here: the rule sent away those who could sit.
    # While the list is paused, what is free is kept for those who wait already.
    is_kept = day.offer is not None and day.offer.is_kept
    may_sit = applicant.seat_on(day.day_id) is None and not is_kept
    is_limited = day.offer is None or day.offer.day_seats is not None
    sits = may_sit and take_seat(db, track.id or 0, day.day_id, day.mode, is_day_limited=is_limited)
    return enter(db, deed, Entry(person_id, track.id or 0, day.day_id, day.mode, once), sits=sits)


def cancel(db: Session, person_id: int, track: AnyTrack, day_ids: Sequence[int], now: datetime) -> int:
    """Give up the person's places of these days on the track, held or waited for; gives how many. None is no error."""
    edition = locked(db, track.edition_id)
    mine = db.exec(
        select(Registration)
        .where(
            IS_LIVE,
            Registration.person_id == person_id,
            Registration.track_id == track.id,
            col(Registration.day_id).in_(list(day_ids)),
        )
        .order_by(col(Registration.day_id))
    ).all()
    days = {day.id: day.on for day in edition.days}
    reasons = rules.cancelling([days[registration.day_id] for registration in mine], edition.calendar, now)
    if reasons:
        raise Refused(*reasons)
    deed = Deed(new_act(), edition, person_id, now)
    freed = [day_mode for registration in mine if (day_mode := end(db, deed, registration, End.CANCELLED))]
    for registration in mine:
        held = registration.state == State.CONFIRMED
        note(db, deed, RegistrationFact.CANCELLED if held else RegistrationFact.LEFT_QUEUE, registration)
    promote_for(db, deed, freed)
    return len(mine)


def change(db: Session, person_id: int, track: AnyTrack, day_id: int, mode: Mode, once: str, now: datetime) -> Outcome:
    """Exchange the seat the person holds that day, on another track or in another mode, for one here that is free."""
    edition = locked(db, track.edition_id)
    comer, asked = comer_to(db, person_id, edition, Wanted(track, [day_id], mode, once), now)
    if comer is None:
        raise Refused(GONE)
    if comer.has_sent:
        return Outcome(replayed=True)
    applicant = comer.applicant
    (wanted,) = asked
    reasons = rules.changing(
        edition.calendar, audience_within(edition.audience, track.audience), applicant, track.id or 0, wanted, now
    )
    reasons += exchanging(lapsed_call(db, person_id, edition, now))
    if reasons:
        raise Refused(*reasons)
    deed = Deed(new_act(), edition, person_id, now)
    freed = _leave_seat(db, deed, applicant, wanted.day_id)
    _leave_queue(db, person_id, track, wanted.day_id, now)
    if not take_seat(db, track.id or 0, wanted.day_id, wanted.mode):
        raise RuntimeError("a seat the rule saw free was taken under our lock")
    enter(db, deed, Entry(person_id, track.id or 0, wanted.day_id, wanted.mode, once), sits=True)
    promote_for(db, deed, freed)
    return Outcome(confirmed=1)


def _leave_seat(db: Session, deed: Deed, applicant: Applicant, day_id: int) -> list[DayMode]:
    held = applicant.seat_on(day_id)
    old = db.get_one(Registration, held.registration_id) if held else None
    if old is None:
        return []
    freed = end(db, deed, old, End.MOVED)
    note(db, deed, RegistrationFact.MOVED, old)
    return [freed] if freed else []


def _leave_queue(db: Session, person_id: int, track: AnyTrack, day_id: int, now: datetime) -> None:
    """Waiting here ends when one sits here."""
    waiting = db.exec(
        select(Registration).where(
            IS_LIVE,
            Registration.person_id == person_id,
            Registration.track_id == track.id,
            Registration.day_id == day_id,
        )
    ).first()
    if waiting is not None:
        waiting.ended_at, waiting.ended = now, End.MOVED
        db.flush()
