"""What goes into which calendar: events from plain rows. Pure; nothing here knows how a calendar is written.

- An edition is an all-day event; days that do not follow one another are an event each.
- A slot with an hour is a timed event. One without is an all-day event where it was asked for by name (its own file, its
  track's); it is left out of the edition's, which forty of them would drown.
- One's own day is one event, from the first to the last hour of the track: confirmed, tentative while one waits,
  cancelled once given up. A day given up and taken again is told as it stands now.
- What is cancelled stays, cancelled, so that calendars that hold it are told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sprint.registrations.tables import Mode, State

FEED = "feed"
"""The purpose of the seal on the address of one's own calendar."""


class Status(StrEnum):
    """RFC 5545, 3.8.1.11."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Event:
    """One event. `starts` and `ends` are moments in the edition's zone, or dates (the end is then the day after).

    `path` is the page that tells more, without language. `join_url` is only given to whom it is shown.
    """

    uid: str
    sequence: int
    changed_at: datetime
    status: Status
    title: str
    starts: date | datetime
    ends: date | datetime | None
    place: str
    path: str
    text: str = ""
    join_url: str = ""
    is_remote: bool = False
    is_private: bool = False


@dataclass(frozen=True)
class CalendarFile:
    """One calendar: its name, its zone, its events in order, and the page it comes from."""

    name: str
    zone: str
    path: str
    events: tuple[Event, ...]
    is_private: bool = False

    @property
    def changed_at(self) -> datetime | None:
        """When something in it last changed."""
        return max((event.changed_at for event in self.events), default=None)


@dataclass(frozen=True)
class EditionRow:
    """An edition as calendars need it."""

    id: int
    uid: str
    slug: str
    name: str
    zone: str
    place: str
    address: str
    revision: int
    changed_at: datetime
    opens_at: datetime | None = None

    @property
    def path(self) -> str:
        return f"/{self.slug}"


@dataclass(frozen=True)
class DayRow:
    """A day of an edition."""

    uid: str
    on: date


@dataclass(frozen=True)
class SlotRow:
    """A slot, with the place of its day when that differs from the edition's."""

    uid: str
    revision: int
    changed_at: datetime
    cancelled_at: datetime | None
    title: str
    on: date
    starts: time | None
    ends: time | None
    room: str
    day_place: str
    track_id: int | None
    track_slug: str | None
    track_name: str | None
    talks: tuple[str, ...] = ()
    """The lightning talks held in it, in their order, each with its hours."""

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


@dataclass(frozen=True)
class OwnDay:
    """A registration of the person at hand, live or ended, with its track and the place of its day."""

    id: int
    uid: str
    state: State
    mode: Mode
    queued_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    edition_id: int
    on: date
    day_place: str
    track_id: int
    track_slug: str
    track_name: str
    join_url: str
    track_revision: int
    track_changed_at: datetime
    revision: int = 0
    revised_at: datetime | None = None
    """When the team last took back what it had done to it, which makes `revision` grow."""

    @property
    def status(self) -> Status:
        if self.ended_at is not None:
            return Status.CANCELLED
        return Status.CONFIRMED if self.state == State.CONFIRMED else Status.TENTATIVE

    @property
    def changed_at(self) -> datetime:
        moments = (self.queued_at, self.confirmed_at, self.ended_at, self.track_changed_at, self.revised_at)
        return max(moment for moment in moments if moment is not None)


_STEPS = {Status.TENTATIVE: 0, Status.CONFIRMED: 1, Status.CANCELLED: 2}
"""A registration only goes this way, so each step makes the sequence of its event grow; taking a step back is a revision."""


def edition_events(edition: EditionRow, days: Sequence[DayRow]) -> list[Event]:
    """The edition as an all-day event, or one for each day when there are others between them."""
    if not days:
        return []
    first, last = days[0].on, days[-1].on
    if (last - first).days == len(days) - 1:
        return [_all_day(edition, edition.uid, first, last)]
    return [_all_day(edition, day.uid, day.on, day.on) for day in days]


def _all_day(edition: EditionRow, uid: str, first: date, last: date) -> Event:
    return Event(
        uid=uid,
        sequence=edition.revision,
        changed_at=edition.changed_at,
        status=Status.CONFIRMED,
        title=edition.name,
        starts=first,
        ends=last + timedelta(days=1),
        place=_place(edition.place, edition.address),
        path=edition.path,
    )


