"""What a letter says, from plain rows."""

from datetime import date

import pytest

from sprint import languages
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.letters import Happened, letter_about
from sprint.registrations.tables import Mode
from sprint.words import Words

FIRST, SECOND = date(2027, 3, 16), date(2027, 3, 17)
CONFIRMED, WAITING, PROMOTED = RegistrationFact.CONFIRMED, RegistrationFact.WAITING, RegistrationFact.PROMOTED
CANCELLED, LEFT_QUEUE, MOVED = RegistrationFact.CANCELLED, RegistrationFact.LEFT_QUEUE, RegistrationFact.MOVED


def a_fact(
    kind: RegistrationFact,
    on: date = FIRST,
    track: str = "Keycloak",
    *,
    mode: Mode = Mode.SITE,
    place: str = "Paris",
    by_team: bool = False,
) -> Happened:
    return Happened(kind, track, f"/sprint-2027/parcours/{track.lower()}", on, mode, place, by_team)


def read(words: Words) -> str:
    """In French, with the spaces one types."""
    return languages.speak(words).replace(languages.HARD, " ").replace(languages.NARROW, " ")


def items(*happened: Happened) -> list[str]:
    letter = letter_about("Sprint 2027", happened)
    return [read(item) for item in letter.items] if letter else []


@pytest.mark.parametrize(
    ("kind", "purpose", "subject", "opening"),
    [
        (
            CONFIRMED,
            "registered",
            "Inscription confirmée : Keycloak",
            "Réservez **mardi 16 mars 2027** : votre place dans **Keycloak** est confirmée.",
        ),
        (
            WAITING,
            "waiting",
            "Liste d’attente : Keycloak",
            "Vous n’avez rien à faire : vous attendez une place dans **Keycloak**, **mardi 16 mars 2027**.",
        ),
        (
            PROMOTED,
            "promoted",
            "Une place pour vous : Keycloak",
            "Réservez **mardi 16 mars 2027** : une place s’est libérée dans **Keycloak**, elle est à vous.",
        ),
        (
            CANCELLED,
            "cancelled",
            "Désistement enregistré : Keycloak",
            "Vous n’avez plus rien à faire : on ne vous attend plus dans **Keycloak**, **mardi 16 mars 2027**.",
        ),
        (
            LEFT_QUEUE,
            "cancelled",
            "Liste d’attente quittée : Keycloak",
            "Vous n’avez plus rien à faire : vous n’attendez plus de place dans **Keycloak**, **mardi 16 mars 2027**.",
        ),
    ],
)
def test_the_subject_says_what_changed_and_the_first_line_what_to_do(
    kind: RegistrationFact, purpose: str, subject: str, opening: str
) -> None:
    letter = letter_about("Sprint 2027", [a_fact(kind)])
    assert letter is not None
    assert (letter.purpose, read(letter.subject), read(letter.opening)) == (purpose, subject, opening)
    assert letter.action.path == "/sprint-2027/parcours/keycloak"


def test_two_days_are_one_letter_that_lists_what_is_confirmed_and_what_waits() -> None:
    letter = letter_about("Sprint 2027", [a_fact(WAITING, SECOND, mode=Mode.REMOTE), a_fact(CONFIRMED)])
    assert letter is not None
    assert letter.purpose == "registered"
    assert [read(item) for item in letter.items] == [
        "mardi 16 mars 2027, sur place (Paris) : place confirmée dans Keycloak",
        "mercredi 17 mars 2027, à distance : en liste d’attente pour Keycloak",
    ]
    assert len(letter.notes) == 2


def test_the_first_line_names_both_days_when_both_are_confirmed() -> None:
    letter = letter_about("Sprint 2027", [a_fact(CONFIRMED), a_fact(CONFIRMED, SECOND)])
    assert letter is not None
    assert read(letter.opening).startswith("Réservez **mardi 16 mars 2027 et mercredi 17 mars 2027** :")


def test_a_change_of_track_says_what_it_replaces() -> None:
    assert items(a_fact(MOVED, track="Onyxia"), a_fact(CONFIRMED)) == [
        "mardi 16 mars 2027, sur place (Paris) : place confirmée dans Keycloak, à la place de Onyxia"
    ]


def test_a_change_of_mode_says_both() -> None:
    assert items(a_fact(MOVED), a_fact(CONFIRMED, mode=Mode.REMOTE)) == [
        "mardi 16 mars 2027, à distance au lieu de sur place : place confirmée dans Keycloak"
    ]


def test_somebody_moved_twice_in_one_act_reads_only_where_they_ended() -> None:
    steps = [
        a_fact(MOVED, track="A"),
        a_fact(PROMOTED, track="B"),
        a_fact(MOVED, track="B"),
        a_fact(PROMOTED, track="C"),
    ]
    assert items(*steps) == ["mardi 16 mars 2027, sur place (Paris) : place confirmée dans C, à la place de A"]


def test_leaving_one_seat_and_winning_another_is_one_letter_about_the_seat_won() -> None:
    letter = letter_about("Sprint 2027", [a_fact(CANCELLED), a_fact(PROMOTED, track="Onyxia")])
    assert letter is not None
    assert letter.purpose == "promoted"
    assert [read(item) for item in letter.items] == [
        "mardi 16 mars 2027, sur place (Paris) : place rendue dans Keycloak",
        "mardi 16 mars 2027, sur place (Paris) : place confirmée dans Onyxia",
    ]


def test_several_tracks_lead_to_the_page_of_ones_own_registrations() -> None:
    letter = letter_about("Sprint 2027", [a_fact(PROMOTED), a_fact(PROMOTED, SECOND, "Onyxia")])
    assert letter is not None
    assert (read(letter.subject), letter.action.path) == ("Une place pour vous : Keycloak et Onyxia", "/moi")


def test_what_the_team_did_is_not_said_to_be_ones_own_doing() -> None:
    letter = letter_about("Sprint 2027", [a_fact(CANCELLED, by_team=True)])
    assert letter is not None
    assert read(letter.subject) == "Inscription annulée : Keycloak"
    assert "l’équipe du sprint a annulé votre place" in read(letter.opening)


def test_a_seat_left_and_nothing_else_owes_no_letter() -> None:
    assert letter_about("Sprint 2027", [a_fact(MOVED)]) is None
