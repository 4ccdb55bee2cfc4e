"""When one may ask to be told, how long a link confirms, who gets which letter. No database."""

from datetime import timedelta

import pytest

from sprint.alerts.rules import Opening, Waiting, asking, confirming, is_meant, one_each, proving
from sprint.programme.rules import Phase
from tests.makers import NOW


@pytest.mark.parametrize(
    ("phase", "codes"),
    [
        (None, []),
        (Phase.ANNOUNCED, []),
        (Phase.DRAFT, ["draft"]),
        (Phase.OPEN, ["open"]),
        (Phase.CLOSED, ["missed"]),
        (Phase.RUNNING, ["missed"]),
        (Phase.PAST, ["missed"]),
        (Phase.ARCHIVED, ["missed"]),
    ],
)
def test_one_asks_for_what_is_announced_and_not_open_or_for_the_next(phase: Phase | None, codes: list[str]) -> None:
    assert [reason.code for reason in asking(phase)] == codes


def test_whoever_names_no_edition_means_the_current_one_until_it_has_closed() -> None:
    assert [phase for phase in Phase if is_meant(phase)] == [Phase.ANNOUNCED, Phase.OPEN]


def test_a_link_confirms_for_forty_eight_hours() -> None:
    last = NOW - timedelta(hours=48) + timedelta(seconds=1)
    assert [[one.code for one in confirming(at, NOW)] for at in (NOW, last, last - timedelta(seconds=1), None)] == [
        [],
        [],
        ["lapsed"],
        ["lapsed"],
    ]


def test_one_click_wants_a_proven_address() -> None:
    said = [proving(email, is_verified=proven) for email, proven in (("a@b.fr", True), ("a@b.fr", False), (None, True))]
    assert [[one.code for one in reasons] for reasons in said] == [[], ["unproven"], ["unproven"]]


def test_a_reader_gets_one_letter_through_the_alert_of_the_edition_itself() -> None:
    waiting = [
        Waiting(1, "ada@example.org", None, None),
        Waiting(2, "ada@example.org", None, 7),
        Waiting(3, "old@example.org", 5, None),
        Waiting(4, "new@example.org", 5, 7),
        Waiting(6, "eve@example.org", None, None),
    ]
    assert sorted(one_each(waiting)) == [2, 4, 6]


def test_the_key_of_a_job_says_which_opening_it_tells() -> None:
    opening = Opening(10**18 - 1, 10**9, "f" * 32)
    assert Opening.of(opening.key) == opening
    assert len(opening.key) <= 80
