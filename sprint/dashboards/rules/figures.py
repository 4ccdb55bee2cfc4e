"""Figures as data: each a finding in one sentence, and what is drawn and written in its table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

from sprint.dashboards.rules.secrecy import FEWEST, secret
from sprint.people.tables import Standing
from sprint.programme.queries import TrackCard
from sprint.registrations.rules import HOW, Offer
from sprint.registrations.tables import Mode
from sprint.words import ShortDay, Words, say, say_count

LAST_DAYS = 7


class Look(StrEnum):
    """How a bar is filled: never by colour alone."""

    FULL = "full"
    HATCHED = "hatched"
    DOTTED = "dotted"


@dataclass(frozen=True)
class Bar:
    """One number; None is one too small to be shown. `of` is the whole that it is a part of, drawn hollow behind it."""

    label: Words
    value: int | None
    of: int | None = None
    look: Look = Look.FULL


@dataclass(frozen=True)
class Point:
    """How many there were at the end of a day."""

    on: date
    value: int


@dataclass(frozen=True)
class Figure:
    """A drawing with its table: `heads` are those of the table, a third one stands for `of`."""

    key: str
    finding: Words
    about: Words
    heads: tuple[Words, ...]
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def most(self) -> int:
        """The largest number drawn."""
        drawn = [bar.of or bar.value or 0 for bar in self.bars] + [point.value for point in self.points]
        return max([1, *drawn])


PEOPLE, SEATS = say("Personnes"), say("Places")


def of_days(offered: Sequence[Offer]) -> Figure | None:
    """Seats taken each day in each mode, of those that tracks offer within the day's limit."""
    by_day: dict[tuple[date, Mode], list[Offer]] = {}
    for offer in offered:
        by_day.setdefault((offer.on, offer.mode), []).append(offer)
    bars = tuple(
        Bar(
            say("%(day)s %(how)s", day=ShortDay(on), how=HOW[mode]),
            sum(one.taken for one in of_day),
            _seats(of_day),
        )
        for (on, mode), of_day in sorted(by_day.items(), key=lambda item: (item[0][0], item[0][1] != Mode.SITE))
        if _seats(of_day)
    )
    if not bars:
        return None
    fullest = max(bars, key=lambda bar: (bar.value or 0) / (bar.of or 1))
    finding = say(
        "Le plus rempli : %(day)s, %(taken)s places prises sur %(seats)s",
        day=fullest.label,
        taken=fullest.value or 0,
        seats=fullest.of or 0,
    )
    about = say("Personnes inscrites chaque jour, sur place et à distance, et places offertes.")
    return Figure("jours", finding, about, (say("Jour"), PEOPLE, SEATS), bars)


def _seats(of_day: Sequence[Offer]) -> int:
    seats, limit = sum(one.seats for one in of_day), of_day[0].day_seats
    return seats if limit is None else min(seats, limit)


def of_arrivals(arrivals: Mapping[datetime, int], zone: str, now: datetime) -> Figure | None:
    """How the number of people has grown, day by day, from how many asked at which moments."""
    by_day: Counter[date] = Counter()
    for moment, people in arrivals.items():
        by_day[moment.astimezone(ZoneInfo(zone)).date()] += people
    total = by_day.total()
    if total < FEWEST:
        return None
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    points = [Point(on, people) for on, people in zip(days, accumulate(by_day[on] for on in days), strict=True)]
    since = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=LAST_DAYS)
    recent = sum(people for on, people in by_day.items() if on > since)
    finding = say_count(
        "%(number)s personne sur %(total)s a demandé une place ces sept derniers jours",
        "%(number)s personnes sur %(total)s ont demandé une place ces sept derniers jours",
        recent,
        total=total,
    )
    about = say("Nombre de personnes inscrites ou en attente, à la fin de chaque jour.")
    return Figure("demandes", finding, about, (say("Jour"), PEOPLE), points=tuple(points))


def of_tracks(cards: Sequence[TrackCard], offered: Sequence[Offer]) -> Figure | None:
    """Seats taken on each track, all days together."""
    bars = []
    for card in cards:
        own = [offer for offer in offered if offer.track_id == card.id]
        seats, taken = sum(one.seats for one in own), sum(one.taken for one in own)
        is_full = all(one.free == 0 for one in own)
        if seats:
            bars.append(Bar(say("%(track)s", track=card.name), taken, seats, Look.HATCHED if is_full else Look.FULL))
    if not bars:
        return None
    finding = say_count(
        "%(number)s parcours sur %(total)s a au moins la moitié de ses places prises",
        "%(number)s parcours sur %(total)s ont au moins la moitié de leurs places prises",
        sum((bar.value or 0) * 2 >= (bar.of or 0) for bar in bars),
        total=len(bars),
    )
    about = say("Places prises dans chaque parcours, tous jours ensemble ; les parcours complets sont hachurés.")
    return Figure("parcours", finding, about, (say("Parcours"), say("Places prises"), SEATS), tuple(bars))


STANDINGS: dict[Standing, Words] = {
    Standing.AGENT: say("Agents publics"),
    Standing.RESEARCHER: say("Recherche"),
    Standing.OTHER: say("Autres"),
}


def of_standings(counts: Mapping[Standing, int]) -> Figure | None:
    """Who comes; numbers under five are hidden."""
    total = sum(counts.values())
    if total < FEWEST:
        return None
    shown = secret({standing: counts.get(standing, 0) for standing in Standing})
    known = [(number, standing) for standing, number in shown.items() if number]
    about = say(
        "Ce que disent être les personnes inscrites ; un nombre inférieur à %(fewest)s est caché.", fewest=FEWEST
    )
    finding = say_count("%(number)s personne vient", "%(number)s personnes viennent", total)
    if known:
        most, standing = max(known)
        finding = say(
            "%(standing)s : %(number)s personnes sur %(total)s", standing=STANDINGS[standing], number=most, total=total
        )
    bars = tuple(Bar(STANDINGS[standing], number) for standing, number in shown.items())
    return Figure("qualites", finding, about, (say("Qualité"), PEOPLE), bars)


def of_kinds(counts: Mapping[Words | str, int], words: Mapping[str, Words]) -> Figure | None:
    """What was done, by kind; those nobody did are left out."""
    done = {str(kind): number for kind, number in counts.items() if number}
    total = sum(done.values())
    if not total:
        return None
    first = max(done, key=lambda kind: done[kind])
    finding = say_count(
        "%(kind)s : %(number)s contribution sur %(total)s",
        "%(kind)s : %(number)s contributions sur %(total)s",
        done[first],
        kind=words[first],
        total=total,
    )
    bars = tuple(Bar(words[kind], number) for kind, number in done.items())
    about = say("Contributions acceptées, par nature.")
    return Figure("natures", finding, about, (say("Nature"), say("Contributions")), bars)


STATE_LOOKS = (Look.DOTTED, Look.FULL, Look.HATCHED, Look.HATCHED)


def of_states(counts: Mapping[str, int], words: Mapping[str, Words], accepted: int) -> Figure | None:
    """Where contributions stand."""
    total = sum(counts.values())
    if not total:
        return None
    finding = say_count(
        "%(number)s contribution sur %(total)s est acceptée",
        "%(number)s contributions sur %(total)s sont acceptées",
        accepted,
        total=total,
    )
    looks = dict(zip(counts, STATE_LOOKS, strict=True))
    bars = tuple(Bar(words[state], number, look=looks[state]) for state, number in counts.items())
    about = say("Contributions notées, par état.")
    return Figure("etats", finding, about, (say("État"), say("Contributions")), bars)
