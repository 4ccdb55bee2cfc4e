"""Taking back what the team did, as long as nobody was told and nothing else has happened to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.people.rules import GONE
from sprint.programme.queries import EditionView
from sprint.refusal import Refusal, Refused
from sprint.registrations import rules, undoing
from sprint.registrations.actions.capacity import Counter, Seats, against, counter_of, put_seats, seats_of
from sprint.registrations.actions.promotion import Deed, end, locked
from sprint.registrations.actions.seats import give_seat_back, take_seat
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries import next_in_queue
from sprint.registrations.queries.undoing import is_anybody_gone, later_than
from sprint.registrations.tables import End, Registration, State
from sprint.registrations.undoing import ENDINGS, ENTRIES, TeamAct, Trace

Rows = Mapping[int, Registration]
STEPS = 3
"""By how much a revision grows: more than the sequence of a calendar's event could grow with the steps taken back."""


def undo(
    db: Session,
    edition_id: int,
    act: TeamAct,
    lasts: timedelta,
    now: datetime,
    actor_id: int,
    lacks: Sequence[Refusal] = (),
) -> bool:
    """Restore what was before an act of the team; False when that was done before. Raises Refused with every reason.

    `lacks` is what other features have against it, told together with the rest.
    """
    edition = locked(db, edition_id)
    later = later_than(db, edition_id, act)
    if undoing.is_undone(act, later):
        return False
    rows = _rows(db, act)
    _refuse([*undoing.undoing(act, later, lasts, now), *_changed(db, edition, act, rows, now), *lacks])
    deed = Deed(new_act(), edition, actor_id, now)
    _refuse([reason for trace in reversed(act.traces) for reason in _take_back(db, deed, trace, rows)])
    _refuse(_unsound(db, deed, act, rows))
    detail: dict[str, int | str] = {"undone": act.number, "did": act.did.value}
    record(db, deed.act, RegistrationFact.UNDONE, now, actor_id=actor_id, edition_id=edition_id, detail=detail)
    return True


def _rows(db: Session, act: TeamAct) -> Rows:
    which = select(Registration).where(col(Registration.id).in_(act.registration_ids))
    return {row.id or 0: row for row in db.exec(which.execution_options(populate_existing=True))}


# --- before anything is changed


def _changed(db: Session, edition: EditionView, act: TeamAct, rows: Rows, now: datetime) -> list[Refusal]:
    """What is not as the act left it, days that have passed, people who are not here any more."""
    left = _left(act)
    reasons = [undoing.not_as_left(trace) for trace in _last(act) if not _is_as_left(rows, trace, left)]
    reasons += [undoing.not_as_left(one) for one in act.traces if _of_seats(one) and not _is_set(db, one)]
    days = {day.id: day.on for day in edition.days}
    reasons += rules.cancelling(sorted({days[row.day_id] for row in rows.values()}), edition.calendar, now)
    return reasons + ([GONE] if is_anybody_gone(db, act.person_ids) else [])


def _left(act: TeamAct) -> dict[int, State | None]:
    """As what the act left each registration; None: ended."""
    left: dict[int, State | None] = {}
    for trace in act.traces:
        if _of_seats(trace):
            continue
        stopped = trace.number("stopped")
        left |= {stopped: None} if stopped else {}
        state = State.WAITING if trace.kind == RegistrationFact.WAITING else State.CONFIRMED
        left[trace.registration_id] = None if trace.kind in ENDINGS else state
    return left


def _last(act: TeamAct) -> list[Trace]:
    """The last thing that happened to each registration."""
    return list({trace.registration_id: trace for trace in act.traces if not _of_seats(trace)}.values())


def _is_as_left(rows: Rows, trace: Trace, left: Mapping[int, State | None]) -> bool:
    stopped = trace.number("stopped")
    of_trace = [trace.registration_id, *([stopped] if stopped else [])]
    return all(number in rows and _state(rows[number]) == left[number] for number in of_trace)


def _state(row: Registration) -> State | None:
    return row.state if row.ended_at is None else None


def _of_seats(trace: Trace) -> bool:
    return trace.kind == RegistrationFact.SEATS


def _is_set(db: Session, trace: Trace) -> bool:
    """Whether so many seats are set as the act set."""
    return seats_of(_counter(db, trace, "seats")[1]) == trace.number("seats")


def _counter(db: Session, trace: Trace, which: str) -> tuple[Seats, Counter]:
    """The row that counts, and the wish for what was set `before` the act, or by it."""
    if trace.day_id is None or trace.mode is None:
        raise LookupError(f"fact {trace.id} is about no seats")
    wish = Seats(trace.track_id, trace.day_id, trace.mode, trace.number(which))
    return wish, counter_of(db, wish)


# --- the way back, one step for each fact


def _take_back(db: Session, deed: Deed, trace: Trace, rows: Rows) -> list[Refusal]:
    if _of_seats(trace):
        return _set_back(db, deed, trace)
    row = rows[trace.registration_id]
    if trace.kind in ENDINGS:
        return _revive(db, deed, trace, row)
    if trace.kind in ENTRIES:
        end(db, deed, row, End.MOVED)
        stopped = trace.number("stopped")
        return _revive(db, deed, trace, rows[stopped]) if stopped else []
    give_seat_back(db, row.track_id, row.day_id, row.mode)
    row.state, row.confirmed_at = State.WAITING, None
    _revise(db, deed, row)
    return []


def _revive(db: Session, deed: Deed, trace: Trace, row: Registration) -> list[Refusal]:
    """Let a registration that ended live again, with the seat or the place in the queue it had."""
    if row.state == State.CONFIRMED and not take_seat(db, row.track_id, row.day_id, row.mode):
        return [undoing.no_seat(trace)]
    row.ended_at, row.ended = None, None
    _revise(db, deed, row)
    return []


def _revise(db: Session, deed: Deed, row: Registration) -> None:
    """Let calendars take it as it is again. Flushed at once: a seat is left before another one is taken."""
    row.revision, row.revised_at = row.revision + STEPS, deed.now
    db.flush()


def _set_back(db: Session, deed: Deed, trace: Trace) -> list[Refusal]:
    wish, counter = _counter(db, trace, "before")
    reasons = against(db, deed.edition, wish, counter)
    if not reasons:
        put_seats(db, counter, wish.seats)
    return reasons


def _unsound(db: Session, deed: Deed, act: TeamAct, rows: Rows) -> list[Refusal]:
    """Somebody who asked since could sit now: nobody is promoted by what is taken back."""
    touched = {(row.day_id, row.mode) for row in rows.values()}
    touched |= {(one.day_id, one.mode) for one in act.traces if one.day_id is not None and one.mode is not None}
    today = deed.edition.calendar.today(deed.now)
    to_come = {day.id: day.on for day in deed.edition.days if day.on >= today}
    return [
        undoing.somebody_waits(to_come[day_id], mode)
        for day_id, mode in sorted(touched)
        if day_id in to_come and next_in_queue(db, deed.edition.id, day_id, mode) is not None
    ]


def _refuse(reasons: Sequence[Refusal]) -> None:
    if reasons:
        raise Refused(*reasons)
