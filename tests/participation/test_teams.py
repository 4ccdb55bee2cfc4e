"""Coming as a team: by a code, within a track, without any effect on seats."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.participation.actions import forget_teams, join_team, leave_team, make_team
from sprint.participation.queries.teams import my_teams
from sprint.participation.tables import CODE_LENGTH, CODE_LETTERS, Team, TeamMember, drawn_code
from sprint.privacy.actions import erase
from sprint.refusal import Refused
from sprint.registrations.actions import cancel
from sprint.registrations.queries import held_by
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration, day_ids
from tests.participation.stage import a_team, facts
from tests.people import Five

Opens = Callable[..., Browser]
MINE = "/moi/inscriptions/sprint-2027"
EXPECTED = "/organisation/sprint-2027/attendus"


def test_a_code_has_eight_letters_that_nobody_mistakes() -> None:
    codes = {drawn_code() for _ in range(50)}
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert len(codes) == 50


def test_a_team_is_made_joined_and_left_and_seats_stay(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
    ada, eve = browser(five.ada).open(MINE), browser(five.eve)
    ada.submit("Créer l’équipe", equipe="Les Assembleuses")
    with database.reading() as db:
        team = my_teams(db, five.ada.id or 0, five.edition.id or 0)[five.keycloak.id or 0]
    assert (team.name, team.members) == ("Les Assembleuses", ("Ada Lovelace",))
    eve.open(MINE).submit("Rejoindre cette équipe", code=f" {team.said_code.lower()} ")
    assert "Ada Lovelace" in eve.html
    ada.open(MINE).submit("Quitter l’équipe Les Assembleuses")
    eve.open(MINE).submit("Quitter l’équipe Les Assembleuses")
    with database.reading() as db:
        assert db.exec(select(Team)).all() == []
        assert [len(held_by(db, person.id or 0)) for person in (five.ada, five.eve)] == [2, 2]
    assert [kind for kind, _ in facts(database)] == [
        "participation.team_made",
        "participation.team_joined",
        "participation.team_left",
        "participation.team_left",
    ]


def test_the_same_form_twice_makes_one_team(database: Database, five: Five) -> None:
    with database.writing() as db:
        where = (five.ada.id or 0, five.edition.id or 0, five.keycloak.id or 0)
        made = [make_team(db, *where, "Nous", "formulaire-1", NOW) for _ in range(2)]
        assert (made, len(db.exec(select(Team)).all())) == ([True, False], 1)
        with pytest.raises(Refused, match="in_team"):
            make_team(db, *where, "Encore", "formulaire-2", NOW)


def test_a_code_opens_nothing_to_who_does_not_come_to_its_track(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_team(db, five.onyxia, five.barbara)
        edition_id = five.edition.id or 0
        with pytest.raises(Refused, match="not_on_track"):
            join_team(db, five.ada.id or 0, edition_id, "ABCDEFGH", NOW)
        with pytest.raises(Refused, match="no_such_code"):
            join_team(db, five.ada.id or 0, edition_id, "ABCDEFGJ", NOW)
        assert not leave_team(db, five.ada.id or 0, edition_id, 999, NOW)


def test_guessing_codes_ends_soon(five: Five, browser: Opens) -> None:
    page = browser(five.ada)
    statuses = [page.client.post(f"{MINE}/equipe/code", data={"code": f"ABCDEFG{n}"}).status_code for n in range(11)]
    assert statuses == [409] * 10 + [429]


def test_who_comes_no_more_leaves_their_team_and_an_empty_team_goes(database: Database, five: Five) -> None:
    with database.writing() as db:
        other = a_person(db, name="Zoé Autre")
        a_registration(db, other, five.keycloak)
        a_team(db, five.keycloak, five.ada, other)
        cancel(db, five.ada.id or 0, five.keycloak, day_ids(db, five.edition), NOW)
        assert forget_teams(db) == 1
        assert db.exec(select(TeamMember.person_id)).all() == [other.id]
        erase(db, other.id or 0, "fr", NOW)
        assert forget_teams(db) == 1
        assert db.exec(select(Team)).all() == []


def test_mentors_read_the_people_of_their_tracks_and_organisers_who_may_be_seen(
    database: Database, five: Five, browser: Opens
) -> None:
    with database.writing() as db:
        a_team(db, five.keycloak, five.ada)
    browser(five.ada).open(MINE).submit("Enregistrer mes choix", image="oui")
    page = browser(five.claude).open(EXPECTED)
    assert ("Ada Lovelace" in page.html, "Les Assembleuses" in page.html, "Photos" in page.html) == (True, True, True)
    mentor = browser(five.barbara).open(EXPECTED)
    assert (mentor.status, "Ada Lovelace" in mentor.html, "Photos" in mentor.html) == (200, False, False)
    assert "Ada Lovelace" not in page.open(f"{EXPECTED}?parcours=onyxia").html
    assert "Ada Lovelace" in page.open(f"{EXPECTED}?parcours=keycloak&jour=2027-03-17").html
