"""What goes into which calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sprint.agenda.rules import (
    CalendarFile,
    DayRow,
    EditionRow,
    OwnDay,
    SlotRow,
    Status,
    agenda_events,
    as_they_stand,
    edition_events,
    opening_event,
    own_event,
    slot_event,
    track_events,
)
from sprint.registrations.tables import Mode, State

LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
LATER = LONG_AGO + timedelta(days=3)
PARIS = ZoneInfo("Europe/Paris")
FIRST, SECOND = date(2027, 3, 16), date(2027, 3, 17)

EDITION = EditionRow(
    id=1,
    uid="e" * 32,
    slug="sprint-2027",
    name="Sprint 2027",
    zone="Europe/Paris",
    place="Paris",
    address="77 avenue de Ségur",
    revision=0,
    changed_at=LONG_AGO,
)
DAYS = [DayRow("a" * 32, FIRST), DayRow("b" * 32, SECOND)]
SLOT = SlotRow(
    uid="5" * 32,
    revision=0,
    changed_at=LONG_AGO,
    cancelled_at=None,
    title="Travail en parcours",
    on=FIRST,
    starts=time(10),
    ends=time(17),
    room="salle Condorcet",
    day_place="",
    track_id=7,
    track_slug="qgis",
    track_name="QGIS",
)
OWN = OwnDay(
    id=1,
    uid="0" * 32,
    state=State.CONFIRMED,
    mode=Mode.SITE,
    queued_at=LONG_AGO,
    confirmed_at=LONG_AGO,
    ended_at=None,
    edition_id=1,
    on=FIRST,
    day_place="",
    track_id=7,
    track_slug="qgis",
    track_name="QGIS",
    join_url="https://visio.example/qgis",
    track_revision=0,
    track_changed_at=LONG_AGO,
)


def test_an_edition_is_one_all_day_event_that_ends_the_day_after() -> None:
    (event,) = edition_events(EDITION, DAYS)
    assert (event.starts, event.ends) == (FIRST, date(2027, 3, 18))
    assert (event.uid, event.title, event.place) == (EDITION.uid, "Sprint 2027", "Paris, 77 avenue de Ségur")


def test_days_that_do_not_follow_one_another_are_an_event_each() -> None:
    apart = [DAYS[0], DayRow("c" * 32, date(2027, 3, 30))]
    events = edition_events(EDITION, apart)
    assert [(event.uid, event.starts, event.ends) for event in events] == [
        ("a" * 32, FIRST, SECOND),
        ("c" * 32, date(2027, 3, 30), date(2027, 3, 31)),
    ]


def test_an_edition_without_days_has_no_event() -> None:
    assert edition_events(EDITION, []) == []


def test_a_slot_stands_at_its_hour_in_the_zone_of_the_edition() -> None:
    event = slot_event(EDITION, SLOT)
    assert (event.starts, event.ends) == (
        datetime(2027, 3, 16, 10, tzinfo=PARIS),
        datetime(2027, 3, 16, 17, tzinfo=PARIS),
    )
    assert event.place == "salle Condorcet, Paris, 77 avenue de Ségur"
    assert (event.path, event.text) == ("/sprint-2027/parcours/qgis", "QGIS")


def test_a_slot_without_end_has_none() -> None:
    assert slot_event(EDITION, replace(SLOT, ends=None)).ends is None


def test_a_slot_of_no_track_leads_to_the_agenda() -> None:
    event = slot_event(EDITION, replace(SLOT, track_id=None, track_slug=None, track_name=None))
    assert (event.path, event.text) == ("/sprint-2027/agenda", "")


def test_a_day_with_a_place_of_its_own_says_that_place() -> None:
    assert slot_event(EDITION, replace(SLOT, day_place="Lyon")).place == "salle Condorcet, Lyon, 77 avenue de Ségur"


def test_a_slot_without_hour_is_left_out_of_the_agenda_and_fills_its_day_in_its_tracks_calendar() -> None:
    vague = replace(SLOT, starts=None, ends=None)
    assert [event.uid for event in agenda_events(EDITION, DAYS, [SLOT, replace(vague, uid="6" * 32)])] == [
        EDITION.uid,
        SLOT.uid,
    ]
    (event,) = track_events(EDITION, DAYS, [vague])
    assert (event.starts, event.ends) == (FIRST, SECOND)


def test_a_track_without_slots_holds_the_days_of_its_edition() -> None:
    assert track_events(EDITION, DAYS, []) == edition_events(EDITION, DAYS)


def test_a_cancelled_slot_stays_and_says_so() -> None:
    events = agenda_events(EDITION, DAYS, [replace(SLOT, cancelled_at=LATER, revision=1)])
    assert [(event.status, event.sequence) for event in events] == [(Status.CONFIRMED, 0), (Status.CANCELLED, 1)]


def test_the_sequence_counts_what_moves_the_slot_and_what_moves_its_edition() -> None:
    event = slot_event(replace(EDITION, revision=2, changed_at=LATER), replace(SLOT, revision=3))
    assert (event.sequence, event.changed_at) == (5, LATER)


def test_the_opening_is_an_event_when_it_is_known() -> None:
    assert opening_event(EDITION, "Ouverture") is None
    event = opening_event(replace(EDITION, opens_at=datetime(2027, 1, 12, 9, tzinfo=UTC)), "Ouverture")
    assert event is not None
    assert (event.starts, event.ends) == (datetime(2027, 1, 12, 10, tzinfo=PARIS), None)
    assert event.uid != EDITION.uid


# --- one's own days


def test_my_day_goes_from_the_first_to_the_last_hour_of_my_track() -> None:
    morning = replace(SLOT, starts=time(9, 30), ends=time(12), room="hall")
    elsewhere = replace(SLOT, starts=time(8), track_id=8)
    other_day = replace(SLOT, starts=time(7), on=SECOND)
    event = own_event(EDITION, OWN, [morning, SLOT, elsewhere, other_day])
    assert (event.starts, event.ends) == (
        datetime(2027, 3, 16, 9, 30, tzinfo=PARIS),
        datetime(2027, 3, 16, 17, tzinfo=PARIS),
    )
    assert (event.title, event.place) == ("QGIS (Sprint 2027)", "hall, salle Condorcet, Paris, 77 avenue de Ségur")
    assert (event.uid, event.status, event.is_private) == (OWN.uid, Status.CONFIRMED, True)


def test_my_day_has_no_end_when_what_starts_last_has_none() -> None:
    open_ended = replace(SLOT, starts=time(17, 30), ends=None)
    assert own_event(EDITION, OWN, [SLOT, open_ended]).ends is None


def test_my_day_without_hours_is_a_whole_day() -> None:
    event = own_event(EDITION, OWN, [])
    assert (event.starts, event.ends) == (FIRST, SECOND)


def test_waiting_is_tentative_and_giving_up_cancels() -> None:
    waiting = replace(OWN, state=State.WAITING, confirmed_at=None)
    ended = replace(OWN, ended_at=LATER)
    assert [own_event(EDITION, day, [SLOT]).status for day in (waiting, OWN, ended)] == [
        Status.TENTATIVE,
        Status.CONFIRMED,
        Status.CANCELLED,
    ]


def test_the_sequence_of_my_day_grows_with_each_step_and_with_what_moves_the_track() -> None:
    waiting = replace(OWN, state=State.WAITING, confirmed_at=None)
    sequences = [
        own_event(EDITION, day, [SLOT]).sequence
        for day in (
            waiting,
            OWN,
            replace(OWN, track_revision=1),
            replace(OWN, track_revision=1, ended_at=LATER),
        )
    ]
    assert sequences == sorted(set(sequences))
    assert own_event(replace(EDITION, revision=4), OWN, [SLOT]).sequence == own_event(EDITION, OWN, [SLOT]).sequence + 4


def test_my_day_changes_when_my_place_or_the_track_does() -> None:
    assert own_event(EDITION, OWN, [SLOT]).changed_at == LONG_AGO
    assert own_event(EDITION, replace(OWN, ended_at=LATER), [SLOT]).changed_at == LATER
    assert own_event(EDITION, replace(OWN, track_changed_at=LATER), [SLOT]).changed_at == LATER


def test_my_day_is_cancelled_when_nothing_of_it_takes_place() -> None:
    gone = replace(SLOT, cancelled_at=LATER)
    assert own_event(EDITION, OWN, [gone]).status == Status.CANCELLED
    assert own_event(EDITION, OWN, [gone, SLOT]).status == Status.CONFIRMED


def test_only_a_confirmed_day_tells_where_the_track_meets_online() -> None:
    waiting = replace(OWN, state=State.WAITING, confirmed_at=None)
    days = (OWN, waiting, replace(OWN, ended_at=LATER))
    assert [own_event(EDITION, day, [SLOT]).join_url for day in days] == ["https://visio.example/qgis", "", ""]


def test_at_a_distance_there_is_no_room() -> None:
    event = own_event(EDITION, replace(OWN, mode=Mode.REMOTE), [SLOT])
    assert (event.place, event.is_remote) == ("", True)


def test_a_day_given_up_and_taken_again_is_told_once() -> None:
    first, again = replace(OWN, ended_at=LONG_AGO), replace(OWN, id=2, uid="2" * 32)
    other = replace(OWN, id=3, track_id=8, ended_at=LATER)
    older = replace(OWN, id=4, track_id=8, ended_at=LONG_AGO)
    stand = as_they_stand([first, again, replace(older, id=0), other])
    assert stand == [again, other]
    assert as_they_stand([again, replace(first, id=9)]) == [again]


def test_days_are_told_in_order() -> None:
    assert as_they_stand([replace(OWN, id=5, on=SECOND), OWN]) == [OWN, replace(OWN, id=5, on=SECOND)]


def test_a_calendar_changed_when_its_latest_event_did() -> None:
    events = (slot_event(EDITION, SLOT), slot_event(EDITION, replace(SLOT, changed_at=LATER)))
    assert CalendarFile("x", "Europe/Paris", "/", events).changed_at == LATER
    assert CalendarFile("x", "Europe/Paris", "/", ()).changed_at is None
