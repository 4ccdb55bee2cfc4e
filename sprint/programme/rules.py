"""Phases of an edition and what day it is there: pure answers over dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOVING = frozenset(
    ("day_id", "starts", "ends", "room", "cancelled_at", "place", "address", "timezone", "opens_at", "join_url")
)
"""Columns that say when, where or whether: calendars that hold the event must take the new one (RFC 5545, 3.8.7.4)."""


class Phase(StrEnum):
    """Where an edition stands at a moment."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    PAST = "past"


@dataclass(frozen=True)
class Calendar:
    """When an edition takes place and when one may register; `days` are in order, in `zone`."""

    zone: str
    days: tuple[date, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def today(self, now: datetime) -> date:
        """The date where the edition is: 11 p.m. in Paris is already the next day elsewhere."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def ends_at(self) -> datetime:
        """Midnight after the last day."""
        last = self.days[-1] if self.days else date.min
        return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(self.zone))

    def is_open(self, now: datetime) -> bool:
        """Whether one may register: since `opens_at`, until `closes_at`, and never after the last day."""
        return (
            bool(self.days)
            and (self.opens_at is None or self.opens_at <= now)
            and (self.closes_at is None or now < self.closes_at)
            and now < self.ends_at
        )

    def phase(self, now: datetime) -> Phase:
        """The one word for where the edition stands."""
        if not self.days or now >= self.ends_at:
            return Phase.PAST if self.days else Phase.ANNOUNCED
        if self.is_open(now):
            return Phase.OPEN
        if self.opens_at is not None and now < self.opens_at:
            return Phase.ANNOUNCED
        return Phase.RUNNING if self.days[0] <= self.today(now) else Phase.CLOSED

    def next_change(self, now: datetime) -> datetime:
        """When one of these answers may next be another: registration opens or closes, or a day ends there."""
        midnight = datetime.combine(self.today(now) + timedelta(days=1), time(), ZoneInfo(self.zone))
        return min(at for at in (self.opens_at, self.closes_at, midnight) if at is not None and at > now)


def is_over(on: date, calendar: Calendar, now: datetime) -> bool:
    """Whether a day has ended where the edition is."""
    return on < calendar.today(now)


def current_of(calendars: Sequence[tuple[int, Calendar]], now: datetime) -> int | None:
    """The edition people mean: the first that is not over, else the latest past one."""
    dated = sorted((calendar.days[0], key, calendar) for key, calendar in calendars if calendar.days)
    ahead = [key for _, key, calendar in dated if now < calendar.ends_at]
    return ahead[0] if ahead else (dated[-1][1] if dated else None)
