"""What those who come must know, and when it is written to them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sprint.programme.rules import Calendar
from sprint.refusal import Refusal
from sprint.registrations.letters.practical import Information
from sprint.registrations.tables import Mode
from sprint.words import say

TOLD_AT, REMINDED_AT = time(9), time(16)
"""The hours, where the edition is, at which the letter and the reminder leave."""
MORNING = time(12)
"""Neither makes sense once the first morning is over."""


def told_at(information: Information, first_on: date, zone: str) -> datetime | None:
    """When the letter leaves; None when none does."""
    if information.letter_days is None:
        return None
    return datetime.combine(first_on - timedelta(days=information.letter_days), TOLD_AT, ZoneInfo(zone))


def reminded_at(information: Information, first_on: date, zone: str) -> datetime | None:
    """When the reminder leaves; None when none does."""
    return datetime.combine(first_on - timedelta(days=1), REMINDED_AT, ZoneInfo(zone)) if information.reminds else None


def good_until(first_on: date, zone: str) -> datetime:
    """From when on both say something out of date."""
    return datetime.combine(first_on, MORNING, ZoneInfo(zone))


def writing(information: Information) -> list[Refusal]:
    """Why these may not be the texts of an edition: a letter that says nothing does not leave."""
    if information.letter_days is None or information.is_told:
        return []
    words = say("écrivez au moins un texte : un courriel vide ne part pas")
    return [Refusal("nothing_to_tell", words, "acces")]


@dataclass(frozen=True)
class Sending:
    """Everybody with a seat was told at a moment; versions of what, on site and at a distance."""

    at: datetime
    site: int | None
    remote: int | None

    def is_of(self, told: Information) -> bool:
        """Whether these very texts left."""
        return (self.site, self.remote) == (told.version, told.told_to(on_site=False).version)


@dataclass(frozen=True)
class SeatHeld:
    """Somebody had a seat from a moment on, and until another (None: still has it)."""

    person_id: int
    mode: Mode
    since: datetime
    until: datetime | None

    def is_held_at(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or self.until > moment)


def untold(seats: Iterable[SeatHeld], sendings: Sequence[Sending], told: Information) -> dict[int, bool]:
    """Who has a seat and was last told something else than these texts (True), or nothing (False). Seats are by person."""
    found = {}
    for person_id, mine in groupby(seats, key=lambda seat: seat.person_id):
        held = list(mine)
        live = [seat for seat in held if seat.until is None]
        read = [version for one in sendings if (version := _read(one, held)) is not None]
        wanted = told.told_to(on_site=_is_on_site(live)).version
        if live and (not read or read[-1] != wanted):
            found[person_id] = bool(read)
    return found


def _read(sending: Sending, seats: Sequence[SeatHeld]) -> int | None:
    """The version somebody with these seats was sent then; None when they had none."""
    held = [seat for seat in seats if seat.is_held_at(sending.at)]
    if not held:
        return None
    return (sending.site if _is_on_site(held) else sending.remote) or 0


def _is_on_site(seats: Sequence[SeatHeld]) -> bool:
    return any(seat.mode == Mode.SITE for seat in seats)


def sending_again(told: Information, *, is_sent: bool, people: int, calendar: Calendar, now: datetime) -> list[Refusal]:
    """Why these texts may not be sent again, to so many people who have not read them."""
    if not is_sent:
        return [Refusal("not_sent", say("le courriel n’est pas encore parti"))]
    reasons = []
    if not told.is_told:
        reasons.append(Refusal("nothing_to_tell", say("écrivez au moins un texte : un courriel vide ne part pas")))
    if not calendar.days or now >= good_until(calendar.days[0], calendar.zone):
        reasons.append(Refusal("too_late", say("la première matinée est passée")))
    if not people:
        reasons.append(Refusal("nobody", say("chaque personne attendue a déjà ces textes")))
    return reasons
