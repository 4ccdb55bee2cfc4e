"""The rules of registering, without a database: which reasons are given, where and in which order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from sprint.programme.rules import Calendar
from sprint.programme.tables import Audience
from sprint.refusal import Refusal
from sprint.registrations import rules
from sprint.registrations.rules import Applicant, Held, Offer, WantedDay
from sprint.registrations.tables import Mode, State
from sprint.words import say

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)
CALENDAR = Calendar("Europe/Paris", (TUESDAY, WEDNESDAY))
HERE, ELSEWHERE = 1, 2
DAY_IDS = {TUESDAY: 10, WEDNESDAY: 11}


def an_offer(
    *,
    seats: int = 1,
    taken: int = 0,
    day_seats: int | None = None,
    day_taken: int = 0,
    on: date = TUESDAY,
    mode: Mode = Mode.SITE,
) -> Offer:
    return Offer(HERE, DAY_IDS[on], on, mode, seats, taken, 0, day_seats, day_taken)


FREE, FULL = an_offer(), an_offer(taken=1)
FULL_DAY = an_offer(day_seats=5, day_taken=5)


def wanted(offer: Offer | None = FREE, on: date = TUESDAY, mode: Mode = Mode.SITE) -> WantedDay:
    return WantedDay(DAY_IDS[on], on, mode, offer)


def held(*, track: int = ELSEWHERE, on: date = TUESDAY, mode: Mode = Mode.SITE, state: State = State.CONFIRMED) -> Held:
    return Held(1, 1, track, "autre", "Autre", DAY_IDS[on], on, mode, state)


def somebody(*live: Held, is_public: bool = False) -> Applicant:
    return Applicant(is_public, live)


def codes(reasons: Sequence[Refusal]) -> list[tuple[str, str]]:
    return [(reason.code, reason.place) for reason in reasons]


def registering(
    who: Applicant,
    *days: WantedDay,
    calendar: Calendar = CALENDAR,
    audience: Audience = Audience.OPEN,
    now: datetime = NOW,
) -> list[tuple[str, str]]:
    return codes(rules.registering(calendar, audience, who, HERE, days, now))


def changing(
    who: Applicant, day: WantedDay, *, audience: Audience = Audience.OPEN, now: datetime = NOW
) -> list[tuple[str, str]]:
    return codes(rules.changing(CALENDAR, audience, who, HERE, day, now))


@pytest.mark.parametrize(
    ("offer", "track_free", "day_is_full", "free"),
    [
        (an_offer(seats=3, taken=1), 2, False, 2),
        (an_offer(seats=3, taken=1, day_seats=10, day_taken=9), 2, False, 1),
        (an_offer(seats=3, taken=1, day_seats=10, day_taken=10), 2, True, 0),
        (an_offer(seats=3, taken=3, day_seats=10, day_taken=3), 0, False, 0),
        (an_offer(seats=0, day_seats=0), 0, True, 0),
    ],
)
def test_free_seats_are_those_of_the_track_within_those_of_the_day(
    offer: Offer, track_free: int, day_is_full: bool, free: int
) -> None:
    assert (offer.track_free, offer.day_is_full, offer.free) == (track_free, day_is_full, free)


@pytest.mark.parametrize(
    ("offer", "seat", "is_free"),
    [
        (FREE, None, True),
        (FULL, None, False),
        (FULL_DAY, None, False),
        (FULL_DAY, held(), True),
        (FULL_DAY, held(mode=Mode.REMOTE), False),
        (FULL, held(), False),
    ],
)
def test_who_moves_within_a_day_and_mode_brings_the_day_seat_along(
    offer: Offer, seat: Held | None, is_free: bool
) -> None:
    assert rules.free_for(offer, seat) is is_free


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2027, 1, 9, 22, 59, 59, tzinfo=UTC), ["not_yet_open"]),
        (datetime(2027, 1, 9, 23, tzinfo=UTC), []),
        (datetime(2027, 3, 1, tzinfo=UTC), ["closed"]),
        (datetime(2027, 4, 1, tzinfo=UTC), ["closed"]),
    ],
)
def test_the_window_opens_and_closes_at_its_very_moments(now: datetime, code: list[str]) -> None:
    opens, closes = datetime(2027, 1, 9, 23, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
    calendar = Calendar("Europe/Paris", CALENDAR.days, opens, closes)
    assert [reason.code for reason in rules.window(calendar, now)] == code


def test_without_moments_registration_is_open_until_the_last_midnight_where_the_edition_is() -> None:
    assert rules.window(CALENDAR, datetime(2027, 3, 17, 22, 59, tzinfo=UTC)) == []
    assert codes(rules.window(CALENDAR, datetime(2027, 3, 17, 23, tzinfo=UTC))) == [("closed", "")]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("is_public", [True, False])
def test_only_a_track_for_agents_asks_for_an_affiliation(audience: Audience, is_public: bool) -> None:
    is_refused = audience == Audience.AGENTS and not is_public
    expected = ["not_public"] if is_refused else []
    assert [reason.code for reason in rules.eligibility(audience, somebody(is_public=is_public))] == expected


def test_one_may_register_or_wait_for_what_is_offered() -> None:
    assert registering(somebody(), wanted(FREE)) == []
    assert registering(somebody(), wanted(FULL)) == []
    assert registering(somebody(), wanted(FULL_DAY)) == []


def test_no_day_at_all_is_a_reason() -> None:
    assert registering(somebody()) == [("no_day", "jour")]


def test_a_seat_elsewhere_refuses_a_free_one_and_lets_wait_for_a_full_one() -> None:
    assert registering(somebody(held()), wanted(FREE)) == [("other_seat", "2027-03-16")]
    assert registering(somebody(held()), wanted(FULL)) == []
    assert registering(somebody(held()), wanted(FULL_DAY)) == [("other_seat", "2027-03-16")]
    assert registering(somebody(held(mode=Mode.REMOTE)), wanted(FULL_DAY)) == []
    assert registering(somebody(held(state=State.WAITING)), wanted(FREE)) == []
    assert registering(somebody(held(on=WEDNESDAY)), wanted(FREE)) == []


def test_one_registers_once_per_track_and_day_whatever_the_mode() -> None:
    sits, waits = held(track=HERE, mode=Mode.REMOTE), held(track=HERE, state=State.WAITING)
    assert registering(somebody(sits), wanted(FREE)) == [("already_registered", "2027-03-16")]
    assert registering(somebody(waits), wanted(FREE)) == [("already_waiting", "2027-03-16")]


def test_every_reason_of_every_day_is_given_in_order() -> None:
    tuesday_evening = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)
    closed = Calendar("Europe/Paris", CALENDAR.days, None, NOW)
    days = (wanted(FREE), wanted(None, WEDNESDAY, Mode.REMOTE))
    found = registering(somebody(), *days, calendar=closed, audience=Audience.AGENTS, now=tuesday_evening)
    assert found == [
        ("closed", ""),
        ("not_public", ""),
        ("day_over", "2027-03-16"),
        ("not_offered", "2027-03-17"),
    ]


def test_a_seat_is_changed_for_a_free_one() -> None:
    assert changing(somebody(held()), wanted(FREE)) == []
    assert changing(somebody(held()), wanted(FULL_DAY)) == []
    assert changing(somebody(held(track=HERE, mode=Mode.REMOTE)), wanted(FREE)) == []


def test_a_waiting_place_here_does_not_keep_one_from_changing_to_a_seat_that_is_free() -> None:
    waits = held(track=HERE, state=State.WAITING, mode=Mode.REMOTE)
    assert changing(somebody(held(), waits), wanted(FREE)) == []
    assert changing(somebody(held(), waits), wanted(FULL)) == [("already_waiting", "2027-03-16")]


@pytest.mark.parametrize(
    ("who", "day", "expected"),
    [
        (somebody(), wanted(FREE), ["no_seat"]),
        (somebody(held(state=State.WAITING)), wanted(FREE), ["no_seat"]),
        (somebody(held(on=WEDNESDAY)), wanted(FREE), ["no_seat"]),
        (somebody(held()), wanted(FULL), ["full"]),
        (somebody(held(mode=Mode.REMOTE)), wanted(FULL_DAY), ["full"]),
        (somebody(held(track=HERE)), wanted(FREE), ["already_registered"]),
        (somebody(held()), wanted(None), ["not_offered"]),
        (somebody(), wanted(None), ["not_offered", "no_seat"]),
    ],
)
def test_a_change_is_refused_with_its_reasons(who: Applicant, day: WantedDay, expected: list[str]) -> None:
    assert changing(who, day) == [(code, "2027-03-16") for code in expected]


def test_only_a_day_that_passed_cannot_be_cancelled() -> None:
    after_midnight_in_paris = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)
    days = [TUESDAY, WEDNESDAY]
    assert rules.cancelling(days, CALENDAR, NOW) == []
    assert codes(rules.cancelling(days, CALENDAR, after_midnight_in_paris)) == [("day_over", "2027-03-16")]


def test_seats_are_never_lowered_below_those_taken() -> None:
    what = say("Keycloak")
    assert rules.lowering(2, 2, what) == []
    assert codes(rules.lowering(1, 2, what, "here")) == [("seats_below_taken", "here")]


@pytest.mark.parametrize(("taken", "waiting", "is_refused"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_an_offer_goes_only_when_nobody_holds_or_awaits_it(taken: int, waiting: int, is_refused: bool) -> None:
    expected = [("offer_in_use", "here")] if is_refused else []
    assert codes(rules.withdrawing_offer(taken, waiting, say("Keycloak"), "here")) == expected
