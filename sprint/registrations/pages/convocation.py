"""The convocation: one page to print, which somebody shows to those they work for."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.account.queries.employers import employers_of
from sprint.programme.queries import EditionView, edition_seen, slots_of_days
from sprint.registrations.letters.practical import Information
from sprint.registrations.queries import held_by
from sprint.registrations.queries.practical import information_of
from sprint.registrations.rules import HOW, Held
from sprint.registrations.tables import Mode, State
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.visit import Visit
from sprint.words import Hours, Words


@dataclass(frozen=True)
class CalledDay:
    """One day of the person: when as far as the agenda says, where, on which track."""

    on: date
    hours: Hours | None
    place: str
    how: Words
    track: str


@dataclass(frozen=True)
class ConvocationPage:
    """What an employer must read: who, where they work, which days, whom to ask."""

    edition: EditionView
    name: str
    organisation: str
    days: tuple[CalledDay, ...]
    told: Information
    team: str
    on: date


@page(SIGNED_IN, "GET /moi/convocation/{edition:edition}", "convocation", is_discreet=True)
def convocation(visit: Visit, edition: str) -> Show:
    """My days with a seat in the edition; without any, there is no such page."""
    found = edition_seen(visit.db, edition, None, visit.now)
    mine = [one for one in held_by(visit.db, visit.me.id, found.id) if one.state == State.CONFIRMED] if found else []
    if found is None or not mine:
        raise HTTPException(404)
    today = found.calendar.today(visit.now)
    shown = ConvocationPage(
        found,
        visit.me.name,
        _employer(visit, today),
        tuple(_days(visit, found, mine)),
        information_of(visit.db, found.id),
        visit.settings.contact,
        today,
    )
    return Show("registrations/convocation.html", shown)


def _employer(visit: Visit, today: date) -> str:
    """Where the person works today, as attested or vouched for."""
    current = (one for one in employers_of(visit.db, visit.me.id) if one.until_on is None or one.until_on >= today)
    return next((one.name for one in current), "")


def _days(visit: Visit, edition: EditionView, mine: list[Held]) -> list[CalledDay]:
    slots = slots_of_days(visit.db, [edition.id], {one.track_id for one in mine})
    days = []
    for one in mine:
        held = [slot for slot in slots if slot.on == one.on and slot.track_id in (None, one.track_id) and slot.starts]
        first = min((slot.starts for slot in held if slot.starts), default=None)
        last = max((slot.ends for slot in held if slot.ends), default=None)
        hours = Hours(first, last if last and last > first else None) if first else None
        days.append(CalledDay(one.on, hours, _place(edition, one), HOW[one.mode], one.track_name))
    return days


def _place(edition: EditionView, one: Held) -> str:
    if one.mode != Mode.SITE:
        return ""
    day = edition.day_on(one.on)
    own = day.place if day else ""
    # Where a day has a place of its own, the address of the edition is another one's.
    return own or ", ".join(part for part in (edition.place, edition.address) if part)
