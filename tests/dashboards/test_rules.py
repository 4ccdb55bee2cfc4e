"""What is wrong with an edition, and how its tracks are narrowed and sorted: pure."""

from datetime import UTC, date, datetime

import pytest

from sprint import languages
from sprint.dashboards.rules.settling import FullDay, Silence, Trouble, to_settle, where_we_stand
from sprint.dashboards.rules.tracks import Column, Need, TrackLine, Wish, a_wish, fitting, track_line
from sprint.programme.queries import TrackCard
from sprint.programme.rules import Calendar
from sprint.programme.tables import Audience
from sprint.registrations.rules import Offer
from sprint.registrations.tables import Mode
from sprint.words import Moment

TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)
CALENDAR = Calendar("Europe/Paris", (TUESDAY, WEDNESDAY))


def a_line(
    name: str = "Keycloak", seats: int = 4, taken: int = 2, waiting: int = 0, mentors: int = 1, *, is_past: bool = False
) -> TrackLine:
    card = TrackCard(len(name), name.lower(), name, "Insee", "", Audience.OPEN, "fr", (), (), ())
    offers = [Offer(1, 1, TUESDAY, Mode.SITE, seats, taken)] if seats else []
    return track_line(card, offers, waiting, mentors, is_past=is_past)


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        (a_line(), ()),
        (a_line(taken=4, waiting=3), (Need.SEATS_FOR_WAITING,)),
        (a_line(seats=0, taken=0), (Need.SEATS,)),
        (a_line(mentors=0), (Need.MENTOR,)),
        (a_line(taken=1), (Need.HANDS,)),
        (a_line(taken=1, mentors=0), (Need.MENTOR, Need.HANDS)),
        (a_line(taken=1, mentors=0, waiting=1, is_past=True), ()),
    ],
)
def test_a_track_lacks_what_it_lacks_the_most_pressing_first(line: TrackLine, needs: tuple[Need, ...]) -> None:
    assert line.needs == needs
    assert line.remedy == (needs[0] if needs else None)


def test_nothing_is_wrong_with_an_edition_where_nothing_is() -> None:
    assert to_settle([a_line()], 0, None, 0, 0, []) == []
    assert to_settle([a_line(waiting=2, mentors=0, is_past=True)], 2, None, 0, 0, []) == []


def test_what_counts_nought_is_no_matter_and_the_most_pressing_comes_first() -> None:
    lines = [a_line("A", taken=4, waiting=3), a_line("B", mentors=0), a_line("C", mentors=0), a_line("D", mentors=0)]
    until = Moment(datetime(2027, 3, 13, 17, tzinfo=UTC), "Europe/Paris")
    matters = to_settle(lines, 3, Silence(5, until), 2, 4, [FullDay(TUESDAY, Mode.SITE)])
    assert [(matter.trouble, matter.number) for matter in matters] == [
        (Trouble.WAITING, 3),
        (Trouble.PRESENCE, 5),
        (Trouble.UNDELIVERED, 2),
        (Trouble.NO_MENTOR, 3),
        (Trouble.REVIEWS, 4),
        (Trouble.FULL_DAYS, 1),
    ]
    assert [languages.speak(matter.cause).replace("\xa0", " ") for matter in matters] == [
        "A",
        "Réponse attendue avant le samedi 13 mars 2027 à 18 h, heure de Paris",
        "Refusés à chaque tentative",
        "B, C et 1 autre",
        "Proposées, sans réponse encore",
        "mardi 16 mars sur place",
    ]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2027, 3, 9, 9, tzinfo=UTC), "mardi 9 mars 2027, le sprint commence dans 7 jours."),
        (datetime(2027, 3, 14, 23, 30, tzinfo=UTC), "lundi 15 mars 2027, le sprint commence demain."),
        (datetime(2027, 3, 16, 9, tzinfo=UTC), "mardi 16 mars 2027, jour 1 sur 2 du sprint."),
        (datetime(2027, 3, 17, 9, tzinfo=UTC), "mercredi 17 mars 2027, jour 2 sur 2 du sprint."),
        (datetime(2027, 3, 17, 23, 30, tzinfo=UTC), "Le sprint s’est terminé le mercredi 17 mars 2027."),
    ],
)
def test_the_headline_counts_days_where_the_edition_is(now: datetime, said: str) -> None:
    assert languages.speak(where_we_stand(CALENDAR, now)).replace("\xa0", " ") == said


def test_an_edition_without_days_says_so() -> None:
    said = where_we_stand(Calendar("Europe/Paris", ()), datetime(2027, 3, 9, 9, tzinfo=UTC))
    assert languages.speak(said) == "Les jours du sprint ne sont pas encore fixés."


LINES = [a_line("Onyxia", 4, 4, 2), a_line("Keycloak", 4, 1, 0, 3), a_line("élan", 0, 0), a_line("Decidim", 8, 4)]


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (Wish(), ["élan", "Keycloak", "Decidim", "Onyxia"]),
        (Wish(column=Column.NAME), ["Decidim", "Keycloak", "Onyxia", "élan"]),
        (Wish(column=Column.NAME, is_descending=True), ["élan", "Onyxia", "Keycloak", "Decidim"]),
        (Wish(word="KEY"), ["Keycloak"]),
        (Wish(word="insee"), ["élan", "Keycloak", "Decidim", "Onyxia"]),
        (Wish(only="regler"), ["élan", "Keycloak", "Onyxia"]),
        (Wish(only="bras"), ["Keycloak"]),
        (Wish(column=Column.SEATS, is_descending=True), ["Onyxia", "Decidim", "Keycloak", "élan"]),
        (Wish(column=Column.WAITING, is_descending=True), ["Onyxia", "Decidim", "Keycloak", "élan"]),
        (Wish(column=Column.MENTORS), ["Decidim", "Onyxia", "élan", "Keycloak"]),
    ],
)
def test_tracks_are_narrowed_and_sorted(wish: Wish, names: list[str]) -> None:
    assert [line.card.name for line in fitting(LINES, wish)] == names


def test_what_cannot_begin_stands_first_then_what_lacks_hands_most_then_by_name() -> None:
    lines = [
        a_line("Plein", 4, 4),
        a_line("Sans mentor", 4, 3, mentors=0),
        a_line("Moitié", 4, 2),
        a_line("Aussi", 4, 2),
        a_line("Vide", 4, 0),
    ]
    assert [line.card.name for line in fitting(lines, Wish())] == ["Sans mentor", "Vide", "Aussi", "Moitié", "Plein"]


def test_a_click_on_a_head_sorts_and_a_second_turns_round() -> None:
    once = Wish(word="a").sorted_by(Column.WAITING)
    assert once == Wish("a", "", Column.WAITING, True)
    assert once.sorted_by(Column.WAITING) == Wish("a", "", Column.WAITING, False)
    assert once.sorted_by(Column.NAME) == Wish("a", "", Column.NAME, False)
    assert once.question == (("mot", "a"), ("tri", "attente"), ("sens", "desc"))


def test_what_an_address_makes_up_is_as_if_it_were_not_there() -> None:
    assert a_wish("", "lune", "couleur", "vers le haut") == Wish()
    assert a_wish("x", "mentor", "places", "desc") == Wish("x", "mentor", Column.SEATS, True)
