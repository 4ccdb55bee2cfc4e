"""My sprint as a line of time: what is told first, and what follows."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from sprint.languages import shown, speak
from sprint.programme.queries import DayOf, EditionView, SlotLine
from sprint.programme.rules import Calendar
from sprint.programme.tables import SlotKind
from sprint.registrations.queries import QueuePlace
from sprint.registrations.rules import Held
from sprint.registrations.tables import Mode, State
from sprint.site.rules.timeline import Box, Mine, Timeline, timeline

FIRST, SECOND = date(2027, 3, 16), date(2027, 3, 17)
EDITION = EditionView(
    1,
    "sprint-2027",
    "Sprint 2027",
    "Paris",
    "",
    (DayOf(1, FIRST, ""), DayOf(2, SECOND, "")),
    Calendar("Europe/Paris", (FIRST, SECOND)),
)
SEAT = Held(1, 1, 7, "qgis", "QGIS", 1, FIRST, Mode.SITE, State.CONFIRMED)
SLOT = SlotLine(
    id=1,
    on=FIRST,
    title="Ouverture",
    kind=SlotKind.PLENARY,
    starts=time(9, 30),
    ends=time(10),
    block="",
    room="auditorium",
    track_id=None,
    track_slug=None,
    track_name=None,
    cancelled_at=None,
    edition_id=1,
)
COFFEE = replace(SLOT, id=2, title="Café", kind=SlotKind.BREAK, starts=time(9), ends=time(9, 30), room="hall")
WORK = replace(
    SLOT,
    id=3,
    title="Travail",
    kind=SlotKind.WORKSHOP,
    starts=time(10),
    ends=time(17),
    room="salle Condorcet",
    track_id=7,
    track_slug="qgis",
    track_name="QGIS",
)
LUNCH = replace(COFFEE, id=4, title="Déjeuner", starts=time(12, 30), ends=time(13, 45))
SLOTS = (COFFEE, SLOT, WORK, LUNCH)


def at(hour: int, minute: int = 0, day: int = 16) -> datetime:
    """An hour in Paris in March 2027."""
    return datetime(2027, 3, day, hour - 1, minute, tzinfo=UTC)


def told(now: datetime, *held: Held, slots: tuple[SlotLine, ...] = SLOTS) -> Timeline:
    return timeline([EDITION], Mine(held or (SEAT,), {}, slots, {7: "https://visio.example/qgis"}), now)


@pytest.mark.parametrize(
    ("now", "badge", "title", "then"),
    [
        (at(8, day=2), "Dans 14 jours", "Café", "Ouverture"),
        (at(20, day=15), "Demain", "Café", "Ouverture"),
        (at(7), "Dans 2 heures", "Café", "Ouverture"),
        (at(8, 59), "Dans 1 minute", "Café", "Ouverture"),
        (at(9, 12), "Dans 18 minutes", "Ouverture", "Travail"),
        (at(9, 40), "Dans 20 minutes", "Travail", "Déjeuner"),
        (at(11), "En ce moment", "Travail", "Déjeuner"),
        (at(12, 10), "Dans 20 minutes", "Déjeuner", None),
        (at(13), "En ce moment", "Travail", None),
        (at(16, 59), "En ce moment", "Travail", None),
    ],
)
def test_the_box_tells_what_is_on_or_comes_next(now: datetime, badge: str, title: str, then: str | None) -> None:
    found = told(now)
    assert found.next is not None
    shown_badge = speak(found.next.badge).replace("\u00a0", " ")
    after = found.next.then.title if found.next.then else None
    assert (found.box, shown_badge, found.next.item.title, after) == (Box.NEXT, badge, title, then)


def test_what_follows_stands_day_by_day_without_what_the_box_tells() -> None:
    second = replace(SEAT, registration_id=2, day_id=2, on=SECOND)
    slots = (*SLOTS, replace(WORK, id=5, on=SECOND))
    found = told(at(9, 12), SEAT, second, slots=slots)
    assert [(shown(one.heading), [item.title for item in one.items]) for one in found.stretches] == [
        ("Ensuite, aujourd’hui", ["Travail", "Déjeuner"]),
        ("Demain, mercredi 17\u00a0mars", ["Travail"]),
    ]


def test_a_day_that_is_over_today_leaves_the_next_one() -> None:
    second = replace(SEAT, registration_id=2, day_id=2, on=SECOND)
    found = told(at(18), SEAT, second)
    assert found.next is not None
    assert (found.next.item.title, found.next.item.on, found.next.is_today) == ("QGIS", SECOND, False)


def test_a_track_without_hours_fills_its_day_after_what_has_hours() -> None:
    vague = replace(WORK, starts=None, ends=None)
    found = told(at(8), slots=(SLOT, vague))
    assert found.next is not None
    assert found.next.item.title == "Ouverture"
    later = told(at(11), slots=(SLOT, vague))
    assert later.next is not None
    assert (later.next.item.title, speak(later.next.badge)) == ("Travail", "Aujourd’hui")


def test_common_slots_without_hour_are_left_to_the_agenda() -> None:
    found = told(at(8), slots=(replace(SLOT, starts=None, ends=None), WORK))
    assert found.next is not None
    assert (found.next.item.title, found.stretches) == ("Travail", ())


def test_at_a_distance_no_room_is_named() -> None:
    found = told(at(9, 50), replace(SEAT, mode=Mode.REMOTE))
    assert found.next is not None
    assert (found.next.item.title, found.next.item.room) == ("Travail", "")
    assert found.next.item.note is not None
    assert speak(found.next.item.note) == "à distance"


def test_the_join_link_goes_with_a_seat() -> None:
    found = told(at(9, 12))
    assert found.next is not None
    assert found.next.item.join_url == "https://visio.example/qgis"
    waiting = told(at(9, 12), replace(SEAT, state=State.WAITING))
    assert waiting.waiting is not None
    assert waiting.waiting.join_url == ""


def test_who_only_waits_is_told_so_with_their_place() -> None:
    waits = replace(SEAT, state=State.WAITING)
    mine = Mine((waits,), {1: QueuePlace(1, 2, 4)}, SLOTS, {})
    found = timeline([EDITION], mine, at(8))
    assert found.box == Box.WAITING
    assert found.waiting is not None
    assert found.waiting.note is not None
    assert (found.waiting.title, speak(found.waiting.note)) == ("QGIS", "en attente, 2 sur 4")


def test_a_seat_comes_before_a_place_in_a_queue_of_the_same_day() -> None:
    waits = replace(SEAT, registration_id=2, track_id=8, track_slug="glpi", track_name="GLPI", state=State.WAITING)
    found = told(at(8), SEAT, waits)
    assert found.box == Box.NEXT
    assert "GLPI" in [item.title for item in found.stretches[0].items]


def test_an_edition_that_is_over_is_told_for_two_weeks() -> None:
    over = EDITION.calendar.ends_at
    assert (told(over).box, told(over).over) == (Box.OVER, "Sprint 2027")
    assert told(over + timedelta(days=14)).box == Box.NOTHING


def test_who_only_waited_is_not_thanked_for_coming() -> None:
    assert told(EDITION.calendar.ends_at, replace(SEAT, state=State.WAITING)).box == Box.NOTHING


def test_without_registrations_there_is_nothing() -> None:
    assert timeline([EDITION], Mine((), {}, SLOTS, {}), at(8)) == Timeline(Box.NOTHING)
