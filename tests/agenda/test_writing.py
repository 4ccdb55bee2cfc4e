"""Calendars as bytes: folded, escaped, the same for the same events, right at every change of the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from sprint import languages
from sprint.agenda.rules import CalendarFile, Status, agenda_events, own_event, slot_event
from sprint.agenda.writing import written
from sprint.agenda.zones import zone_component
from sprint.registrations.tables import Mode, State
from tests.agenda.test_rules import DAYS, EDITION, OWN, SLOT

BASE = "https://sprint.example:8443"
HOSTILE = (
    "a\r\nSTATUS:CANCELLED\nb",
    'virgule, point-virgule; barre \\ deux-points : « guillemets » "droits"',
    "שלום עולם \u202eabc\u202c مرحبا",
    "😀👩‍💻🇫🇷" * 30,
    "é" * 200,
    "\x00\x07\x1b[31m\u2028\x85fin",
    " ",
    "END:VEVENT\r\nBEGIN:VEVENT",
)


def body(*events, zone: str = "Europe/Paris") -> bytes:  # type: ignore[no-untyped-def]
    return written(CalendarFile("Sprint 2027", zone, "/sprint-2027/agenda", tuple(events)), BASE).body


def event_of(raw: bytes):  # type: ignore[no-untyped-def]
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    return event


def unfolded(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n ", "").splitlines()


def assert_well_formed(raw: bytes) -> None:
    """RFC 5545, 3.1: CRLF everywhere, 75 octets at most, no letter cut in two."""
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines if not line] == []
    assert [sign for sign in raw.decode() if ord(sign) < 32 and sign not in "\r\n"] == []


WHOLE = [
    "BEGIN:VCALENDAR",
    "PRODID:-//Sprint//Agenda//FR",
    "VERSION:2.0",
    "NAME:Sprint 2027",
    "X-WR-CALNAME:Sprint 2027",
    "X-WR-TIMEZONE:Europe/Paris",
    "URL:https://sprint.example:8443/sprint-2027/agenda",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:STANDARD",
    "DTSTART:20270101T000000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:20270328T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:20271031T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
    "BEGIN:VEVENT",
    "UID:55555555555555555555555555555555@sprint.example",
    "DTSTAMP:20261101T000000Z",
    "LAST-MODIFIED:20261101T000000Z",
    "SEQUENCE:2",
    "STATUS:CONFIRMED",
    "SUMMARY:Travail en parcours",
    "DTSTART;TZID=Europe/Paris:20270316T100000",
    "DTEND;TZID=Europe/Paris:20270316T170000",
    "LOCATION:salle Condorcet\\, Paris\\, 77 avenue de Ségur",
    "DESCRIPTION:QGIS\\nhttps://sprint.example:8443/sprint-2027/parcours/qgis",
    "URL:https://sprint.example:8443/sprint-2027/parcours/qgis",
    "END:VEVENT",
    "END:VCALENDAR",
]


def test_a_slot_is_written_whole() -> None:
    assert unfolded(body(slot_event(EDITION, replace(SLOT, revision=2)))) == WHOLE


def test_an_edition_is_written_as_whole_days() -> None:
    lines = unfolded(body(*agenda_events(EDITION, DAYS, [])))
    assert "DTSTART;VALUE=DATE:20270316" in lines
    assert "DTEND;VALUE=DATE:20270318" in lines
    assert "TRANSP:TRANSPARENT" in lines


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_one_title(title: str) -> None:
    raw = body(replace(slot_event(EDITION, SLOT), title=title, place=title, text=title))
    assert_well_formed(raw)
    event = event_of(raw)
    assert (str(event["STATUS"]), str(event["UID"])) == ("CONFIRMED", "5" * 32 + "@sprint.example")
    for letter in title:
        assert letter in str(event["SUMMARY"]) or ord(letter) < 160 or letter in "\u2028\x85"


@given(st.text(max_size=300))
def test_any_title_comes_back_as_it_was_but_for_control_characters(title: str) -> None:
    title = title.encode("utf-8", "replace").decode()
    raw = body(replace(slot_event(EDITION, SLOT), title=title))
    assert_well_formed(raw)
    told = str(event_of(raw)["SUMMARY"])
    plain = [sign for sign in title if ord(sign) >= 160 and sign not in "\u2028\u2029"]
    assert [sign for sign in told if ord(sign) >= 160] == plain


def test_the_same_events_give_the_same_bytes_and_tag() -> None:
    first = written(CalendarFile("a", "Europe/Paris", "/", (slot_event(EDITION, SLOT),)), BASE)
    again = written(CalendarFile("a", "Europe/Paris", "/", (slot_event(replace(EDITION), replace(SLOT)),)), BASE)
    moved = written(CalendarFile("a", "Europe/Paris", "/", (slot_event(EDITION, replace(SLOT, room="B")),)), BASE)
    assert first == again
    assert moved.tag != first.tag


def test_a_calendar_without_events_is_a_calendar() -> None:
    raw = written(CalendarFile("Mon sprint", "Europe/Paris", "/moi", ()), BASE).body
    assert_well_formed(raw)
    assert [part.name for part in Calendar.from_ical(raw).subcomponents] == ["VTIMEZONE"]


def test_status_is_said_in_the_title_too_in_the_language_of_the_page() -> None:
    waiting = own_event(EDITION, replace(OWN, state=State.WAITING, confirmed_at=None), [SLOT])
    assert str(event_of(body(waiting))["SUMMARY"]) == "En attente\u00a0: QGIS (Sprint 2027)"
    cancelled = replace(waiting, status=Status.CANCELLED)
    assert str(event_of(body(cancelled))["SUMMARY"]) == "Annulé\u00a0: QGIS (Sprint 2027)"
    with languages.using("en"):
        event = event_of(body(cancelled))
    assert str(event["SUMMARY"]) == "Cancelled: QGIS (Sprint 2027)"
    assert str(event["URL"]) == BASE + "/en/sprint-2027/parcours/qgis"


def test_the_join_link_is_a_conference_a_line_of_text_and_at_a_distance_the_place() -> None:
    lines = unfolded(body(own_event(EDITION, replace(OWN, mode=Mode.REMOTE), [SLOT])))
    assert "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Rejoindre à distance:https://visio.example/qgis" in lines
    assert "LOCATION:https://visio.example/qgis" in lines
    assert sum("https://visio.example/qgis" in line for line in lines) == 3
    assert "CLASS:PRIVATE" in lines


# --- zones

ZONES = ("Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea")
CHANGES = (date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("on", CHANGES)
def test_hours_are_right_on_the_week_ends_the_clock_changes(zone: str, on: date) -> None:
    edition = replace(EDITION, zone=zone)
    raw = body(slot_event(edition, replace(SLOT, on=on, starts=time(9, 30), ends=time(17))), zone=zone)
    # Read by the VTIMEZONE in the file, as a program would that knows no zone by name.
    event = event_of(raw.replace(zone.encode(), b"Custom/" + zone[-7:].encode()))
    winter = {"Europe/Paris": 1, "Indian/Reunion": 4, "America/Cayenne": -3, "Pacific/Noumea": 11}[zone]
    summer = zone == "Europe/Paris" and date(2027, 3, 28) <= on < date(2027, 10, 31)
    offset = timedelta(hours=winter + summer)
    assert event["DTSTART"].dt.astimezone(UTC) == datetime.combine(on, time(9, 30), UTC) - offset
    assert event["DTEND"].dt.astimezone(UTC) == datetime.combine(on, time(17), UTC) - offset


def test_a_zone_without_summer_time_has_one_offset() -> None:
    assert len(zone_component("Indian/Reunion", 2020, 2030).subcomponents) == 1
    assert len(zone_component("Europe/Paris", 2026, 2028).subcomponents) == 7
