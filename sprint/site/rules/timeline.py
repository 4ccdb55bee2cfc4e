"""My sprint as a line of time: the one next thing, what follows today, the days ahead. Pure.

What happens on a day I have a seat: the slots of my track and those of everybody. A track without slots that day, and a
place in a queue, are a line of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sprint.programme.queries import EditionView, SlotLine
from sprint.programme.tables import SlotKind
from sprint.registrations.queries import QueuePlace
from sprint.registrations.rules import HOW, Held
from sprint.registrations.tables import Mode, State
from sprint.words import ShortDay, Words, say, say_count

SOON = timedelta(minutes=30)
"""When something begins so soon, it is told instead of what is going on."""
AFTERWARDS = timedelta(days=14)
"""How long an edition that is over is still the first thing told: contributions may be completed until then."""


class Box(StrEnum):
    """What stands first on the page."""

    NEXT = "next"
    WAITING = "waiting"
    OVER = "over"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Item:
    """One line: something that takes place, or a place in a queue. `edition` and `track` are slugs of its page."""

    on: date
    starts: time | None
    ends: time | None
    title: str
    room: str
    edition: str
    track: str | None
    zone: str
    is_break: bool = False
    is_mine: bool = False
    note: Words | None = None
    join_url: str = ""

    @property
    def begins_at(self) -> datetime:
        """When it begins; without hour, with its day."""
        return datetime.combine(self.on, self.starts or time(), ZoneInfo(self.zone))

    @property
    def is_over_at(self) -> datetime:
        """From when on it is behind: its end, its start without one, midnight without hour."""
        hour = self.ends or self.starts
        day = self.on if hour else self.on + timedelta(days=1)
        return datetime.combine(day, hour or time(), ZoneInfo(self.zone))


@dataclass(frozen=True)
class Next:
    """The one next thing: how far it is, whether it is today, and what follows it that day."""

    item: Item
    badge: Words
    is_today: bool
    then: Item | None


@dataclass(frozen=True)
class Stretch:
    """A heading and its lines."""

    heading: Words
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Timeline:
    """`box` says which of `next`, `waiting` (a line of the queue) and `over` (an edition's name) is told first."""

    box: Box
    next: Next | None = None
    waiting: Item | None = None
    over: str = ""
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Mine:
    """What is mine: live registrations, places in queues, slots of the editions, where my tracks meet online."""

    held: Sequence[Held]
    places: Mapping[int, QueuePlace]
    slots: Sequence[SlotLine]
    links: Mapping[int, str]


def timeline(editions: Iterable[EditionView], mine: Mine, now: datetime) -> Timeline:
    """My sprint at a moment, over the editions I am registered for."""
    known = {edition.id: edition for edition in editions}
    held = [one for one in mine.held if one.edition_id in known]
    items = sorted(
        (item for one in held for item in _items(known[one.edition_id], one, mine)),
        key=lambda item: (item.begins_at, item.is_over_at),
    )
    ahead = [item for item in items if item.is_over_at > now]
    seats = [item for item in ahead if item.note is None or item.is_mine]
    first = _first(seats, now)
    if first is not None:
        shown = _next(first, seats, now)
        return Timeline(Box.NEXT, shown, stretches=_stretches(ahead, shown, now))
    if ahead:
        return Timeline(Box.WAITING, waiting=ahead[0], stretches=_stretches(ahead, None, now))
    over = [known[one.edition_id] for one in held if one.state == State.CONFIRMED]
    lately = next((view for view in over if now - view.calendar.ends_at < AFTERWARDS), None)
    return Timeline(Box.OVER, over=lately.name) if lately else Timeline(Box.NOTHING)


def _items(edition: EditionView, one: Held, mine: Mine) -> list[Item]:
    """The lines a registration brings: the whole day for a seat, itself for a place in a queue."""
    if one.state == State.WAITING:
        return [_own(edition, one, _queue(mine.places.get(one.registration_id)), "")]
    link = mine.links.get(one.track_id, "")
    day = [slot for slot in mine.slots if slot.on == one.on and slot.edition_id == edition.id]
    own = [slot for slot in day if slot.track_id == one.track_id]
    common = [slot for slot in day if slot.track_id is None and slot.starts]
    lines = [_slot(edition, one, slot, link) for slot in (*own, *common)]
    return lines if own else [*lines, _own(edition, one, HOW[one.mode], link, is_mine=True)]


def _slot(edition: EditionView, one: Held, slot: SlotLine, link: str) -> Item:
    return Item(
        slot.on,
        slot.starts,
        slot.ends,
        slot.title,
        slot.room if one.mode == Mode.SITE else "",
        edition.slug,
        slot.track_slug,
        edition.calendar.zone,
        slot.kind == SlotKind.BREAK,
        slot.track_id is not None,
        HOW[one.mode] if slot.track_id is not None and one.mode == Mode.REMOTE else None,
        link,
    )


def _own(edition: EditionView, one: Held, note: Words, link: str, *, is_mine: bool = False) -> Item:
    zone = edition.calendar.zone
    return Item(one.on, None, None, one.track_name, "", edition.slug, one.track_slug, zone, False, is_mine, note, link)


def _queue(place: QueuePlace | None) -> Words:
    return say("en attente, %(place)s sur %(of)s", place=place.place, of=place.of) if place else say("en attente")


def _first(seats: Sequence[Item], now: datetime) -> Item | None:
    """What is going on, unless it is a break or something else begins soon; else what comes next."""
    coming = next((item for item in seats if item.begins_at > now and item.starts), None)
    running = [item for item in seats if item.begins_at <= now and item.starts and not item.is_break]
    if running and (coming is None or coming.begins_at - now > SOON):
        return running[-1]
    today = next((item for item in seats if not item.starts), None)
    both = [item for item in (coming, today) if item is not None]
    # A day without hours stands after the hours of the same day.
    return min(both, key=lambda item: (item.on, item.starts or time.max), default=None)


def _next(first: Item, seats: Sequence[Item], now: datetime) -> Next:
    after = [item for item in seats if item.on == first.on and item.begins_at > max(now, first.begins_at)]
    return Next(first, _distance(first, now), first.on == _today(first, now), after[0] if after else None)


def _today(item: Item, now: datetime) -> date:
    return now.astimezone(ZoneInfo(item.zone)).date()


def _distance(item: Item, now: datetime) -> Words:
    days = (item.on - _today(item, now)).days
    if days > 1:
        return say_count("Dans %(number)s jour", "Dans %(number)s jours", days)
    if days == 1:
        return say("Demain")
    if not item.starts:
        return say("Aujourd’hui")
    if item.begins_at <= now:
        return say("En ce moment")
    minutes = -(-(item.begins_at - now).seconds // 60)
    if minutes < 60:
        return say_count("Dans %(number)s minute", "Dans %(number)s minutes", minutes)
    return say_count("Dans %(number)s heure", "Dans %(number)s heures", minutes // 60)


def _stretches(ahead: Sequence[Item], shown: Next | None, now: datetime) -> tuple[Stretch, ...]:
    """What follows, day by day; neither what the box tells already, nor a break that has begun."""
    told = shown.item if shown else None
    days: dict[date, list[Item]] = {}
    for item in ahead:
        if item != told and (item.begins_at > now or not item.is_break):
            days.setdefault(item.on, []).append(item)
    return tuple(Stretch(_heading(items[0], now), tuple(items)) for _, items in sorted(days.items()))


def _heading(item: Item, now: datetime) -> Words:
    days = (item.on - _today(item, now)).days
    if days <= 0:
        return say("Ensuite, aujourd’hui")
    return say("Demain, %(day)s", day=ShortDay(item.on)) if days == 1 else say("%(day)s", day=ShortDay(item.on))
