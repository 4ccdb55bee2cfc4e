"""Giving back the places of somebody who has their account erased."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from sprint.journal import new_act
from sprint.programme.queries import editions
from sprint.registrations.actions.promotion import Deed, end, note, promote_for
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import End, Registration, State


def erase_registrations(db: Session, person_id: int, now: datetime) -> int:
    """End every registration for days to come and give the seats to those who wait; gives how many ended.

    Past ones stay counted, under the tombstone. The editions are held by now: `hold_every_edition`.
    """
    live = db.exec(select(Registration).where(IS_LIVE, Registration.person_id == person_id)).all()
    ended = 0
    for edition in sorted(editions(db), key=lambda view: view.id) if live else ():
        today = edition.calendar.today(now)
        to_come = {day.id for day in edition.days if day.on >= today}
        mine = sorted((one for one in live if one.day_id in to_come), key=lambda one: (one.day_id, one.id or 0))
        ended += _give_up(db, Deed(new_act(), edition, person_id, now), mine)
    return ended


def _give_up(db: Session, deed: Deed, mine: Sequence[Registration]) -> int:
    freed = [day_mode for registration in mine if (day_mode := end(db, deed, registration, End.CANCELLED))]
    for registration in mine:
        held = registration.state == State.CONFIRMED
        note(db, deed, RegistrationFact.CANCELLED if held else RegistrationFact.LEFT_QUEUE, registration)
    promote_for(db, deed, freed)
    return len(mine)
