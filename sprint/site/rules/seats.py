"""Seats of a track as people read them: one day stands for the track, the one that answers their question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sprint.registrations.rules import LAST_SEATS, Offer
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class DaySeats:
    """All seats of a track on one day, both modes together."""

    on: date
    taken: int
    seats: int
    free: int
    waiting: int


@dataclass(frozen=True)
class Seats:
    """Seats in one line: of the day with most room, which is what decides whether one may still come."""

    taken: int = 0
    seats: int = 0
    free: int = 0
    waiting: int = 0

    @property
    def is_full(self) -> bool:
        return self.seats > 0 and self.free == 0

    @property
    def lacks_hands(self) -> bool:
        """Less than half of the seats are taken."""
        return self.seats > 0 and self.free > 0 and self.taken * 2 < self.seats

    @property
    def words(self) -> Words:
        """The word beside the number."""
        if self.seats == 0:
            return say("Pas d’inscription")
        if self.is_full and self.waiting:
            return say("**Complet**, %(waiting)s en attente", waiting=self.waiting)
        if self.is_full:
            return say("**Complet**")
        if self.free == 1:
            return say("**Dernière place**")
        if self.free <= LAST_SEATS:
            return say("**Dernières places**")
        return say_count("%(number)s place disponible", "%(number)s places disponibles", self.free)

    @property
    def room(self) -> Words:
        """The same where the number of free seats stands alone, and weighs."""
        if self.free <= LAST_SEATS:
            return self.words
        return say_count("**%(number)s place** disponible", "**%(number)s places** disponibles", self.free)


def by_day(offers: Iterable[Offer]) -> list[DaySeats]:
    """One line a day, in order."""
    days: dict[date, list[Offer]] = {}
    for offer in offers:
        days.setdefault(offer.on, []).append(offer)
    return [
        DaySeats(
            on,
            sum(offer.taken for offer in of_day),
            sum(offer.seats for offer in of_day),
            sum(offer.free for offer in of_day),
            sum(offer.waiting for offer in of_day),
        )
        for on, of_day in sorted(days.items())
    ]


def roomiest(offers: Sequence[Offer]) -> Seats:
    """The day with most free seats; when every day is full, the one with most seats and everybody who waits."""
    days = by_day(offers)
    if not days:
        return Seats()
    best = max(days, key=lambda day: (day.free, day.seats))
    return Seats(best.taken, best.seats, best.free, sum(day.waiting for day in days))


def scarcest(offers: Sequence[Offer]) -> Seats:
    """The day with fewest free seats, which is the one to hurry for."""
    days = by_day(offers)
    if not days:
        return Seats()
    least = min(days, key=lambda day: (day.free, -day.seats))
    return Seats(least.taken, least.seats, least.free, sum(day.waiting for day in days))
