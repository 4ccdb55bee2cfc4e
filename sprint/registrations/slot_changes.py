"""What somebody with a seat knows of a slot that changed, and what they must still be told. Pure.

Changes are those of one slot, in order. A seat knows what stood when it was taken, or what a letter told since; changes that
nobody was told of count together, so that a slot that is back where it was is no news.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sprint.programme.facts import AgendaFact
from sprint.programme.rules import NOWHERE
from sprint.registrations.letters.slots import News

Place = tuple[int | None, int]
"""A track, if any, and a day: whom the slot concerns."""


@dataclass(frozen=True)
class Change:
    """One change of a slot; whereabouts are None where the journal did not keep them."""

    act: str
    at: datetime
    kind: AgendaFact
    before: Place
    after: Place
    was: int | None
    now: int | None


@dataclass(frozen=True)
class Known:
    """Where somebody believes the slot to be, and when that ceased to be so."""

    place: Place
    number: int | None
    until: datetime


def known_to(changes: Sequence[Change], taken_at: datetime, told: str) -> Known | None:
    """What whoever took a seat then knows, when `told` is the act they were last told of (none: empty); None: all of it."""
    seen = next((n for n, one in enumerate(changes) if one.at >= taken_at), len(changes))
    read = next((n for n, one in enumerate(changes, start=1) if one.act == told), 0)
    first = max(seen, read)
    if first == len(changes):
        return None
    ceased = changes[first]
    if read < seen or read == 0:
        return Known(ceased.before, ceased.was, ceased.at)
    last = changes[read - 1]
    return Known(last.after, ceased.was if last.now is None else last.now, ceased.at)


def news(seat: Place, known: Known, place: Place, number: int, last: AgendaFact) -> News | None:
    """What to tell whoever has that seat, now that the slot is there; `last` is its last change. None: nothing."""
    if known.number == number or seat not in (known.place, place):
        return None
    if number == NOWHERE:
        return News.CANCELLED if seat == known.place else None
    was_off = known.number == NOWHERE or (known.number is None and last == AgendaFact.SLOT_RESTORED)
    if seat[0] != place[0]:
        return None if was_off else News.LEFT
    if known.place[0] != place[0]:
        return News.JOINED
    return News.RESTORED if was_off else News.MOVED
