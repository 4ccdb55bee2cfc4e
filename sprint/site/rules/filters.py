"""Searching and filtering the programme, with counts beside each choice: a few dozen tracks, so plain Python over plain rows."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from sprint.programme.queries import TrackCard
from sprint.programme.tables import Audience
from sprint.registrations.rules import Offer
from sprint.registrations.tables import Mode
from sprint.site.rules.seats import Seats, roomiest
from sprint.words import ShortDay, Words, say

VERBS: dict[str, tuple[Words, frozenset[str]]] = {
    "coder": (say("Coder"), frozenset({"coder", "developper", "programmer"})),
    "rediger": (say("Rédiger, traduire"), frozenset({"rediger", "traduire", "documenter", "ecrire", "relire"})),
    "tester": (say("Tester, trier"), frozenset({"tester", "trier", "installer", "essayer"})),
    "concevoir": (say("Concevoir, rendre accessible"), frozenset({"concevoir", "designer", "rendre accessible"})),
}


@dataclass(frozen=True)
class Line:
    """A track of the programme with its seats."""

    card: TrackCard
    offers: tuple[Offer, ...]

    @cached_property
    def text(self) -> str:
        card = self.card
        return folded(" ".join((card.name, card.organisation, card.objective, *card.skills, *card.keywords)))

    @cached_property
    def ordered_days(self) -> list[date]:
        return sorted({offer.on for offer in self.offers})

    @cached_property
    def seats(self) -> Seats:
        return roomiest(self.offers)

    @cached_property
    def verbs(self) -> frozenset[str]:
        mine = {folded(verb) for verb in self.card.verbs}
        return frozenset(group for group, (_, known) in VERBS.items() if mine & known)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents: "Éducation" is found by "education"."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@dataclass(frozen=True)
class Wish:
    """What is asked of the programme; inside a group any value will do, across groups all must hold."""

    word: str = ""
    groups: dict[str, frozenset[str]] = field(default_factory=dict)

    def chosen(self, group: str) -> frozenset[str]:
        return self.groups.get(group, frozenset())

    def without(self, group: str, value: str | None = None) -> "Wish":
        """The wish with one value less, or with a whole group less."""
        if group == "mot":
            return Wish("", self.groups)
        kept = self.chosen(group) - {value} if value is not None else frozenset()
        return Wish(self.word, {**self.groups, group: frozenset(kept)})

    @property
    def question(self) -> tuple[tuple[str, str], ...]:
        """The wish as the question of an address."""
        word = (("mot", self.word),) if self.word else ()
        return word + tuple((group, value) for group in GROUPS for value in sorted(self.chosen(group)))

    @property
    def is_empty(self) -> bool:
        return not self.question


def _offered(line: Line, wish: Wish) -> tuple[Offer, ...]:
    """The offers of the days and modes asked for: "Tuesday, remote" is one seat, not a Tuesday and a remote one."""
    days, modes = wish.chosen("jour"), wish.chosen("lieu")
    if not days and not modes:
        return line.offers
    return tuple(
        offer
        for offer in line.offers
        if (not days or offer.on.isoformat() in days) and (not modes or offer.mode.value in modes)
    )


def _has_seats(line: Line, value: str, wish: Wish) -> bool:
    offered = _offered(line, wish)
    seats = line.seats if offered is line.offers else roomiest(offered)
    return seats.free > 0 if value == "libres" else seats.lacks_hands


Test = Callable[[Line, str, Wish], bool]
GROUPS: dict[str, Test] = {
    "jour": lambda line, value, wish: any(
        offer.on.isoformat() == value for offer in _offered(line, wish.without("jour"))
    ),
    "lieu": lambda line, value, wish: any(offer.mode.value == value for offer in _offered(line, wish.without("lieu"))),
    "places": _has_seats,
    "public": lambda line, value, wish: line.card.audience.value == value,
    "envie": lambda line, value, wish: value in line.verbs,
}


def fits(line: Line, wish: Wish, but: str = "") -> bool:
    """Whether a track answers the wish; the group `but` is not asked (for the counts beside its choices)."""
    if wish.word and not all(part in line.text for part in folded(wish.word).split()):
        return False
    return all(
        group == but or not wish.chosen(group) or any(test(line, value, wish) for value in wish.chosen(group))
        for group, test in GROUPS.items()
    )


@dataclass(frozen=True)
class Choice:
    """One box of a group, with how many tracks it would show."""

    group: str
    value: str
    label: Words
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One group of boxes."""

    name: str
    label: Words
    choices: tuple[Choice, ...]


