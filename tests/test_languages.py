"""French first, with its spaces, its plurals and its dates; English complete."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest

from sprint import languages
from sprint.languages import (
    HARD,
    NARROW,
    current,
    day,
    enumeration,
    gettext,
    hour,
    hours,
    moment,
    ngettext,
    short_day,
    speak,
    typeset,
    using,
)
from sprint.words import Moment, say, say_count

FIRST, LAST = date(2027, 4, 1), date(2026, 11, 24)


@pytest.fixture
def english() -> Iterator[None]:
    with using("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Est-ce vrai ?", f"Est-ce vrai{NARROW}?"),
        ("Oui ! Non ; peut-être", f"Oui{NARROW}! Non{NARROW}; peut-être"),
        ("Édition : 2027", f"Édition{HARD}: 2027"),
        ("« libre »", f"«{HARD}libre{HARD}»"),
        ("9 h 30", f"9{HARD}h{HARD}30"),
        ("12 / 40", f"12{HARD}/{HARD}40"),
        ("3 places", f"3{HARD}places"),
        ("%(num)s places, %(number)s personnes", f"%(num)s{HARD}places, %(number)s{HARD}personnes"),
        ("https://code.gouv.fr/a?b", "https://code.gouv.fr/a?b"),
        ("sans rien", "sans rien"),
    ],
)
def test_spaces_that_must_not_break_do_not(typed: str, set_: str) -> None:
    assert typeset(typed) == set_


def test_setting_twice_changes_nothing_more() -> None:
    once = typeset("« Est-ce vrai : 3 places ? »")
    assert typeset(once) == once


def test_english_keeps_its_spaces() -> None:
    assert typeset("Why : 3 places ?", "en") == "Why : 3 places ?"


@pytest.mark.parametrize(("number", "said"), [(0, "place"), (1, "place"), (2, "places"), (-1, "place"), (21, "places")])
def test_in_french_nought_is_singular(number: int, said: str) -> None:
    assert ngettext("place", "places", number) == said


def test_a_count_shows_its_number() -> None:
    assert speak(say_count("%(number)s place libre", "%(number)s places libres", 3)) == f"3{HARD}places libres"


def test_values_are_dressed_as_people_read_them() -> None:
    closes = Moment(datetime(2027, 1, 12, 9, tzinfo=UTC), "Europe/Paris")
    said = speak(
        say(
            "%(who)s : %(days)s, avant le %(closes)s (%(why)s)",
            who="Ada",
            days=(FIRST, LAST),
            closes=closes,
            why=say("essai"),
        )
    )
    assert said.replace(HARD, " ") == (
        "Ada : jeudi 1er avril 2027 et mardi 24 novembre 2026, avant le mardi 12 janvier 2027 à 10 h, heure de Paris (essai)"
    )


def test_per_cent_signs_in_values_are_left_alone() -> None:
    assert speak(say("Parcours %(name)s", name="100 %(x)s %s")) == "Parcours 100 %(x)s %s"


@pytest.mark.parametrize(
    ("parts", "read"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_an_enumeration_ends_in_and(parts: list[str], read: str) -> None:
    assert enumeration(parts) == read


def test_the_first_of_a_month_is_ordinal_in_french() -> None:
    assert day(FIRST).replace(HARD, " ") == "jeudi 1er avril 2027"
    assert day(LAST).replace(HARD, " ") == "mardi 24 novembre 2026"
    assert day(date(2027, 3, 21)).replace(HARD, " ") == "dimanche 21 mars 2027"
    assert short_day(FIRST).replace(HARD, " ") == "1er avril"


def test_hours_are_french() -> None:
    assert (hour(time(9, 30)), hour(time(10)), hour(time(0))) == (f"9{HARD}h{HARD}30", f"10{HARD}h", f"0{HARD}h")
    assert hours(time(9), time(17, 30)).replace(HARD, " ") == "9 h – 17 h 30"
    assert hours(time(9), None) == f"9{HARD}h"


def test_a_moment_names_its_zone_and_is_told_there() -> None:
    """22:30 in London in summer is the next day in Paris."""
    told = moment(datetime(2027, 6, 30, 22, 30, tzinfo=UTC), "Europe/Paris").replace(HARD, " ")
    assert told == "jeudi 1er juillet 2027 à 0 h 30, heure de Paris"


def test_english_dates_hours_and_lists(english: None) -> None:
    assert (day(FIRST), hour(time(9, 30)), enumeration(["a", "b"])) == ("Thursday 1 April 2027", "9:30", "a and b")


def test_in_english_nought_is_plural(english: None) -> None:
    assert ngettext("%(num)s ligne inconnue de tous", "%(num)s lignes", 1) == "%(num)s ligne inconnue de tous"
    assert speak(say("Page non trouvée")) == "Page not found"


def test_a_language_lasts_as_long_as_its_block() -> None:
    with using("en"), using("fr"):
        assert current() == "fr"
    assert current() == "fr"


def test_an_unknown_message_is_said_as_it_is(english: None) -> None:
    assert gettext("Une phrase que personne n’a traduite") == "Une phrase que personne n’a traduite"


def test_french_needs_no_catalogue() -> None:
    assert languages.catalogue("fr").ugettext("x") == "x"
