"""What a recruiter asks of the pool, and the address of each way to ask more or less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sprint.talents.rules.labels import AVAILABILITIES, CONTRACTS, REGIONS
from sprint.words import Words, say

GROUPS: dict[str, tuple[Words, Mapping[str, Words]]] = {
    "contrat": (say("Contrat"), {one.value: words for one, words in CONTRACTS.items()}),
    "disponibilite": (say("Disponibilité"), {one.value: words for one, words in AVAILABILITIES.items()}),
    "region": (say("Région"), {one.value: words for one, words in REGIONS.items()}),
}
"""The facets, in their order, with what may be chosen of each."""
LONGEST_QUESTION = 100
COUNTED_TO = 2000
"""Beyond that a number says no more: it is shown as "2 000+"."""


@dataclass(frozen=True)
class Wish:
    """What is asked: words, and the values chosen in each group. Values of one group add up, groups narrow each other."""

    words: str = ""
    chosen: tuple[tuple[str, str], ...] = ()

    def of(self, group: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.chosen if name == group)

    @property
    def question(self) -> tuple[tuple[str, str], ...]:
        return ((("mot", self.words),) if self.words else ()) + self.chosen

    def without(self, group: str, value: str) -> str:
        """The question of the address with one value less."""
        kept = [pair for pair in self.question if pair != (group, value)]
        return "?" + urlencode(kept)


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many profiles it gives with what the other groups ask."""

    value: str
    words: Words
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A group of choices. Those that would give nothing are left out, unless they are chosen."""

    name: str
    words: Words
    choices: tuple[Choice, ...]


def wish_of(words: str, given: Sequence[tuple[str, str]]) -> Wish:
    """What an address asks; what no facet knows is dropped, and said twice counts once."""
    known = [(name, value) for name, value in given if name in GROUPS and value in GROUPS[name][1]]
    return Wish(" ".join(words.split())[:LONGEST_QUESTION], tuple(dict.fromkeys(known)))


def facets(wish: Wish, counts: Mapping[tuple[str, str], int]) -> tuple[Facet, ...]:
    """The facets with their counts, as they are shown."""
    made = []
    for name, (words, values) in GROUPS.items():
        choices = (Choice(value, said, counts[name, value], value in wish.of(name)) for value, said in values.items())
        made.append(Facet(name, words, tuple(one for one in choices if one.count or one.is_chosen)))
    return tuple(made)
