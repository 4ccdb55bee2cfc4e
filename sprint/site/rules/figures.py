"""The figures of a past edition, small enough to be drawn on the home page: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from sprint.catalogue.rules import forge_name

DOTS = 54
"""Three rows of eighteen: beyond, a dot stands for several people."""
BARS = 4


@dataclass(frozen=True)
class Bar:
    """One bar; `share` is its length, of the longest one's hundred."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Figures:
    """What an edition amounted to. What was not kept is nought, and is not drawn."""

    tracks: int
    people: int
    repositories: int
    forges: tuple[Bar, ...]
    other_forges: int
    """Forges beyond those drawn."""

    @property
    def people_in_a_dot(self) -> int:
        return max(1, ceil(self.people / DOTS))

    @property
    def dots(self) -> int:
        return round(self.people / self.people_in_a_dot)


def figures(tracks: int, people: int, by_host: Mapping[str, int]) -> Figures:
    """The figures, the fullest forges first."""
    ordered = sorted(by_host.items(), key=lambda pair: (-pair[1], pair[0]))
    longest = ordered[0][1] if ordered else 1
    drawn = tuple(Bar(forge_name(host), count, 100 * count // longest) for host, count in ordered[:BARS])
    return Figures(tracks, people, sum(by_host.values()), drawn, len(ordered) - len(drawn))
