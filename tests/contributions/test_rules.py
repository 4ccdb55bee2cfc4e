"""Who may log, correct, withdraw, accept or send back: every reason, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sprint.contributions import rules
from sprint.contributions.rules import Case, Employer, hide_few
from sprint.contributions.tables import Kind, State
from sprint.people.rules import HeldRight, Member
from sprint.people.tables import Right, Scope
from sprint.programme.rules import Calendar

TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)
OPENS = datetime(2027, 1, 12, 9, tzinfo=UTC)
CALENDAR = Calendar("Europe/Paris", (TUESDAY, WEDNESDAY), opens_at=OPENS)
DURING = datetime(2027, 3, 16, 12, tzinfo=UTC)
MIDNIGHT = datetime(2027, 3, 17, 23, tzinfo=UTC)
"""The end of the last day in Paris."""
GRACE_OVER = datetime(2027, 3, 31, 22, tzinfo=UTC)
"""Fourteen days later in Paris, where summer time has begun."""
DINUM = Employer(1, "DINUM", date(2026, 1, 1), WEDNESDAY)
CASE = Case(7, "Guide", 1, 2, State.PROPOSED, is_late=False, was_answered=False, author_ids=(3,))
MENTOR = Member(4, "Barbara", "fr", (HeldRight(Right.MENTOR, Scope.TRACK, 2),))
ORGANISER = Member(5, "Claude", "fr", (HeldRight(Right.ORGANISER, Scope.EDITION, 1),))


def codes(reasons: list) -> list[str]:  # type: ignore[type-arg]
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("now", "reasons"),
    [
        (OPENS - timedelta(seconds=1), ["not_yet_open"]),
        (OPENS, []),
        (MIDNIGHT, []),
        (GRACE_OVER - timedelta(seconds=1), []),
        (GRACE_OVER, ["closed"]),
    ],
)
def test_contributions_are_taken_from_the_opening_until_fourteen_days_after(now: datetime, reasons: list[str]) -> None:
    assert codes(rules.window(CALENDAR, now)) == reasons
    assert rules.takes_contributions(CALENDAR, now) is not bool(reasons)


def test_an_edition_without_days_takes_none() -> None:
    assert codes(rules.window(Calendar("Europe/Paris", ()), DURING)) == ["no_days"]


def test_what_is_logged_after_the_last_day_is_late() -> None:
    assert not rules.is_late(MIDNIGHT - timedelta(seconds=1), CALENDAR)
    assert rules.is_late(MIDNIGHT, CALENDAR)


def test_logging_gives_every_reason_at_once() -> None:
    reasons = rules.logging(CALENDAR, date(2028, 1, 1), 9, [DINUM], rules.MOST_WAITING, GRACE_OVER)
    assert codes(reasons) == ["closed", "not_done_yet", "not_employed", "too_many"]
    assert rules.logging(CALENDAR, TUESDAY, 1, [DINUM], 0, DURING) == []


@pytest.mark.parametrize(
    ("on", "reasons"),
    [
        (TUESDAY, []),
        (WEDNESDAY, ["not_done_yet"]),
        (TUESDAY - timedelta(days=365), []),
        (TUESDAY - timedelta(days=366), ["too_old"]),
    ],
)
def test_work_is_dated_within_the_year_before_and_never_ahead(on: date, reasons: list[str]) -> None:
    assert codes(rules.dated(on, CALENDAR, DURING)) == reasons


@pytest.mark.parametrize(
    ("organisation", "on", "reasons"),
    [
        (None, TUESDAY, []),
        (1, WEDNESDAY, []),
        (1, WEDNESDAY + timedelta(days=1), ["not_employed"]),
        (2, TUESDAY, ["not_employed"]),
    ],
)
def test_one_credits_an_administration_of_that_day_or_nobody(
    organisation: int | None, on: date, reasons: list[str]
) -> None:
    assert codes(rules.credited(organisation, [DINUM], on)) == reasons


def test_a_link_already_noted_is_refused_once_and_names_nobody() -> None:
    (reason,) = rules.already_noted(["a", "b"], Kind.CODE)
    assert (reason.code, reason.place) == ("already_noted", "url")
    assert list(reason.words.values) == ["kind"]
    assert rules.already_noted([], Kind.CODE) == []


@pytest.mark.parametrize(
    ("state", "was_answered", "corrects", "answers", "withdraws"),
    [
        (State.PROPOSED, False, [], ["is_proposed"], []),
        (State.PROPOSED, True, [], ["is_proposed"], []),
        (State.SENT_BACK, False, ["is_sent_back"], [], []),
        (State.SENT_BACK, True, ["is_sent_back"], ["answered"], []),
        (State.ACCEPTED, False, ["is_accepted"], ["is_accepted"], []),
        (State.WITHDRAWN, False, ["is_withdrawn"], ["is_withdrawn"], ["is_withdrawn"]),
    ],
)
def test_what_an_author_may_do_in_each_state(
    state: State, was_answered: bool, corrects: list[str], answers: list[str], withdraws: list[str]
) -> None:
    case = replace(CASE, state=state, was_answered=was_answered)
    assert codes(rules.correcting(case)) == corrects
    assert codes(rules.answering(case)) == answers
    assert codes(rules.withdrawing(case)) == withdraws


def test_an_accepted_contribution_of_several_is_not_withdrawn_by_one() -> None:
    together = replace(CASE, author_ids=(3, 6))
    assert codes(rules.withdrawing(replace(together, state=State.ACCEPTED))) == ["shared"]
    assert rules.withdrawing(together) == []


def test_a_mentor_decides_for_their_track_and_an_organiser_for_the_edition() -> None:
    elsewhere = replace(CASE, track_id=9)
    assert [rules.reviews(MENTOR, CASE), rules.reviews(MENTOR, elsewhere)] == [True, False]
    assert not rules.reviews(MENTOR, replace(CASE, track_id=None))
    assert [rules.reviews(ORGANISER, one) for one in (CASE, elsewhere, replace(CASE, edition_id=8))] == [
        True,
        True,
        False,
    ]
    assert rules.deciding(CASE, MENTOR) == rules.deciding(CASE, ORGANISER) == []


def test_nobody_decides_on_their_own_and_a_late_one_is_for_organisers() -> None:
    own = replace(CASE, author_ids=(3, 4, 5), is_late=True, state=State.ACCEPTED)
    assert codes(rules.deciding(own, MENTOR)) == ["is_accepted", "own", "late"]
    assert codes(rules.deciding(own, ORGANISER)) == ["is_accepted", "own"]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 4, "b": 9, "c": 7}, {"a": None, "b": 9, "c": None}),
        ({"a": 4, "b": 1, "c": 7}, {"a": None, "b": None, "c": 7}),
        ({"a": 1, "b": 1, "c": 7, "d": 9}, {"a": None, "b": None, "c": None, "d": 9}),
        ({"a": 4, "b": 0}, {"a": None, "b": 0}),
        ({}, {}),
    ],
)
def test_few_people_are_hidden_until_those_hidden_are_many_together(
    people: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert hide_few(people) == shown


def test_all_fourteen_kinds_and_all_states_have_words() -> None:
    assert (len(rules.KINDS), list(rules.KINDS)) == (14, list(Kind))
    assert list(rules.STATES) == list(State)


def test_lists_are_sorted_as_french_does() -> None:
    words = ["Zoé", "Écrire", "été", "Direction", "Département", "eau"]
    assert sorted(words, key=rules.sorting_key) == ["Département", "Direction", "eau", "Écrire", "été", "Zoé"]
