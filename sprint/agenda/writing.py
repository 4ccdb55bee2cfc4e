"""Writes calendars as RFC 5545 and 7986 want them. The same events give the same bytes, which are kept."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from icalendar import Calendar, vCalAddress, vDuration, vText, vUri
from icalendar import Event as Component

from sprint import languages
from sprint.agenda.rules import CalendarFile, Event, Status
from sprint.agenda.zones import zone_component

PRODUCT = "-//Sprint//Agenda//FR"
REFRESH = timedelta(hours=1)
KEPT, KEPT_EVENTS = 128, 4096
"""Calendars and events kept as bytes: nothing is written twice, and a slot that moves is written alone."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Written:
    """A calendar as it is sent. The tag is weak: the same calendar may travel compressed or not."""

    body: bytes
    tag: str
    changed_at: datetime | None


def written(calendar: CalendarFile, base_url: str) -> Written:
    """The calendar in the current language."""
    return _written(calendar, base_url, languages.current())


@lru_cache(maxsize=KEPT)
def _written(calendar: CalendarFile, base_url: str, language: str) -> Written:
    with languages.using(language):
        body = _body(calendar, base_url)
    return Written(body, f'W/"{hashlib.sha256(body).hexdigest()[:32]}"', calendar.changed_at)


def _body(calendar: CalendarFile, base_url: str) -> bytes:
    empty = _head(calendar, base_url).to_ical(sorted=False)
    end = empty.rindex(b"END:VCALENDAR")
    events = (_event_lines(event, base_url, languages.current()) for event in calendar.events)
    return b"".join((empty[:end], *events, empty[end:]))


@dataclass(frozen=True)
class Parties:
    """Between whom an invitation goes: addresses, and the name of who is invited."""

    organiser: str
    guest: str
    name: str


def invitation(event: Event, base_url: str, parties: Parties) -> tuple[str, bytes]:
    """One event as a mail program takes it into its calendar, or out of it (RFC 5546): its method, and the bytes.

    In the current language. The guest has accepted: a seat is asked for, not offered.
    """
    method = "CANCEL" if event.status == Status.CANCELLED else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if isinstance(event.starts, datetime):
        calendar.add_component(zone_component(str(event.starts.tzinfo), event.starts.year, event.starts.year))
    component = _event(event, base_url)
    component.add("organizer", vCalAddress(f"mailto:{parties.organiser}"))
    guest = vCalAddress(f"mailto:{parties.guest}")
    guest.params |= {"CN": _clean(parties.name), "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED"}
    component.add("attendee", guest)
    calendar.add_component(component)
    return method, calendar.to_ical(sorted=False)


def _head(calendar: CalendarFile, base_url: str) -> Calendar:
    """The calendar without its events."""
    component = Calendar()
    component.add("prodid", PRODUCT)
    component.add("version", "2.0")
    component.add("name", _clean(calendar.name))
    component.add("x-wr-calname", _clean(calendar.name))
    component.add("x-wr-timezone", calendar.zone)
    component.add("url", _address(base_url, calendar.path))
    component.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    component.add("x-published-ttl", vDuration(REFRESH))
    years = [event.starts.year for event in calendar.events] or [datetime.now(UTC).year]
    for zone in _zones(calendar):
        component.add_component(zone_component(zone, min(years), max(years)))
    return component


def _zones(calendar: CalendarFile) -> list[str]:
    """Zones of the timed events; without any the calendar's own, for a calendar may not be empty."""
    timed = (event.starts.tzinfo for event in calendar.events if isinstance(event.starts, datetime))
    return sorted({str(zone) for zone in timed}) or [calendar.zone]


@lru_cache(maxsize=KEPT_EVENTS)
def _event_lines(event: Event, base_url: str, language: str) -> bytes:
    with languages.using(language):
        return _lines(_event(event, base_url))


def _lines(component: Component) -> bytes:
    """The component with its lines folded at 75 octets; the library looks at every letter of the short ones too."""
    lines = (line for line in component.content_lines(sorted=False) if line)
    return b"".join((short if len(short := line.encode()) < 75 else line.to_ical()) + b"\r\n" for line in lines)


def _event(event: Event, base_url: str) -> Component:
    address = _address(base_url, event.path)
    component = Component()
    component.add("uid", f"{event.uid}@{urlsplit(base_url).hostname}")
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("sequence", event.sequence)
    component.add("status", event.status.value)
    component.add("summary", _title(event))
    component.add("dtstart", event.starts)
    if event.ends is not None:
        component.add("dtend", event.ends)
    if place := _place(event):
        component.add("location", place)
    component.add("description", _text(event, address))
    component.add("url", address)
    # What one waits for, what is cancelled and what fills whole days leaves the time free for others to see.
    is_busy = event.status == Status.CONFIRMED and isinstance(event.starts, datetime)
    if not is_busy:
        component.add("transp", "TRANSPARENT")
    if event.is_private:
        component.add("class", "PRIVATE")
    if event.join_url:
        conference = vUri(event.join_url)
        conference.params["VALUE"], conference.params["FEATURE"] = "URI", "VIDEO"
        conference.params["LABEL"] = languages.gettext("Rejoindre à distance")
        component.add("conference", conference)
    return component


def _title(event: Event) -> vText:
    """Some calendars do not show the status: the title says it too."""
    marks = {
        Status.TENTATIVE: languages.gettext("En attente : %(title)s"),
        Status.CANCELLED: languages.gettext("Annulé : %(title)s"),
    }
    return _clean(marks.get(event.status, "%(title)s") % {"title": event.title})


def _place(event: Event) -> vText | None:
    if event.is_remote:
        return _clean(event.join_url or languages.gettext("À distance"))
    return _clean(event.place) if event.place else None


def _text(event: Event, address: str) -> vText:
    join = languages.gettext("Rejoindre à distance : %(address)s") % {"address": event.join_url}
    return _clean("\n".join(part for part in (event.text, join if event.join_url else "", address) if part))


def _address(base_url: str, path: str) -> str:
    return base_url + ("" if languages.current() == "fr" else f"/{languages.current()}") + path


def _clean(text: str) -> vText:
    """`text` without control characters, which no calendar may hold; lines stay lines."""
    return vText(_CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
