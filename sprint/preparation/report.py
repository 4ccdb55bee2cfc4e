"""What an import did, counted as it goes."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What is counted."""

    EDITION = "edition"
    DAYS = "days"
    TRACKS = "tracks"
    SLOTS = "slots"
    SEATS = "seats"


class Fate(StrEnum):
    """What became of one thing of the file."""

    MADE = "made"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Tally:
    made: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def altered(self) -> int:
        return self.made + self.changed


@dataclass(frozen=True)
class Report:
    """What one import did; `left` are the places of what the edition has and the file does not mention."""

    edition_id: int
    slug: str
    edition: Tally
    days: Tally
    tracks: Tally
    slots: Tally
    seats: Tally
    repositories: int
    promoted: int
    left: tuple[str, ...]

    @property
    def changed(self) -> bool:
        parts = (self.edition, self.days, self.tracks, self.slots, self.seats)
        return any(tally.altered for tally in parts) or self.promoted > 0


@dataclass
class Ledger:
    """The report while it is being made."""

    fates: Counter[tuple[Kind, Fate]] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)
    repositories: int = 0

    def note(self, kind: Kind, fate: Fate) -> None:
        self.fates[kind, fate] += 1

    def report(self, edition_id: int, slug: str, promoted: int) -> Report:
        def tally(kind: Kind) -> Tally:
            return Tally(*(self.fates[kind, fate] for fate in Fate))

        return Report(
            edition_id=edition_id,
            slug=slug,
            edition=tally(Kind.EDITION),
            days=tally(Kind.DAYS),
            tracks=tally(Kind.TRACKS),
            slots=tally(Kind.SLOTS),
            seats=tally(Kind.SEATS),
            repositories=self.repositories,
            promoted=promoted,
            left=tuple(dict.fromkeys(self.left)),
        )
