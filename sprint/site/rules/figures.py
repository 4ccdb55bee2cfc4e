"""The figures of a past edition, small enough to be drawn on the home page: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from sprint.contributions.rules import KINDS
from sprint.contributions.tables import Kind
from sprint.words import Words

DOTS = 54
"""Three rows of eighteen: beyond, a dot stands for several people."""
BARS = 4


@dataclass(frozen=True)
class Bar:
    """One bar; `share` is its length, of the longest one's hundred."""

    label: Words
    count: int
    share: int


@dataclass(frozen=True)
class Figures:
    """What an edition amounted to. What nobody knows, or is too little to be told, is nought and not drawn."""

    tracks: int
    people: int
    contributions: int
    not_code: int
    kinds: tuple[Bar, ...]

    @property
    def people_in_a_dot(self) -> int:
        return max(1, ceil(self.people / DOTS))

    @property
    def dots(self) -> int:
        return round(self.people / self.people_in_a_dot)


def figures(tracks: int, people: int | None, by_kind: Mapping[Kind, int]) -> Figures:
    """The figures, with the kinds most done."""
    ordered = sorted(by_kind.items(), key=lambda pair: -pair[1])[:BARS]
    longest = max(by_kind.values(), default=0)
    drawn = tuple(Bar(KINDS[kind], count, 100 * count // longest) for kind, count in ordered if count)
    total = sum(by_kind.values())
    return Figures(tracks, people or 0, total, total - by_kind.get(Kind.CODE, 0), drawn)
