"""Asking whether people still come, taking their answer, and giving the seats of the silent to those who wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from sprint.journal import new_act, record
from sprint.programme.rules import still_prepared
from sprint.refusal import Refusal, Refused
from sprint.registrations.actions.promotion import Deed, end, locked, note, promote_for
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.presence import Call, Seated, answering, reminding, settling, vouching
from sprint.registrations.queries.presence import awaited_people, call_of, is_asked, last_asked, seated_in, unanswered
from sprint.registrations.tables import End, PresenceAnswer, PresenceCall, State


@dataclass(frozen=True)
class CallWish:
    """What an edition is to ask: so many days before its first day, an answer so many days before, seats released or kept."""

    ask_days: int
    answer_days: int
    releases: bool


def settle_presence(db: Session, edition_id: int, wish: CallWish | None, now: datetime, actor_id: int) -> bool:
    """Say when the edition asks, and until when (None: it does not); False when it is so already. Raises Refused."""
    edition = locked(db, edition_id)
    before = call_of(db, edition)
    days = edition.calendar.days
    after = Call(edition_id, edition.calendar.zone, days[0], *_values(wish)) if wish and days else None
    reasons = still_prepared(edition.calendar, now) + settling(before, after, now)
    if reasons:
        raise Refused(*reasons)
    if before == after:
        return False
    row = db.get(PresenceCall, edition_id)
    if wish is None or not days:
        db.delete(row)
    else:
        row = row or PresenceCall(edition_id=edition_id, ask_days=2, answer_days=1, releases=False)
        row.ask_days, row.answer_days, row.releases = _values(wish)
        db.add(row)
    db.flush()
    record(
        db,
        new_act(),
        RegistrationFact.PRESENCE_SETTLED,
        now,
        actor_id=actor_id,
        edition_id=edition_id,
        detail={"ask": wish.ask_days, "answer": wish.answer_days, "releases": int(wish.releases)} if wish else {},
    )
    return True


def _values(wish: CallWish) -> tuple[int, int, bool]:
    return wish.ask_days, wish.answer_days, wish.releases


def ask_presence(db: Session, edition_id: int, now: datetime) -> bool:
    """Ask those who hold a seat whether they come; False when it is too early, or too late to be fair."""
    edition = locked(db, edition_id)
    call = call_of(db, edition)
    if call is None or not call.is_asked_in_time(now) or is_asked(db, call):
        return False
    record(db, new_act(), RegistrationFact.PRESENCE_ASKED, now, edition_id=edition_id)
    return True


def remind_presence(db: Session, edition_id: int, now: datetime, actor_id: int) -> int:
    """Ask again those who have not answered, once a day at most; gives how many people that is. Raises Refused."""
    edition = locked(db, edition_id)
    call = call_of(db, edition)
    people = awaited_people(db, call) if call else 0
    reasons = reminding(call, last_asked(db, call) if call else None, people, now)
    if reasons:
        raise Refused(*reasons)
    record(
        db,
        new_act(),
        RegistrationFact.PRESENCE_REMINDED,
        now,
        actor_id=actor_id,
        edition_id=edition_id,
        detail={"people": people},
    )
    return people


def confirm_presence(db: Session, person_id: int, edition_id: int, now: datetime) -> bool:
    """The person comes; False when they said so before. Raises Refused: nothing asked, no seat any more, too late."""
    return _answer(db, person_id, edition_id, now, person_id)


def vouch_presence(db: Session, person_id: int, edition_id: int, now: datetime, actor_id: int) -> bool:
    """An organiser says it for the person, after the deadline too while there is a seat to keep. Raises Refused."""
    return _answer(db, person_id, edition_id, now, actor_id)


def _answer(db: Session, person_id: int, edition_id: int, now: datetime, actor_id: int) -> bool:
    # Under the lock that a release takes: an answer is in time, or the seat is gone, never both.
    edition = locked(db, edition_id)
    call, seated = call_of(db, edition), seated_in(db, person_id, [edition_id]).get(edition_id)
    if _is_answered(seated):
        return False
    reasons = _reasons(call, seated, now, by_team=actor_id != person_id)
    if reasons:
        raise Refused(*reasons)
    db.add(PresenceAnswer(person_id=person_id, edition_id=edition_id, answered_at=now))
    db.flush()
    record(
        db,
        new_act(),
        RegistrationFact.PRESENCE_CONFIRMED,
        now,
        actor_id=actor_id,
        person_id=person_id,
        edition_id=edition_id,
    )
    return True


def _is_answered(seated: Seated | None) -> bool:
    return seated is not None and seated.answered_at is not None


def _reasons(call: Call | None, seated: Seated | None, now: datetime, *, by_team: bool) -> list[Refusal]:
    return (vouching if by_team else answering)(call, seated, now)


def release_unanswered(db: Session, edition_id: int, now: datetime) -> int:
    """Past the deadline, end what the silent hold and give their seats to those who wait; gives how many places ended.

    Nothing ends where the edition keeps seats, nor where the question did not leave in time to be answered.
    """
    edition = locked(db, edition_id)
    call = call_of(db, edition)
    if call is None or not call.releases or now < call.due_at or not is_asked(db, call):
        return 0
    today = edition.calendar.today(now)
    silent = unanswered(db, call, [day.id for day in edition.days if day.on >= today])
    deed = Deed(new_act(), edition, None, now)
    freed = [day_mode for registration in silent if (day_mode := end(db, deed, registration, End.RELEASED))]
    for registration in silent:
        held = registration.state == State.CONFIRMED
        note(db, deed, RegistrationFact.RELEASED if held else RegistrationFact.LEFT_QUEUE, registration)
    promote_for(db, deed, freed)
    return len(silent)
