"""What is wrong with an edition today, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sprint.dashboards.rules.tracks import Need, TrackLine
from sprint.programme.rules import Calendar
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.words import Moment, ShortDay, Words, say, say_count

MOST = 7
"""One as a banner, six below it."""
NAMED = 2
"""Tracks a cause names before it counts the others."""


class Trouble(StrEnum):
    """What may be wrong, the most pressing first."""

    WAITING = "waiting"
    PRESENCE = "presence"
    UNDELIVERED = "undelivered"
    NO_SEATS = "no_seats"
    NO_MENTOR = "no_mentor"
    REVIEWS = "reviews"
    NO_HANDS = "no_hands"
    FULL_DAYS = "full_days"


@dataclass(frozen=True)
class Matter:
    """One number to settle: what it counts, and why it is so. The page says which list it opens."""

    trouble: Trouble
    number: int
    label: Words
    cause: Words


@dataclass(frozen=True)
class Silence:
    """How many have not said whether they come, while they may still say so."""

    people: int
    until: Moment


@dataclass(frozen=True)
class FullDay:
    """A day on which nobody more may come in a mode."""

    on: date
    mode: Mode


def to_settle(
    lines: Sequence[TrackLine],
    people_waiting: int,
    silence: Silence | None,
    undelivered: int,
    proposed: int,
    full: Sequence[FullDay],
) -> list[Matter]:
    """What is wrong, at most seven matters; what counts nought is no matter."""
    needing = {need: [line for line in lines if need in line.needs] for need in Need}
    people_waiting = people_waiting if needing[Need.SEATS_FOR_WAITING] else 0
    matters = [
        _waiting(people_waiting, needing[Need.SEATS_FOR_WAITING]),
        *([_silent(silence)] if silence else []),
        _undelivered(undelivered),
        _of_tracks(
            Trouble.NO_SEATS,
            needing[Need.SEATS],
            say_count("parcours sans place offerte", "parcours sans place offerte", len(needing[Need.SEATS])),
        ),
        _of_tracks(
            Trouble.NO_MENTOR,
            needing[Need.MENTOR],
            say_count("parcours sans mentor", "parcours sans mentor", len(needing[Need.MENTOR])),
        ),
        Matter(
            Trouble.REVIEWS,
            proposed,
            say_count("contribution à relire", "contributions à relire", proposed),
            say("Proposées, sans réponse encore"),
        ),
        Matter(
            Trouble.NO_HANDS,
            len(needing[Need.HANDS]),
            say_count("parcours manque de bras", "parcours manquent de bras", len(needing[Need.HANDS])),
            say("Moins de la moitié des places prises"),
        ),
        _full_days(full),
    ]
    return [matter for matter in matters if matter.number][:MOST]


def _waiting(people: int, lines: Sequence[TrackLine]) -> Matter:
    label = say_count("personne attend une place", "personnes attendent une place", people)
    return Matter(Trouble.WAITING, people, label, _named([line.card.name for line in lines]))


def _silent(silence: Silence) -> Matter:
    label = say_count("personne n’a pas dit si elle vient", "personnes n’ont pas dit si elles viennent", silence.people)
    return Matter(
        Trouble.PRESENCE, silence.people, label, say("Réponse attendue avant le %(until)s", until=silence.until)
    )


def _undelivered(letters: int) -> Matter:
    label = say_count("courrier non distribué", "courriers non distribués", letters)
    return Matter(Trouble.UNDELIVERED, letters, label, say("Refusés à chaque tentative"))


def _of_tracks(trouble: Trouble, lines: Sequence[TrackLine], label: Words) -> Matter:
    return Matter(trouble, len(lines), label, _named([line.card.name for line in lines]))


def _named(names: Sequence[str]) -> Words:
    others = len(names) - NAMED
    if others <= 0:
        return say("%(names)s", names=tuple(names))
    return say_count("%(names)s et %(number)s autre", "%(names)s et %(number)s autres", others, names=_listed(names))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED])


def _full_days(full: Sequence[FullDay]) -> Matter:
    days = tuple(say("%(day)s %(how)s", day=ShortDay(one.on), how=HOW[one.mode]) for one in full)
    label = say_count("jour a atteint sa limite", "jours ont atteint leur limite", len(full))
    return Matter(Trouble.FULL_DAYS, len(full), label, say("%(days)s", days=days))


def where_we_stand(calendar: Calendar, now: datetime) -> Words:
    """How far away the sprint is, in one sentence."""
    today = calendar.today(now)
    if not calendar.days:
        return say("Les jours du sprint ne sont pas encore fixés.")
    days = (calendar.days[0] - today).days
    if days > 1:
        return say_count(
            "%(today)s, le sprint commence dans %(number)s jour.",
            "%(today)s, le sprint commence dans %(number)s jours.",
            days,
            today=today,
        )
    if days == 1:
        return say("%(today)s, le sprint commence demain.", today=today)
    if today > calendar.days[-1]:
        return say("Le sprint s’est terminé le %(last)s.", last=calendar.days[-1])
    reached = sum(on <= today for on in calendar.days)
    return say("%(today)s, jour %(day)s sur %(days)s du sprint.", today=today, day=reached, days=len(calendar.days))
