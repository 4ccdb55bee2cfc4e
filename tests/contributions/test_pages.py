"""What people do with contributions, page by page."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from sprint.contributions.actions import send_back, withdraw
from sprint.contributions.tables import Authorship, Contribution, Kind, Reference, State
from sprint.database import Database
from sprint.programme.queries import edition_with
from tests.browser import Browser
from tests.contributions.stage import PULL, a_contribution, accepted, as_member
from tests.makers import NOW, a_person
from tests.people import Five

Open = Callable[..., Browser]
MINE = "/moi/contributions"


def only(database: Database) -> tuple[Contribution, Authorship, list[str]]:
    with database.reading() as db:
        row, author = db.exec(select(Contribution)).one(), db.exec(select(Authorship)).one()
        return row, author, list(db.exec(select(Reference.url).order_by(Reference.id)))  # type: ignore[arg-type]


def test_a_link_is_noted_in_two_gestures_without_javascript(database: Database, browser: Open, five: Five) -> None:
    page = browser(five.ada).open(MINE)
    page.submit("Ajouter la contribution", url=PULL)
    assert (page.status, page.address) == (200, MINE)
    assert "la contribution attend d’être relue" in page.text
    row, author, urls = only(database)
    assert (row.title, row.kind, row.track_id) == (
        "Demande de fusion nº 12 de InseeFrLab/onyxia",
        Kind.CODE,
        five.keycloak.id,
    )
    assert (row.done_on, urls, author.person_id) == (NOW.date(), [PULL], five.ada.id)
    assert (author.organisation_id is not None, author.named_at) == (True, None)


def test_what_was_understood_appears_under_the_field(browser: Open, five: Five) -> None:
    page = browser(five.ada).open(MINE)
    page.swap("Ajouter la contribution", url=PULL)
    assert "Demande de fusion nº 12 de InseeFrLab/onyxia, sur GitHub." in page.read("compris")
    assert page.read("compris") == browser(five.ada).open(f"{MINE}?url={PULL}").read("compris")
    page.swap("Ajouter la contribution", url="https://github.com/InseeFrLab/onyxia/issues/7")
    page.submit("Ajouter la contribution")
    assert "Ticket nº 7 de InseeFrLab/onyxia" in page.text


def test_everything_one_may_say_is_kept(database: Database, browser: Open, five: Five) -> None:
    page = browser(five.ada).open(MINE)
    page.submit(
        "Ajouter la contribution",
        url="J’ai traduit\tle guide",
        titre="Traduire le guide",
        genre="traduction",
        description="Deux pages.\r\nRelues.",
        parcours="onyxia",
        date="2027-01-05",
        au_titre_de="personnel",
        duree="1,5",
        autres="https://example.org/a\r\nhttps://example.org/b\r\nhttps://example.org/a",
        nommer="1",
    )
    row, author, urls = only(database)
    assert (row.title, row.kind, row.description) == ("Traduire le guide", Kind.TRANSLATION, "Deux pages.\nRelues.")
    assert (row.track_id, row.done_on.isoformat()) == (five.onyxia.id, "2027-01-05")
    assert urls == ["https://example.org/a", "https://example.org/b"]
    assert (author.organisation_id, author.minutes, author.named_at) == (None, 90, NOW)


def test_the_least_form_is_enough_and_the_same_form_twice_notes_once(
    database: Database, browser: Open, five: Five
) -> None:
    page = browser(five.eve).open(MINE)
    for _ in range(2):
        page.post(MINE, url="J’ai accueilli les gens", genre="animation", titre="Accueil", once="formulaire-1")
        assert (page.status, page.address) == (200, MINE)
    row, author, urls = only(database)
    assert (row.title, row.track_id, urls, author.organisation_id) == ("Accueil", None, [], None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"url": ""}, "Collez un lien, ou dites en une phrase ce que vous avez fait."),
        ({"url": "javascript:alert(1)"}, "Ce n’est pas l’adresse d’une page web publique (https://…)."),
        ({"url": "https://user:secret@example.org/"}, "Ce n’est pas l’adresse d’une page web publique (https://…)."),
        ({"url": "x" * 2001}, "C’est trop long : un lien, ou une phrase."),
        ({"url": "https://example.org/page"}, "Donnez un titre en quelques mots."),
        ({"genre": "magie"}, "Choisissez une nature de la liste."),
        ({"genre": ""}, "Choisissez la nature de la contribution."),
        ({"titre": "x" * 241}, "Le titre tient en 240 signes ; le reste va dans la description."),
        ({"date": "hier"}, "Donnez une date, comme 2027-03-16."),
        ({"duree": "beaucoup"}, "Donnez un nombre d’heures, comme 1,5."),
        ({"duree": "NaN"}, "Donnez un nombre d’heures, comme 1,5."),
        ({"autres": "javascript:alert(1)"}, "Un lien par ligne, vers une page web publique (https://…)."),
        ({"autres": "https://example.org/a\n" * 10}, "Dix liens suffisent."),
        ({"description": "x" * 2001}, "La description tient en 2 000 signes."),
        ({"parcours": "nulle-part"}, "Choisissez un parcours de la liste."),
        ({"parcours": ""}, "Choisissez un parcours, ou « Hors parcours »."),
        ({"au_titre_de": "moi"}, "Choisissez au titre de qui, dans la liste."),
        ({"once": "court"}, "Ce formulaire est trop ancien : rechargez la page."),
    ],
)
def test_each_fault_is_said_beside_its_field_and_everything_typed_is_kept(
    database: Database, browser: Open, five: Five, typed: dict[str, str], said: str
) -> None:
    page = browser(five.eve).open(MINE)
    form = {"url": "J’ai relu", "genre": "relecture", "once": "formulaire-1", "duree": "2"} | typed
    page.post(MINE, **form)
    assert page.status == 422
    assert page.text.count(said.replace("\xa0", " ")) == 2, page.text
    assert f'value="{form["duree"]}"' in page.html
    with database.reading() as db:
        assert db.exec(select(Contribution)).all() == []


def test_a_refusal_stands_beside_its_field_keeps_what_was_typed_and_names_nobody(
    database: Database, browser: Open, five: Five
) -> None:
    with database.writing() as db:
        a_contribution(db, five.barbara, five.onyxia, kind=Kind.CODE, links=(PULL,))
    page = browser(five.ada).open(MINE)
    page.submit("Ajouter la contribution", url=PULL + "/files", titre="Corriger l’accueil")
    assert page.status == 409
    assert "Ce lien est déjà noté dans cette édition comme « Code »" in page.text
    assert 'value="Corriger l’accueil"' in page.html
    assert "Barbara" not in page.html
    page.submit("Ajouter la contribution", genre="relecture")
    assert page.status == 200


def test_a_mentor_accepts_several_and_sees_no_other_track(database: Database, browser: Open, five: Five) -> None:
    with database.writing() as db:
        ones = [a_contribution(db, five.ada, five.onyxia, title=f"Page {number}") for number in (1, 2)]
        a_contribution(db, five.ada, five.keycloak, title="Ailleurs")
        a_contribution(db, five.barbara, five.onyxia, title="La mienne")
    page = browser(five.barbara).open("/organisation/relectures")
    assert page.address == "/organisation/sprint-2027/contributions"
    assert ("Page 1" in page.text, "La mienne" in page.text, "Ailleurs" in page.text) == (True, True, False)
    page.submit("Accepter les contributions cochées", contribution=[str(one) for one in ones])
    assert "2 contributions sont acceptées" in page.text
    assert [text for text in page.texts("th") if "Page" in text] == []
    page.open("/organisation/sprint-2027/contributions?etat=acceptees")
    assert "Page 1" in page.text
    claude = browser(five.claude).open("/organisation/sprint-2027/contributions?parcours=keycloak")
    assert ("Ailleurs" in claude.text, "La mienne" in claude.text) == (True, False)


def test_one_refused_refuses_all_and_says_which(database: Database, browser: Open, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, title="Page")
        own = a_contribution(db, five.barbara, five.onyxia, title="La mienne")
    page = browser(five.barbara).open("/organisation/sprint-2027/contributions")
    page.post("/organisation/sprint-2027/contributions/acceptation", contribution=[str(one), str(own)])
    assert page.status == 409
    assert "« La mienne » est de vous : quelqu’un d’autre doit la relire." in page.text
    for ids in (["99999"], ["99999999999"], [str(one)] * 30):
        assert page.post("/organisation/sprint-2027/contributions/acceptation", contribution=ids).status == 404


def test_what_is_sent_back_is_answered_once(database: Database, browser: Open, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, title="Guide")
    mentor = browser(five.barbara).open(f"/contributions/{one}")
    mentor.submit("Renvoyer", motif="")
    assert (mentor.status, mentor.text.count("Donnez le motif : la personne doit savoir quoi corriger.")) == (422, 1)
    mentor.submit("Renvoyer", motif="Où la lire ?")
    assert mentor.address == "/organisation/sprint-2027/contributions"
    ada = browser(five.ada).open(MINE)
    assert "À vous de répondre" in ada.text
    ada.click("Guide")
    assert (ada.address, "Où la lire ?" in ada.text) == (f"/contributions/{one}/correction", True)
    ada.submit("Corriger et répondre", titre="Guide du débutant")
    assert (ada.status, "Dites en une phrase ce que vous répondez." in ada.text) == (422, True)
    ada.submit("Corriger et répondre", reponse="Ici", url="https://example.org/guide")
    assert "Votre réponse est partie en relecture." in ada.text
    mentor.open(f"/contributions/{one}")
    assert [title in mentor.text for title in ("Guide du débutant", "Où la lire ?", "Ici")] == [True] * 3
    mentor.submit("Accepter")
    assert "La contribution est acceptée" in mentor.text
    with database.reading() as db:
        assert db.get_one(Contribution, one).state == State.ACCEPTED


def test_an_author_corrects_until_it_is_decided(database: Database, browser: Open, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, links=(PULL,))
    ada = browser(five.ada).open(f"/contributions/{one}")
    ada.click("Corriger")
    with database.writing() as db:
        accepted(db, five.barbara, five.onyxia, one)
    ada.submit("Enregistrer", titre="Autre titre")
    assert (ada.status, "On ne peut plus la modifier" in ada.text) == (409, True)


def test_before_it_is_accepted_a_contribution_is_seen_by_its_author_and_those_who_review_it(
    database: Database, browser: Open, five: Five
) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
        other = a_contribution(db, five.ada, five.keycloak)
    seen = {}
    for name in ("ada", "barbara", "claude", "denise", "eve"):
        page = browser(five.called(name))
        seen[name] = (page.open(f"/contributions/{one}").status, page.open(f"/contributions/{other}").status)
    assert seen == {
        "ada": (200, 200),
        "barbara": (200, 404),
        "claude": (200, 200),
        "denise": (404, 404),
        "eve": (404, 404),
    }
    nobody = browser()
    assert [nobody.open(f"/contributions/{number}").status for number in (one, 99999, 99999999999)] == [404] * 3


def test_once_accepted_everybody_reads_what_its_author_chose(database: Database, browser: Open, five: Five) -> None:
    with database.writing() as db:
        organisation = db.exec(select(Authorship.organisation_id)).first()
        one = a_contribution(db, five.ada, five.onyxia, title="Guide", links=(PULL,), organisation_id=organisation)
        accepted(db, five.barbara, five.onyxia, one)
    eve = browser(five.eve).open(f"/contributions/{one}")
    assert [words in eve.html for words in ("Guide", "Documentation", "anvier 2027", "Documenter Onyxia")] == [True] * 4
    assert [words in eve.html for words in ("Ada Lovelace", PULL, "SHA-256", "11 janvier")] == [False] * 4
    ada = browser(five.ada).open(f"/contributions/{one}")
    assert (PULL in ada.html, "SHA-256" in ada.text) == (True, True)
    ada.submit("Afficher mon nom")
    eve.open(f"/contributions/{one}")
    assert ("Ada Lovelace" in eve.html, PULL in eve.html) == (True, True)
    ada.submit("Ne plus afficher mon nom")
    assert "Ada Lovelace" not in eve.open(f"/contributions/{one}").html
    ada.submit("Retirer cette contribution")
    assert (ada.address, eve.open(f"/contributions/{one}").status) == (MINE, 404)


def test_titles_and_names_of_every_kind_are_shown_whole_and_harmless(
    database: Database, browser: Open, five: Five
) -> None:
    title = "نص <script>alert(1)</script> " + "W" * 150
    with database.writing() as db:
        long = a_person(db, name="Maximilienne-Éléonore de La Rochefoucauld-Montmorency d’Arc 42")
        one = a_contribution(db, long, five.onyxia, title=title, is_named=True)
        accepted(db, five.barbara, five.onyxia, one)
    for address in (f"/contributions/{one}", "/sprint-2027/resultats"):
        page = browser().open(address)
        assert "<script>alert" not in page.html
        assert title in page.text
        assert "Rochefoucauld" in page.text
        assert 'dir="auto"' in page.html


def test_a_second_sending_back_is_final(database: Database, browser: Open, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, title="Guide")
        send_back(db, as_member(db, five.barbara), edition_with(db, five.edition.id or 0), one, "Non", NOW)
    ada = browser(five.ada).open(f"/contributions/{one}/correction")
    ada.submit("Corriger et répondre", reponse="Si")
    with database.writing() as db:
        send_back(db, as_member(db, five.barbara), edition_with(db, five.edition.id or 0), one, "Non", NOW)
    ada.open(f"/contributions/{one}")
    assert ("Corriger et répondre" in ada.text, "Retirer cette contribution" in ada.text) == (False, True)
    assert "vous avez déjà répondu une fois" in ada.open(f"/contributions/{one}/correction").text
    with database.writing() as db:
        withdraw(db, five.ada.id or 0, one, NOW)
    assert "est retirée" in ada.open(f"/contributions/{one}/correction").text
