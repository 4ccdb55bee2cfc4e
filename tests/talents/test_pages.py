"""The pool as its people live it: joining with eyes open, being asked, renewing (R2, R3, R9, R17)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select

from sprint.database import Database
from sprint.sessions import open_session
from sprint.talents.forms import PortraitForm
from sprint.talents.tables import Consent, TalentProfile, Visibility
from tests.browser import Browser
from tests.makers import NOW
from tests.page_checks import elements
from tests.people import Five
from tests.talents.pool import PORTRAIT

Open = Callable[..., Browser]


def ticked(one: Browser) -> list[str]:
    boxes = (box for box in elements(one.page) if box.tag == "input" and box.get("type") == "checkbox")
    return [box.get("id", "") for box in boxes if box.get("checked") is not None]


def test_nothing_is_ticked_beforehand_and_each_purpose_has_its_own_box(browser: Open, five: Five) -> None:
    """R2, R17: the notice stands before the first field."""
    one = browser(five.ada).open("/moi/vivier")
    assert ticked(one) == []
    boxes = [box.get("value") for box in elements(one.page) if box.get("name") == "but"]
    assert boxes == ["visible", "contributions"]
    assert one.html.index("Lire la notice complète") < one.html.index("<input")
    assert "Direction interministérielle du numérique (le vôtre)" in one.text


def test_joining_without_the_box_shows_the_form_as_typed(browser: Open, five: Five, database: Database) -> None:
    one = browser(five.ada).open("/moi/vivier")
    one.submit("Rejoindre le vivier", titre="Cartes", competences="R, r, Python", qui_headline="accord", region="corse")
    assert one.status == 422
    assert "sans cet accord, personne ne verrait votre profil" in one.text
    typed = {
        box.get("id"): box.get("value")
        for box in elements(one.page)
        if box.tag == "input" and box.get("type") == "text"
    }
    assert (typed["titre"], typed["competences"]) == ("Cartes", "R, r, Python")
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(Consent)).one() == 0


def test_one_joins_reads_the_receipt_changes_ones_mind_and_leaves(
    browser: Open, five: Five, database: Database
) -> None:
    one = browser(five.ada).open("/moi/vivier")
    one.submit(
        "Rejoindre le vivier", but=["visible"], titre="Cartes", competences="R, Python", qui_skills="accord",
        exclusions="INSEE.fr\n@cerema.fr", contrat=["mobilite"], disponible="maintenant",
    )  # fmt: skip
    assert (one.status, one.address) == (200, "/moi/vivier")
    assert "Mon profil dans le vivier" in one.text
    receipts = json.loads(one.client.get("/moi/vivier/recus").text)
    assert [(told["purpose"], told["state"], told["pii_principal"]) for told in receipts] == [
        ("visible", "given", "Ada Lovelace")
    ]
    number = receipts[0]["record_id"]
    alone = one.client.get(f"/moi/vivier/recus?numero={number}")
    assert json.loads(alone.text) == receipts[0]
    assert alone.headers["content-disposition"] == f'attachment; filename="recu-{number}.json"'
    assert browser(five.eve).open(f"/moi/vivier/recus?numero={number}").status == 404

    one.open("/moi/vivier/profil")
    form = {box.get("name"): box for box in elements(one.page) if box.tag in ("input", "textarea")}
    assert sorted((form["exclusions"].text or "").split()) == ["cerema.fr", "insee.fr"]
    one.submit("Enregistrer", titre="Autres cartes", exclusions="")
    assert one.address == "/moi/vivier"
    with database.reading() as db:
        profile = db.exec(select(TalentProfile)).one()
        assert (profile.headline, profile.skills, profile.skills_for) == (
            "Autres cartes",
            ["R", "Python"],
            Visibility.AGREEMENT,
        )
    one.open("/moi/vivier").submit("Quitter le vivier")
    assert "Rejoindre le vivier" in one.text
    assert one.open("/moi/vivier/consultations").status == 200


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("titre", "Écrivez à ada@example.org"), ("competences", "R, https://forge.example/ada"), ("titre", ""),
        ("langues", "www.ada.example"), ("titre", "x" * 81), ("competences", ",".join(f"c{n}" for n in range(11))),
        ("competences", "x" * 41), ("exclusions", "Organisme inconnu"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_said_beside_its_field(field: str, text: str, browser: Open, five: Five) -> None:
    one = browser(five.ada).open("/moi/vivier")
    one.submit("Rejoindre le vivier", **{"but": ["visible"], "titre": "Cartes", field: text})
    assert one.status == 422
    assert one.read(f"{field}-messages")


def test_the_address_of_a_language_is_no_link() -> None:
    form = PortraitForm(data={"titre": "ASP.NET et Node.js", "competences": "C++, C#, Vue.js"})
    assert form.validate()


def test_the_preview_is_the_recruiters_card_in_three_states(browser: Open, five: Five, database: Database) -> None:
    one = browser(five.ada).open("/moi/vivier")
    assert "Rien" not in one.read("apercu")
    told = {}
    for state in ("aujourdhui", "avant", "apres"):
        answer = one.client.post(
            "/moi/vivier/apercu",
            data={"apercu": state, "titre": "Mes cartes", "competences": "R", "qui_skills": "moi"},
            headers={"HX-Request": "true", "HX-Target": "div#apercu"},
        )
        assert (answer.status_code, answer.text.strip()[:16]) == (200, '<div id="apercu"')
        told[state] = answer.text
    assert "personne ne voit votre profil" in told["aujourdhui"]
    assert "Mes cartes" in told["avant"]
    assert "Ada Lovelace" not in told["avant"]
    assert "Ada Lovelace" in told["apres"]
    assert "ada@example.org" in told["apres"]
    assert "Direction interministérielle" in told["apres"]
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(TalentProfile)).one() == 0


def test_the_preview_shows_what_the_recruiter_then_sees(
    browser: Open, five: Five, database: Database, key: str
) -> None:
    """The same template through the same query: the card is the same, word for word."""
    mine = browser(five.barbara).open("/moi/vivier/profil")
    hers = browser(five.denise).open(f"/vivier/{key}")

    def card(one: Browser) -> list[str]:
        (box,) = (box for box in elements(one.page) if "sprint-talent" in (box.get("class") or "").split())
        return [" ".join(text.split()) for text in box.itertext() if text.strip()]

    assert card(mine) == card(hers)
    assert PORTRAIT.headline in card(hers)


# --- being asked


def test_a_request_is_read_accepted_and_each_sees_the_address_of_the_other(
    browser: Open, five: Five, database: Database, key: str
) -> None:
    hers, mine = browser(five.denise).open(f"/vivier/{key}"), browser(five.barbara)
    hers.submit("Envoyer la demande", poste="Cheffe de projet", contrat="Mobilité", lieu="Lyon", raison="Vos cartes.")
    assert "en attente de réponse" in hers.text
    assert "barbara@example.org" not in hers.html
    mine.open("/moi/vivier")
    assert "Denise Recrue verra votre nom et votre adresse" in mine.text
    assert "denise@example.org" not in mine.html
    mine.submit("Accepter la demande")
    assert "denise@example.org" in mine.html
    hers.open(f"/vivier/{key}")
    assert "barbara@example.org" in hers.html
    assert "Barbara Liskov" in hers.text
    assert "Acceptée" in hers.open("/vivier/demandes").text


def test_a_declined_request_gives_nothing(browser: Open, five: Five, database: Database, key: str) -> None:
    hers, mine = browser(five.denise).open(f"/vivier/{key}"), browser(five.barbara)
    hers.submit("Envoyer la demande", poste="Cheffe", contrat="Mobilité", lieu="Lyon", raison="Vos cartes.")
    mine.open("/moi/vivier").submit("Décliner")
    hers.open(f"/vivier/{key}")
    assert "déclinée" in hers.text
    assert "barbara@example.org" not in hers.html


def test_a_request_with_holes_keeps_what_was_typed(browser: Open, five: Five, key: str) -> None:
    one = browser(five.denise).open(f"/vivier/{key}")
    one.submit("Envoyer la demande", poste="Cheffe de projet", lieu="Lyon")
    assert one.status == 422
    assert [box.get("value") for box in elements(one.page) if box.get("id") == "lieu"] == ["Lyon"]


def test_who_lets_the_consent_end_is_hidden_and_may_renew(
    browser: Open, five: Five, key: str, time: Callable[[datetime], None], database: Database
) -> None:
    time(NOW + timedelta(days=366))
    with database.writing() as db:
        token = open_session(db, five.barbara.id or 0, "demo", "tests", NOW + timedelta(days=366))
    one = browser()
    one.take_session(token)
    one.open("/moi/vivier")
    assert "Masqué" in one.text
    assert ticked(one) == []
    one.submit("Renouveler pour 12 mois")
    assert (one.status, "sans cet accord" in one.text) == (409, True)
    one.submit("Renouveler pour 12 mois", but=["visible"])
    assert "Visible" in one.text
