"""Phases of an edition, what each allows, and what day it is there: pure answers over dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from sprint.programme.tables import Audience
from sprint.refusal import Refusal
from sprint.words import Hours, say

MOVING = frozenset(
    ("day_id", "starts", "ends", "room", "cancelled_at", "place", "address", "timezone", "opens_at", "join_url")
)
"""Columns that say when, where or whether: calendars that hold the event must take the new one (RFC 5545, 3.8.7.4)."""


SINCE_EVER = datetime.min.replace(tzinfo=UTC)
"""Of what has always been announced."""


class Phase(StrEnum):
    """Where an edition stands at a moment."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    PAST = "past"
    ARCHIVED = "archived"


class Deed(StrEnum):
    """What people may do with an edition."""

    READ = "read"
    PROPOSE = "propose"
    REGISTER = "register"
    PREPARE = "prepare"


ALLOWS: dict[Phase, frozenset[Deed]] = {
    Phase.DRAFT: frozenset({Deed.PREPARE}),
    Phase.ANNOUNCED: frozenset({Deed.PREPARE, Deed.READ, Deed.PROPOSE}),
    Phase.OPEN: frozenset({Deed.PREPARE, Deed.READ, Deed.PROPOSE, Deed.REGISTER}),
    Phase.CLOSED: frozenset({Deed.PREPARE, Deed.READ}),
    Phase.RUNNING: frozenset({Deed.PREPARE, Deed.READ}),
    Phase.PAST: frozenset({Deed.PREPARE, Deed.READ}),
    Phase.ARCHIVED: frozenset({Deed.READ}),
}
"""What each phase allows. READ is everybody's: organisers read their editions in any phase, and they alone PREPARE."""
OVER = frozenset({Phase.PAST, Phase.ARCHIVED})


@dataclass(frozen=True)
class Calendar:
    """When an edition is announced, takes place and is put away, and when one may register; `days` are in order, in `zone`.

    `announced_at` None: a draft.
    """

    zone: str
    days: tuple[date, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    announced_at: datetime | None = SINCE_EVER
    archived_at: datetime | None = None

    def today(self, now: datetime) -> date:
        """The date where the edition is: 11 p.m. in Paris is already the next day elsewhere."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def starts_at(self) -> datetime | None:
        """Midnight before the first day."""
        return datetime.combine(self.days[0], time(), ZoneInfo(self.zone)) if self.days else None

    @property
    def ends_at(self) -> datetime:
        """Midnight after the last day."""
        last = self.days[-1] if self.days else date.min
        return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(self.zone))

    def allows(self, deed: Deed, now: datetime) -> bool:
        """Whether its phase allows this: the one rule that pages, feeds and actions ask."""
        return deed in ALLOWS[self.phase(now)]

    def is_over(self, now: datetime) -> bool:
        """Whether it took place, put away or not."""
        return self.phase(now) in OVER

    def is_open(self, now: datetime) -> bool:
        """Whether one may register: since `opens_at`, until `closes_at`, never after the last day, never in a draft."""
        return self.allows(Deed.REGISTER, now)

    def _takes_registrations(self, now: datetime) -> bool:
        return (
            (self.opens_at is None or self.opens_at <= now)
            and (self.closes_at is None or now < self.closes_at)
            and now < self.ends_at
        )

    def phase(self, now: datetime) -> Phase:
        """The one word for where the edition stands."""
        if self.archived_at is not None and self.archived_at <= now:
            return Phase.ARCHIVED
        if self.announced_at is None or now < self.announced_at:
            return Phase.DRAFT
        if not self.days or now >= self.ends_at:
            return Phase.PAST if self.days else Phase.ANNOUNCED
        if self._takes_registrations(now):
            return Phase.OPEN
        if self.opens_at is not None and now < self.opens_at:
            return Phase.ANNOUNCED
        return Phase.RUNNING if self.days[0] <= self.today(now) else Phase.CLOSED

    def next_change(self, now: datetime) -> datetime:
        """When one of these answers may next be another: one of its moments comes, or a day ends there."""
        midnight = datetime.combine(self.today(now) + timedelta(days=1), time(), ZoneInfo(self.zone))
        moments = (self.announced_at, self.opens_at, self.closes_at, self.archived_at, midnight)
        return min(at for at in moments if at is not None and at > now)


def still_prepared(calendar: Calendar, now: datetime) -> list[Refusal]:
    """An edition that is put away is not changed any more."""
    if calendar.allows(Deed.PREPARE, now):
        return []
    return [Refusal("archived", say("l’édition est archivée : sortez-la des archives pour la modifier"))]


def audience_within(edition: Audience, track: Audience) -> Audience:
    """For whom a track is: where the edition is mixed each says it of itself, else the edition does for all of them."""
    return track if edition == Audience.MIXED else edition


def is_over(on: date, calendar: Calendar, now: datetime) -> bool:
    """Whether a day has ended where the edition is."""
    return on < calendar.today(now)


def current_of(calendars: Sequence[tuple[int, Calendar]], now: datetime) -> int | None:
    """The edition people mean: the first that is not over, else the latest past one."""
    dated = sorted((calendar.days[0], key, calendar) for key, calendar in calendars if calendar.days)
    ahead = [key for _, key, calendar in dated if now < calendar.ends_at]
    return ahead[0] if ahead else (dated[-1][1] if dated else None)


# --- rooms

HALF_HOUR = 30
"""Minutes a slot takes when nothing says its end, and the step of the grid on which slots are placed."""
ROOM_STEP = 5
"""Minutes that a room is held by, so that what an agenda file places off the grid (9.05 to 9.50) is held as exactly."""
MIDNIGHT = 24 * 60


NO_ROOMS = frozenset(("en ligne", "à distance", "visio", "visioconférence", "online", "remote"))
"""What agenda files write where others write a room: several things take place there at once."""


def room_key(name: str) -> str:
    """What a room is known by: "Salle  A" and "salle a" are one room. Nothing for what is no room."""
    key = " ".join(name.split()).casefold()
    return "" if key in NO_ROOMS else key


NOWHERE = 0
"""Where a cancelled slot takes place."""


def whereabouts(
    day_id: int, track_id: int | None, starts: time | None, ends: time | None, room: str, cancelled_at: datetime | None
) -> int:
    """A number that says whether a slot is where it was: 48 bits of a hash, for a Fact holds no name of a room."""
    if cancelled_at is not None:
        return NOWHERE
    room_as_said = " ".join(room.split()).casefold()
    told = repr((day_id, track_id, starts and minute_of(starts), ends and minute_of(ends), room_as_said))
    return int.from_bytes(sha256(told.encode()).digest()[:6]) or 1


def minute_of(hour: time) -> int:
    """Minutes since midnight."""
    return hour.hour * 60 + hour.minute


def minutes_held(starts: time, ends: time | None) -> range:
    """The steps of a room, in minutes since midnight, that something holds; what ends off a step holds it whole."""
    first = minute_of(starts)
    last = minute_of(ends) if ends is not None else min(first + HALF_HOUR, MIDNIGHT)
    return range(first - first % ROOM_STEP, last + -last % ROOM_STEP, ROOM_STEP)


def room_taken(room: str, title: str, starts: time, ends: time | None, place: str = "salle") -> Refusal:
    """The reason for which something cannot be placed where another slot is."""
    words = say("%(room)s est prise par « %(title)s », %(hours)s", room=room, title=title, hours=Hours(starts, ends))
    return Refusal("room_taken", words, place)
