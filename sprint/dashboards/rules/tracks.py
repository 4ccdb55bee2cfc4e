"""The table of tracks: what each needs, which are shown, in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sprint.programme.queries import TrackCard
from sprint.registrations.rules import Offer
from sprint.words import Words, say


class Need(StrEnum):
    """What a track may lack, the most pressing first; the value is the word of the address."""

    SEATS_FOR_WAITING = "attente"
    SEATS = "places"
    MENTOR = "mentor"
    HANDS = "bras"


ANY_NEED = "regler"


class Column(StrEnum):
    """By what the table may be sorted; the value is the word of the address."""

    NAME = "parcours"
    SEATS = "places"
    WAITING = "attente"
    MENTORS = "mentors"


NEEDS: dict[Need, Words] = {
    Need.SEATS_FOR_WAITING: say("Où l’on attend une place"),
    Need.SEATS: say("Sans place offerte"),
    Need.MENTOR: say("Sans mentor"),
    Need.HANDS: say("En manque de bras"),
}
REMEDIES: dict[Need, Words] = {
    Need.SEATS_FOR_WAITING: say("Ouvrir des places"),
    Need.SEATS: say("Offrir des places"),
    Need.MENTOR: say("Trouver un·e mentor"),
    Need.HANDS: say("Annoncer"),
}


@dataclass(frozen=True)
class TrackLine:
    """A track as organisers read it. Seats are counted per day and mode; `waiting` and `mentors` are people."""

    card: TrackCard
    seats: int
    taken: int
    is_full: bool
    waiting: int
    mentors: int
    needs: tuple[Need, ...]

    @property
    def remedy(self) -> Need | None:
        """The most pressing need, which the line's action answers."""
        return self.needs[0] if self.needs else None


def track_line(card: TrackCard, offers: Sequence[Offer], waiting: int, mentors: int, *, is_past: bool) -> TrackLine:
    """A track with what it lacks; one of the past lacks nothing any more."""
    seats, taken = sum(offer.seats for offer in offers), sum(offer.taken for offer in offers)
    lacks = {
        Need.SEATS_FOR_WAITING: waiting > 0,
        Need.SEATS: seats == 0,
        Need.MENTOR: mentors == 0,
        Need.HANDS: taken * 2 < seats,
    }
    needs = () if is_past else tuple(need for need, is_lacking in lacks.items() if is_lacking)
    is_full = seats > 0 and all(offer.free == 0 for offer in offers)
    return TrackLine(card, seats, taken, is_full, waiting, mentors, needs)


@dataclass(frozen=True)
class Wish:
    """What stands in the address: a word, what to keep ("" everything, "regler" whatever lacks something), the order."""

    word: str = ""
    only: str = ""
    column: Column | None = None
    """None: what needs hands first."""
    is_descending: bool = False

    @property
    def question(self) -> tuple[tuple[str, str], ...]:
        """As the address holds it, without the page."""
        order = [("tri", self.column.value)] if self.column else []
        sense = [("sens", "desc")] if self.is_descending else []
        kept = [("mot", self.word), ("seulement", self.only)]
        return (*((name, value) for name, value in kept if value), *order, *sense)

    def sorted_by(self, column: Column) -> "Wish":
        """As a click on the head of a column: numbers first go downwards, and a second click turns the order round."""
        is_descending = not self.is_descending if column == self.column else column != Column.NAME
        return Wish(self.word, self.only, column, is_descending)


def a_wish(word: str, only: str, column: str, sense: str) -> Wish:
    """The wish of an address; what it does not know is as if it were not there."""
    known = only if only in {ANY_NEED, *Need} else ""
    by = Column(column) if column in list(Column) else None
    return Wish(word, known, by, by is not None and sense == "desc")


def fitting(lines: Iterable[TrackLine], wish: Wish) -> list[TrackLine]:
    """The lines that answer the wish, in its order."""
    kept = [line for line in lines if _fits(line, wish)]
    # By name first: the sort is stable, so that equals stay in the order of their names.
    kept.sort(key=lambda line: line.card.name.casefold())
    if wish.column is None:
        return sorted(kept, key=_pressing)
    if wish.column == Column.NAME:
        return kept[::-1] if wish.is_descending else kept
    return sorted(kept, key=_KEYS[wish.column], reverse=wish.is_descending)


def _pressing(line: TrackLine) -> tuple[bool, float]:
    """Tracks without seats or mentor first, then those that lack hands most."""
    can_begin = Need.SEATS not in line.needs and Need.MENTOR not in line.needs
    return can_begin, line.taken / line.seats if line.seats else 0


_KEYS = {
    Column.SEATS: lambda line: line.taken / line.seats if line.seats else -1,
    Column.WAITING: lambda line: line.waiting,
    Column.MENTORS: lambda line: line.mentors,
}


def _fits(line: TrackLine, wish: Wish) -> bool:
    word = wish.word.casefold()
    found = word in line.card.name.casefold() or word in line.card.organisation.casefold()
    return found and (not wish.only or (bool(line.needs) if wish.only == ANY_NEED else wish.only in line.needs))
