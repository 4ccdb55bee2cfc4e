"""What the team does to somebody's registration: announced first, told with its reason, and the seat goes to whoever waits."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Right
from sprint.refusal import Refused
from sprint.registrations.actions import cancel_by_team
from sprint.registrations.foresight import GivenUp, Queued, Room, without
from sprint.registrations.owed import owed_letters
from sprint.registrations.rules import Why
from sprint.registrations.tables import Registration
from tests.browser import Browser
from tests.makers import a_grant, a_person, a_registration, an_edition
from tests.people import Five
from tests.registrations.stage import NOW, SITE, TUESDAY, WEDNESDAY, Stage, a_stage

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027"


def ids_of(stage: Stage, name: str) -> list[int]:
    with stage.database.reading() as db:
        mine = select(Registration.id).where(Registration.person_id == stage.people[name])
        return [number or 0 for number in db.exec(mine.order_by(col(Registration.id)))]


def cancelled(stage: Stage, ids: list[int], foreseen: int, why: Why = Why.TWICE) -> int:
    with stage.database.writing() as db:
        return cancel_by_team(db, stage.edition_id, ids, why, foreseen, NOW, stage.people["claude"])


def a_full_stage(database: Database) -> Stage:
    """Ada sits both days, Barbara waits for Tuesday; Claude organises."""
    stage = a_stage(database, {"keycloak": 1})
    stage.person("claude")
    stage.register("ada", "keycloak", TUESDAY, WEDNESDAY)
    stage.register("barbara", "keycloak")
    return stage


def test_the_seat_goes_to_whoever_waits_and_both_are_told_in_one_act(database: Database) -> None:
    stage = a_full_stage(database)
    assert cancelled(stage, ids_of(stage, "ada"), 1) == 2
    assert stage.seated("keycloak") == ["barbara"]
    assert stage.acts()[-1] == [
        ("registration.cancelled", "ada"),
        ("registration.cancelled", "ada"),
        ("registration.promoted", "barbara"),
    ]


def test_the_same_form_received_again_ends_nothing(database: Database) -> None:
    stage = a_full_stage(database)
    ids = ids_of(stage, "ada")
    cancelled(stage, ids, 1)
    acts = len(stage.acts())
    assert cancelled(stage, ids, 1) == 0
    assert len(stage.acts()) == acts


@pytest.mark.parametrize("foreseen", [0, 2])
def test_what_was_not_announced_does_not_happen(database: Database, foreseen: int) -> None:
    stage = a_full_stage(database)
    before = stage.acts()
    with pytest.raises(Refused, match="changed_meanwhile"):
        cancelled(stage, ids_of(stage, "ada"), foreseen)
    assert (stage.acts(), stage.seated("keycloak")) == (before, ["ada"])


def test_a_registration_of_another_edition_is_not_touched(database: Database) -> None:
    stage, other = a_full_stage(database), a_full_stage(database)
    with pytest.raises(Refused, match="changed_meanwhile"):
        cancelled(stage, ids_of(other, "ada"), 1)
    assert other.seated("keycloak") == ["ada"]


@pytest.mark.parametrize(
    ("why", "purpose", "note"),
    [
        (Why.TRACK_CHANGED, "Inscription annulée : %(tracks)s", "Motif : %(why)s."),
        (Why.ASKED, "Désistement enregistré : %(tracks)s", "L’équipe du sprint l’a enregistré à votre demande."),
    ],
)
def test_the_letter_gives_the_reason(database: Database, why: Why, purpose: str, note: str) -> None:
    stage = a_full_stage(database)
    cancelled(stage, ids_of(stage, "ada"), 1, why)
    with database.reading() as db:
        act = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first() or ""
        told = {letter.person_id: letter.text for letter in owed_letters(db, act)}
    ada = told[stage.people["ada"]]
    assert (ada.subject.message, ada.notes[0].message) == (purpose, note)
    assert told[stage.people["barbara"]].purpose == "promoted"


def test_giving_up_a_seat_and_a_place_in_the_queue_frees_one_seat() -> None:
    room = Room({(1, 7, SITE): 0}, {(7, SITE): 0}, {}, tuple(Queued(n, n, f"P{n}", 1, 7, SITE) for n in (3, 4)))
    sits, waits = GivenUp(1, 1, (1, 7, SITE), True), GivenUp(3, 3, (1, 7, SITE), False)
    assert [one.registration_id for one in without(room, [sits])] == [3]
    assert [one.registration_id for one in without(room, [sits, waits])] == [4]
    assert without(room, [waits]) == []


# --- the pages


@pytest.fixture
def waiting(database: Database, five: Five) -> None:
    with database.writing() as db:
        for name in ("Wanda Première", "Xavier Attend"):
            a_registration(db, a_person(db, name=name), five.keycloak)


@pytest.mark.usefixtures("waiting")
def test_somebody_is_cancelled_from_the_list_of_people(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/personnes")
    page = page.submit("Annuler leurs inscriptions…", personne=[str(five.ada.id)])
    assert "Annuler 2 inscriptions de Ada Lovelace" in page.text
    assert "une personne en attente obtiendra une place" in page.text
    assert "Un autre annonce leur place à Xavier Attend." in page.text
    refused = page.submit("Annuler ces 2 inscriptions")
    assert (refused.status, "Choisissez un motif" in refused.text) == (422, True)
    page = refused.submit("Annuler ces 2 inscriptions", motif="track_changed")
    assert "2 inscriptions annulées" in page.text
    assert "Ada Lovelace" not in page.open(f"{DESK}/personnes").texts("th")
    page = page.open(f"{DESK}/personnes/{five.ada.id}")
    assert "Aucune : tout a été annulé." in page.text
    assert "par l’équipe : le parcours n’a pas lieu comme prévu" in page.text


@pytest.mark.usefixtures("waiting")
def test_one_day_is_cancelled_from_the_file(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/personnes/{five.ada.id}")
    assert page.texts("h1") == ["Ada Lovelace"]
    assert "ada@example.org" in page.text
    page = page.open(next(one.get("href", "") for one in page.page.iter("a") if one.text == "Annuler…"))
    page.submit("Annuler cette inscription", motif="asked")
    assert "mercredi 17 mars" in page.open(f"{DESK}/personnes/{five.ada.id}").texts("table")[0]


def test_people_are_searched_and_narrowed(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
        a_registration(db, five.denise, five.keycloak)
    page = browser(five.claude)
    for question, names in {
        "": ["Ada Lovelace", "Denise Recrue", "Eve Dehors"],
        "mot=LOVE": ["Ada Lovelace"],
        "etat=waiting": ["Denise Recrue"],
        "etat=confirmed&jour=2027-03-16": ["Ada Lovelace", "Eve Dehors"],
        "mode=distance": [],
        "parcours=onyxia": [],
        "qualite=other": ["Eve Dehors"],
        "tri=arrivee": ["Ada Lovelace", "Eve Dehors", "Denise Recrue"],
        "jour=hier&mode=lune&parcours=x&qualite=y&etat=z": ["Ada Lovelace", "Denise Recrue", "Eve Dehors"],
    }.items():
        assert names_of(page.open(f"{DESK}/personnes?{question}")) == names, question


def names_of(page: Browser) -> list[str]:
    wanted = ("Ada Lovelace", "Denise Recrue", "Eve Dehors")
    return [name for words in page.texts("th") for name in wanted if words.startswith(name)]


def test_the_swapped_people_equal_the_page_loaded_afresh(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/personnes")
    page.swap("Chercher", mot="ada", etat="confirmed")
    page.assert_patched_as_fresh()


def test_the_file_of_somebody_of_another_edition_is_not_found(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        other = an_edition(db, slug="sprint-2028", name="Sprint 2028")
        clara = a_person(db, name="Clara Ailleurs")
        a_grant(db, person=clara, right=Right.ORGANISER, over=other)
    assert browser(five.claude).open(f"{DESK}/personnes/{five.eve.id}").status == 404
    assert browser(five.claude).open(f"{DESK}/personnes/99999999999").status == 404
    assert browser(clara).open(f"/organisation/sprint-2028/personnes/{five.ada.id}").status == 404
    assert browser(clara).open(f"{DESK}/personnes/{five.ada.id}").status == 404
    assert "Ada" not in browser(clara).open(f"/organisation/sprint-2028/annulation?personne={five.ada.id}").text


def test_the_file_tells_nothing_of_other_things_the_journal_knows(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        db.add(Fact(act="x" * 32, kind="talents.joined", at=NOW, person_id=five.ada.id, edition_id=five.edition.id))
    page = browser(five.claude).open(f"{DESK}/personnes/{five.ada.id}")
    assert "talents" not in page.html
    assert page.texts("table")[1].count("Inscription confirmée") == 2
