"""What the team does to somebody's registration, exactly as it was announced."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from sprint.journal import new_act
from sprint.refusal import Refused
from sprint.registrations import rules
from sprint.registrations.actions.promotion import Deed, end, locked, note, promote_for
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.rules import Why
from sprint.registrations.tables import End, Registration, State


def cancel_by_team(
    db: Session, edition_id: int, registration_ids: Sequence[int], why: Why, foreseen: int, now: datetime, actor_id: int
) -> int:
    """End these registrations of the edition, held or waited for; gives how many. The same form received again ends none.

    `foreseen` is how many seats were announced to pass on. Raises Refused when it is no longer what would happen.
    """
    edition = locked(db, edition_id)
    known = db.exec(
        select(Registration)
        .where(Registration.edition_id == edition_id, col(Registration.id).in_(list(registration_ids)))
        .order_by(col(Registration.id))
    ).all()
    live = [registration for registration in known if registration.ended_at is None]
    if known and not live:
        return 0
    days = {day.id: day.on for day in edition.days}
    reasons = rules.announced([len(live)], [len(registration_ids)])
    reasons += rules.cancelling([days[registration.day_id] for registration in live], edition.calendar, now)
    if reasons:
        raise Refused(*reasons)
    deed = Deed(new_act(), edition, actor_id, now)
    freed = [day_mode for registration in live if (day_mode := end(db, deed, registration, End.CANCELLED))]
    for registration in live:
        held = registration.state == State.CONFIRMED
        kind = RegistrationFact.CANCELLED if held else RegistrationFact.LEFT_QUEUE
        note(db, deed, kind, registration, {"reason": why.value})
    reasons = rules.announced([promote_for(db, deed, freed)], [foreseen])
    if reasons:
        raise Refused(*reasons)
    return len(live)