def facets(lines: Sequence[Line], wish: Wish, days: Sequence[date]) -> tuple[Group, ...]:
    """Every group with its counts; each is counted with the other groups' choices applied."""
    return tuple(_group(name, label, values, lines, wish) for name, label, values in _layout(days))


def _layout(days: Sequence[date]) -> list[tuple[str, Words, list[tuple[str, Words]]]]:
    modes = [(Mode.SITE.value, say("Sur place")), (Mode.REMOTE.value, say("À distance"))]
    audiences = [(audience.value, AUDIENCES[audience]) for audience in (Audience.OPEN, Audience.AGENTS, Audience.MIXED)]
    return [
        ("jour", say("Jour"), [(day.isoformat(), say("%(day)s", day=ShortDay(day))) for day in days]),
        ("lieu", say("Où"), modes),
        ("places", say("Places"), [("libres", say("Encore des places")), ("renfort", say("Cherche du renfort"))]),
        ("public", say("Public"), audiences),
        ("envie", say("Ce que j’aimerais faire"), [(name, label) for name, (label, _) in VERBS.items()]),
    ]


AUDIENCES: dict[Audience, Words] = {
    Audience.OPEN: say("Ouvert à tout le monde"),
    Audience.AGENTS: say("Réservé au secteur public"),
    Audience.MIXED: say("Secteur public et public extérieur"),
}


def _group(name: str, label: Words, values: list[tuple[str, Words]], lines: Sequence[Line], wish: Wish) -> Group:
    test, others = GROUPS[name], [line for line in lines if fits(line, wish, but=name)]
    choices = []
    for value, text in values:
        count, chosen = sum(test(line, value, wish) for line in others), value in wish.chosen(name)
        if count or chosen or name in ("jour", "lieu"):
            choices.append(Choice(name, value, text, count, chosen))
    return Group(name, label, tuple(choices))


def ranked(lines: Iterable[Line]) -> list[Line]:
    """First those that lack hands, last those without seats: an order about tracks, never about people."""

    def key(line: Line) -> tuple[bool, bool, float, str]:
        seats = line.seats
        return (
            seats.seats == 0,
            seats.is_full,
            seats.taken / seats.seats if seats.seats else 1.0,
            folded(line.card.name),
        )

    return sorted(lines, key=key)


@dataclass(frozen=True)
class WayOut:
    """The one filter to drop when too little is found."""

    group: str
    value: str
    label: Words
    more: int


def way_out(lines: Sequence[Line], wish: Wish, found: int, groups: Sequence[Group]) -> WayOut | None:
    """The choice whose removal shows most tracks more; None when nothing would."""
    candidates = [
        WayOut(
            choice.group, choice.value, choice.label, _count(lines, wish.without(choice.group, choice.value)) - found
        )
        for group in groups
        for choice in group.choices
        if choice.is_chosen
    ]
    if wish.word:
        more = _count(lines, wish.without("mot")) - found
        candidates.append(WayOut("mot", wish.word, say("%(word)s", word=wish.word), more))
    best = max(candidates, key=lambda candidate: candidate.more, default=None)
    return best if best and best.more > 0 else None


def _count(lines: Sequence[Line], wish: Wish) -> int:
    return sum(fits(line, wish) for line in lines)
