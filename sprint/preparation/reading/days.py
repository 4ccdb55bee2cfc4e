"""The days of an edition, and the seats of a day or of a track."""

from collections.abc import Collection
from datetime import date

from sprint.preparation.reading.places import PLACE, place_in
from sprint.preparation.reading.strict import NO_DAY, Spot, twins
from sprint.preparation.shape import DayPart, SeatsPart
from sprint.registrations.tables import Mode
from sprint.words import say

DAYS = 60
MOST_SEATS = 5_000

Dates = Collection[date] | None
"""The days of the edition; None when they are faulty themselves: then no other place is blamed for it."""


def days_in(spot: Spot) -> tuple[DayPart, ...]:
    spots = spot.items(DAYS, at_least=1)
    days = tuple(_day(each) for each in spots)
    for twin, first in twins((day.on, each.at("on")) for day, each in zip(days, spots, strict=True)):
        twin.refuse("twice", say("ce jour est déjà donné : %(first)s", first=first))
    return days


def _day(spot: Spot) -> DayPart:
    given = spot.keys(("on",), ("place", "capacities"))
    on = given["on"].day() or NO_DAY
    name, address = place_in(given["place"])
    whole = ", ".join(filter(None, (name, address))) if name is not None else None
    return DayPart(
        on=on,
        place=Spot(whole, given["place"].place, spot.faults).text(PLACE, empty=True),
        capacities=capacities_in(given["capacities"], on),
    )


def capacities_in(spot: Spot, day: date | None, dates: Dates = None) -> tuple[SeatsPart, ...]:
    """Seats of a day, or of a track that says for which of the days."""
    spots = spot.items()
    parts = tuple(_seats(each, day, dates) for each in spots)
    for twin, first in twins(((part.on, part.mode), each) for part, each in zip(parts, spots, strict=True)):
        twin.refuse("twice", say("ce jour et ce mode sont déjà donnés : %(first)s", first=first))
    return parts


def _seats(spot: Spot, day: date | None, dates: Dates) -> SeatsPart:
    given = spot.keys(("mode", "seats") if day else ("day", "mode", "seats"))
    mode = given["mode"].one_of(Mode)
    seats = given["seats"].number(0, MOST_SEATS)
    on = day or one_of_the_days(given["day"], dates)
    # A wrong mode makes no twin: its fault is told already.
    return SeatsPart(on=on if mode else NO_DAY, mode=mode or Mode.SITE, seats=seats or 0, place=given["seats"].place)


def one_of_the_days(spot: Spot, dates: Dates) -> date:
    on = spot.day()
    if on is not None and dates is not None and on not in dates:
        spot.refuse("unknown_day", say("n’est pas un des jours de l’édition"))
    return on or NO_DAY
