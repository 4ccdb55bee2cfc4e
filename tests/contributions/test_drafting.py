"""What we propose from what was typed, and what only the person can tell."""

from datetime import UTC, date, datetime

import pytest

from sprint.contributions.drafting import Ground, TrackChoice, Typed, draft
from sprint.contributions.recognise import recognise
from sprint.contributions.rules import Employer
from sprint.contributions.tables import Kind
from sprint.languages import speak
from sprint.programme.rules import Calendar
from sprint.words import Words

CALENDAR = Calendar("Europe/Paris", (date(2027, 3, 16), date(2027, 3, 17)))
NOW = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)
"""Half past midnight on the 17th in Paris."""
QGIS, ONYXIA = TrackChoice(1, "qgis", "QGIS", 1, True), TrackChoice(2, "onyxia", "Onyxia", None, False)
DINUM = Employer(1, "DINUM", date(2026, 1, 1), None)
INSEE = Employer(2, "Insee", date(2027, 3, 17), None)
GROUND = Ground(CALENDAR, (QGIS, ONYXIA), (DINUM,))
PULL = "https://github.com/qgis/QGIS/pull/65218"


def test_a_link_alone_is_enough() -> None:
    found = draft(Typed(PULL), GROUND, NOW)
    assert isinstance(found.title, Words)
    assert speak(found.title) == "Demande de fusion nº 65218 de qgis/QGIS"
    assert (found.link, found.kind, found.track) == (recognise(PULL), Kind.CODE, "qgis")
    assert (found.done_on, found.credit) == (date(2027, 3, 17), "1")


def test_a_sentence_becomes_the_title_and_its_kind_is_the_persons_to_say() -> None:
    found = draft(Typed("J’ai animé la session d’accueil"), GROUND, NOW)
    assert (found.link, found.title, found.kind) == (None, "J’ai animé la session d’accueil", None)


def test_what_was_said_stands() -> None:
    said = Typed(PULL, "Relu", Kind.REVIEW, "onyxia", date(2027, 3, 1), "personnel")
    found = draft(said, GROUND, NOW)
    assert (found.title, found.kind, found.track) == ("Relu", Kind.REVIEW, "onyxia")
    assert (found.done_on, found.credit) == (date(2027, 3, 1), "personnel")


def test_the_track_of_the_repository_comes_before_ones_own() -> None:
    assert draft(Typed(PULL), Ground(CALENDAR, (QGIS, ONYXIA), (), "onyxia"), NOW).track == "onyxia"
    two = (QGIS, TrackChoice(2, "onyxia", "Onyxia", None, True))
    assert draft(Typed(PULL), Ground(CALENDAR, two, ()), NOW).track == ""


@pytest.mark.parametrize(
    ("employers", "credit"), [((), "personnel"), ((DINUM,), "1"), ((DINUM, DINUM), "1"), ((DINUM, INSEE), "")]
)
def test_the_only_administration_is_proposed_and_of_several_one_is_asked_for(
    employers: tuple[Employer, ...], credit: str
) -> None:
    assert draft(Typed("Relu"), Ground(CALENDAR, (), employers), NOW).credit == credit


def test_once_over_the_last_day_is_proposed() -> None:
    assert draft(Typed("Relu"), GROUND, datetime(2027, 3, 25, tzinfo=UTC)).done_on == date(2027, 3, 17)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "https://exemple.fr/page", "x" * 241])
def test_no_title_is_made_of_what_is_none(text: str) -> None:
    assert draft(Typed(text), GROUND, NOW).title == ""
