"""Calendars as two programs read them that share nothing with ours: ical.js and node-ical."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sprint.agenda.rules import CalendarFile, Event, agenda_events, own_event, slot_event
from sprint.agenda.writing import written
from tests.agenda.test_rules import DAYS, EDITION, LATER, OWN, SLOT
from tests.agenda.test_writing import BASE, CHANGES, HOSTILE, ZONES

ROOT = Path(__file__).parents[2]
PROGRAMS = ("ical.js", "node-ical")
AROUND_THE_CLOCK = (time(0, 30), time(3, 30), time(9, 30), time(23))
"""Hours that exist on the days the clock changes; 3.30 is the first half hour of summer time."""

Read = dict[str, Any]


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node") or shutil.which("node", path=ROOT / ".venv" / "bin")
    missing = [name for name in PROGRAMS if not (ROOT / "node_modules" / name).is_dir()]
    if found is None or missing:
        pytest.skip(
            f"NO FOREIGN READERS: calendars were read by our own library only (node: {found}, missing: {missing})"
        )
    return found


def read_by_both(node: str, folder: Path, *calendars: CalendarFile) -> dict[str, list[list[Read]]]:
    return bodies_read_by_both(node, folder, *(written(calendar, BASE).body for calendar in calendars))


def bodies_read_by_both(node: str, folder: Path, *bodies: bytes) -> dict[str, list[list[Read]]]:
    """What both programs read in each calendar, as bytes."""
    paths = []
    for number, body in enumerate(bodies):
        path = folder / f"{number}.ics"
        path.write_bytes(body)
        paths.append(str(path))
    # The machine's own zone must not matter.
    script = Path(__file__).with_name("foreign.mjs")
    run = subprocess.run(
        [node, str(script), *paths],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "TZ": "Asia/Tokyo"},
        timeout=120,
    )
    found: dict[str, list[list[Read]]] = json.loads(run.stdout)
    return found


def calendar(zone: str, *events: Event) -> CalendarFile:
    return CalendarFile("Sprint", zone, "/", events)


def utc(on: date, hour: time, zone: str) -> str:
    moment = datetime.combine(on, hour, ZoneInfo(zone)).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_hours_are_right_in_four_zones_on_the_days_the_clock_changes(node: str, tmp_path: Path) -> None:
    calendars, expected = [], []
    for zone in ZONES:
        edition, events, hours = replace(EDITION, zone=zone), [], []
        for on in CHANGES:
            for number, hour in enumerate(AROUND_THE_CLOCK):
                ends = (datetime.combine(on, hour) + timedelta(minutes=45)).time()
                uid = f"{on}-{number}"
                events.append(slot_event(edition, replace(SLOT, uid=uid, on=on, starts=hour, ends=ends)))
                hours.append((f"{uid}@sprint.example", utc(on, hour, zone), utc(on, ends, zone)))
        calendars.append(calendar(zone, *events))
        expected.append(sorted(hours))
    found = read_by_both(node, tmp_path, *calendars)
    for program in PROGRAMS:
        told = [sorted((one["uid"], one["starts"], one["ends"]) for one in events) for events in found[program]]
        assert told == expected, program


def test_an_edition_a_slot_and_my_day_are_read_as_meant(node: str, tmp_path: Path) -> None:
    cancelled = replace(SLOT, uid="6" * 32, cancelled_at=LATER, revision=3)
    vague = replace(SLOT, uid="7" * 32, starts=None, ends=None)
    public = calendar("Europe/Paris", *agenda_events(EDITION, DAYS, [SLOT, cancelled]), slot_event(EDITION, vague))
    mine = calendar("Europe/Paris", own_event(EDITION, OWN, [SLOT]))
    found = read_by_both(node, tmp_path, public, mine)
    for program in PROGRAMS:
        told, own = found[program]
        assert [(one["title"], one["starts"], one["ends"], one["status"], one["sequence"]) for one in told] == [
            ("Sprint 2027", "2027-03-16", "2027-03-18", "CONFIRMED", 0),
            ("Travail en parcours", "2027-03-16T09:00:00.000Z", "2027-03-16T16:00:00.000Z", "CONFIRMED", 0),
            (
                "Annulé\u00a0: Travail en parcours",
                "2027-03-16T09:00:00.000Z",
                "2027-03-16T16:00:00.000Z",
                "CANCELLED",
                3,
            ),
            ("Travail en parcours", "2027-03-16", "2027-03-17", "CONFIRMED", 0),
        ], program
        assert [(one["title"], one["sequence"]) for one in own] == [("QGIS (Sprint 2027)", 1)], program
        assert own[0]["place"] == "salle Condorcet, Paris, 77 avenue de Ségur"


def test_hostile_titles_are_read_as_one_title_by_both_alike(node: str, tmp_path: Path) -> None:
    events = [
        replace(slot_event(EDITION, replace(SLOT, uid=str(number))), title=title)
        for number, title in enumerate(HOSTILE)
    ]
    found = read_by_both(node, tmp_path, calendar("Europe/Paris", *events))
    titles = {program: [one["title"] for one in found[program][0]] for program in PROGRAMS}
    assert [len(told) for told in titles.values()] == [len(HOSTILE)] * 2
    assert titles["ical.js"][:5] == titles["node-ical"][:5]
    assert titles["ical.js"][0] == "a\nSTATUS:CANCELLED\nb"
    assert titles["ical.js"][1:5] == list(HOSTILE[1:5])
    assert {one["status"] for program in PROGRAMS for one in found[program][0]} == {"CONFIRMED"}