def opening_event(edition: EditionRow, title: str) -> Event | None:
    """When registration opens, if that is known."""
    if edition.opens_at is None:
        return None
    return Event(
        uid=f"{edition.uid}-ouverture",
        sequence=edition.revision,
        changed_at=edition.changed_at,
        status=Status.CONFIRMED,
        title=title,
        starts=edition.opens_at.astimezone(ZoneInfo(edition.zone)),
        ends=None,
        place="",
        path=f"{edition.path}/parcours",
    )


def slot_event(edition: EditionRow, slot: SlotRow) -> Event:
    """A slot at its hour, or on its whole day when it has none."""
    track = slot.track_name or ""
    return Event(
        uid=slot.uid,
        sequence=edition.revision + slot.revision,
        changed_at=max(edition.changed_at, slot.changed_at),
        status=Status.CANCELLED if slot.is_cancelled else Status.CONFIRMED,
        title=slot.title,
        starts=_at(slot.on, slot.starts, edition.zone) if slot.starts else slot.on,
        ends=_end(slot.on, slot.ends, edition.zone) if slot.starts else slot.on + timedelta(days=1),
        place=_place(slot.room, slot.day_place or edition.place, edition.address),
        path=f"{edition.path}/parcours/{slot.track_slug}" if slot.track_slug else f"{edition.path}/agenda",
        text="\n".join(([track] if track and track not in slot.title else []) + list(slot.talks)),
    )


def agenda_events(edition: EditionRow, days: Sequence[DayRow], slots: Iterable[SlotRow]) -> list[Event]:
    """What an edition's calendar holds."""
    return edition_events(edition, days) + [slot_event(edition, slot) for slot in slots if slot.starts]


def track_events(edition: EditionRow, days: Sequence[DayRow], slots: Sequence[SlotRow]) -> list[Event]:
    """What a track's calendar holds: its slots; without any, the edition it belongs to."""
    return [slot_event(edition, slot) for slot in slots] or edition_events(edition, days)


def as_they_stand(days: Iterable[OwnDay]) -> list[OwnDay]:
    """One registration for each track and day: the live one, else the last that ended. In order of days."""
    latest: dict[tuple[date, int], OwnDay] = {}
    for day in days:
        held = latest.get((day.on, day.track_id))
        if held is None or (day.ended_at is None, day.id) > (held.ended_at is None, held.id):
            latest[day.on, day.track_id] = day
    return sorted(latest.values(), key=lambda day: (day.on, day.id))


def own_event(edition: EditionRow, day: OwnDay, slots: Iterable[SlotRow]) -> Event:
    """A day of mine, from the first to the last hour of the track; without hours, the whole day."""
    own = [slot for slot in slots if (slot.track_id, slot.on) == (day.track_id, day.on)]
    held = [slot for slot in own if not slot.is_cancelled]
    status = Status.CANCELLED if own and not held else day.status
    starts, ends = _hours(held)
    rooms = ", ".join(dict.fromkeys(slot.room for slot in held if slot.room))
    on_site = day.mode == Mode.SITE
    return Event(
        uid=day.uid,
        sequence=edition.revision + day.track_revision + day.revision + _STEPS[day.status],
        changed_at=max(edition.changed_at, day.changed_at),
        status=status,
        title=f"{day.track_name} ({edition.name})",
        starts=_at(day.on, starts, edition.zone) if starts else day.on,
        ends=_end(day.on, ends, edition.zone) if starts else day.on + timedelta(days=1),
        place=_place(rooms, day.day_place or edition.place, edition.address) if on_site else "",
        path=f"{edition.path}/parcours/{day.track_slug}",
        join_url=day.join_url if status == Status.CONFIRMED else "",
        is_remote=not on_site,
        is_private=True,
    )


def _hours(slots: Sequence[SlotRow]) -> tuple[time | None, time | None]:
    """First and last hour; no last one when what starts last has no end."""
    starts = [slot.starts for slot in slots if slot.starts]
    ends = max((slot.ends for slot in slots if slot.ends), default=None)
    if not starts:
        return None, None
    return min(starts), ends if ends and ends > max(starts) else None


def _at(on: date, hour: time, zone: str) -> datetime:
    return datetime.combine(on, hour, ZoneInfo(zone))


def _end(on: date, hour: time | None, zone: str) -> datetime | None:
    return _at(on, hour, zone) if hour else None


def _place(*parts: str) -> str:
    """Room, building and street, each said once."""
    return ", ".join(dict.fromkeys(part for part in parts if part))
