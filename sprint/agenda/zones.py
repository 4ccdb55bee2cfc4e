"""A zone as RFC 5545 wants it: its changes of the clock around the events, each at the local time it happens.

The library's own derives a spring change at 3 a.m. where the clock still shows 2: readers that follow it are an hour late.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

NONE = timedelta()


@lru_cache(maxsize=64)
def zone_component(zone: str, first_year: int, last_year: int) -> Timezone:
    """VTIMEZONE of an IANA zone, right from the start of one year to the end of the other."""
    component = Timezone()
    component.add("tzid", zone)
    start = datetime(first_year, 1, 1, tzinfo=ZoneInfo(zone))
    _add(component, start, start.utcoffset() or NONE)
    for before, after in _changes(zone, date(first_year, 1, 1), date(last_year + 1, 1, 1)):
        _add(component, after, before)
    return component


def _add(component: Timezone, onset: datetime, offset_before: timedelta) -> None:
    """One change of the clock: `onset` is the first moment under the new offset."""
    observance = TimezoneDaylight() if onset.dst() else TimezoneStandard()
    offset_after = onset.utcoffset() or NONE
    # RFC 5545, 3.6.5: the onset is a local time of the offset that was in force until then.
    observance.add("dtstart", onset.replace(tzinfo=None) - offset_after + offset_before)
    observance.add("tzoffsetfrom", offset_before)
    observance.add("tzoffsetto", offset_after)
    observance.add("tzname", onset.tzname() or "")
    component.add_component(observance)


def _changes(zone: str, first: date, last: date) -> Iterator[tuple[timedelta, datetime]]:
    """(offset before, first moment after) of each change between two days."""
    place = ZoneInfo(zone)
    day = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC)
    while day < end:
        following = day + timedelta(days=1)
        before, after = (moment.astimezone(place).utcoffset() or NONE for moment in (day, following))
        if before != after:
            yield before, _first_under(place, before, day, following).astimezone(place)
        day = following


def _first_under(place: ZoneInfo, before: timedelta, low: datetime, high: datetime) -> datetime:
    """The minute at which the offset is no longer `before`, between two moments."""
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle.astimezone(place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
