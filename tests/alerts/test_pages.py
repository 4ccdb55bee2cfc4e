"""Asking to be told: twice yes for an address, once where the account has a proven one; the same answer whatever is known."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from sprint.alerts.tables import Alert
from sprint.database import Database
from sprint.programme.tables import Edition
from tests.alerts.scene import GRACE, HERE, Opens, asked, facts, left, links, over, plain, proven, waiting
from tests.makers import NOW, an_alert
from tests.people import Five

Move = Callable[[datetime], None]


def test_an_address_is_noted_once_its_link_was_opened_and_the_button_pressed(
    browser: Opens, database: Database, ahead: Five
) -> None:
    page = asked(browser)
    assert (page.status, page.address) == (200, f"{HERE}?envoi=1")
    assert "un lien vient d’y partir" in page.text
    assert waiting(database) == [(GRACE, False, None)]
    (mail,) = left(database, NOW)
    (link,), (stop,) = links(mail, "/prevenir/confirmer/"), links(mail, "/prevenir/arret/")
    assert (mail["To"].addresses[0].addr_spec, mail["Content-Language"]) == (GRACE, "fr")
    assert mail["Subject"].replace("\u00a0", " ") == "Confirmez votre adresse : ouverture des inscriptions, Sprint 2027"
    assert mail["List-Unsubscribe"] == f"<http://localhost{stop}>"
    other = browser().open(link)
    assert (other.status, waiting(database)) == (200, [(GRACE, False, None)])
    assert other.answer is not None
    assert other.answer.headers["referrer-policy"] == "no-referrer"
    assert "C’est confirmé" in other.submit("Me prévenir à cette adresse").text
    assert waiting(database) == [(GRACE, True, None)]
    assert facts(database) == [("alert.confirmed", None, ahead.edition.id)]


def test_pressing_twice_and_opening_the_link_again_change_nothing(
    browser: Opens, database: Database, ahead: Five
) -> None:
    asked(browser)
    (link,) = links(left(database, NOW)[0], "/prevenir/confirmer/")
    for _ in range(2):
        assert "C’est confirmé" in browser().post(link).text
    assert "C’est confirmé" in browser().open(link).text
    assert len(facts(database)) == 1


def test_the_form_of_the_home_page_asks_for_the_edition_that_opens_next(
    browser: Opens, database: Database, ahead: Five
) -> None:
    for address in ("/", "/sprint-2027"):
        page = browser().open(address).submit("Me prévenir", adresse=f"from-{len(address)}@example.org")
        assert page.address == f"{HERE}?envoi=1"
    with database.reading() as db:
        assert set(db.exec(select(Alert.edition_id))) == {ahead.edition.id}


def test_between_editions_one_asks_for_the_next_whichever_it_is(browser: Opens, database: Database, five: Five) -> None:
    over(database, five)
    page = browser().open("/").submit("Me prévenir", adresse=GRACE)
    assert (page.status, page.address) == (200, "/prevenir?envoi=1")
    (mail,) = left(database, NOW)
    assert "ouverture des inscriptions" in mail["Subject"]
    with database.reading() as db:
        assert db.exec(select(Alert.edition_id)).all() == [None]
    refused = browser().open(HERE)
    assert "ont fermé" in refused.text
    assert refused.click("Être prévenu·e pour la prochaine édition").address == "/prevenir"


def test_without_any_edition_the_home_page_asks_too(browser: Opens, database: Database) -> None:
    page = browser().open("/").submit("Me prévenir", adresse=GRACE)
    assert (page.address, waiting(database)) == ("/prevenir?envoi=1", [(GRACE, False, None)])


def test_the_block_of_a_track_leads_to_the_form(browser: Opens, ahead: Five) -> None:
    page = browser().open("/sprint-2027/parcours/keycloak")
    assert "Les inscriptions ouvrent" in page.read("inscription")
    assert page.click("Me prévenir").address == HERE


def test_where_registration_is_open_there_is_nothing_to_wait_for(
    browser: Opens, database: Database, five: Five
) -> None:
    for address in ("/prevenir", HERE):
        page = browser().open(address)
        assert "Les inscriptions sont ouvertes" in page.text
        assert page.click("Choisir un parcours").address == "/sprint-2027/parcours"
        refused = browser().post(address, adresse=GRACE)
        assert (refused.status, waiting(database)) == (409, [])
    assert "Me prévenir" not in browser().open("/").text


def test_a_draft_is_found_by_its_organisers_alone_and_takes_no_address(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        db.get_one(Edition, five.edition.id).announced_at = None
    assert (browser().open(HERE).status, browser(five.ada).open(HERE).status) == (404, 404)
    assert "pas encore annoncée" in browser(five.claude).open(HERE).text
    assert browser(five.claude).post(HERE, adresse=GRACE).status == 409


@pytest.mark.parametrize(
    "address", ["", "grace", "grace@", "a@b", "grâce@exemple.fr", "a@b.fr\r\nBcc: x@y.fr", "x" * 250 + "@b.fr", "\x00"]
)
def test_what_is_no_address_is_refused_with_what_was_typed(
    address: str, browser: Opens, database: Database, ahead: Five
) -> None:
    page = asked(browser, address)
    assert (page.status, waiting(database)) == (422, [])
    assert page.read("adresse-messages") == "Écrivez une adresse électronique complète, comme prenom.nom@exemple.fr."


def test_markup_in_an_address_is_shown_as_text(browser: Opens, ahead: Five) -> None:
    page = browser().post(HERE, adresse='"><script>alert(1)</script>@b.fr')
    assert (page.status, "<script>alert" in page.html) == (422, False)


def test_the_answer_is_the_same_for_an_address_that_is_known_confirmed_or_neither(
    browser: Opens, database: Database, ahead: Five
) -> None:
    proven(database, ahead.ada)
    with database.writing() as db:
        edition = db.get_one(Edition, ahead.edition.id)
        an_alert(db, "confirmed@example.org", edition=edition)
        an_alert(db, "waiting@example.org", edition=edition, is_confirmed=False)
        an_alert(db, "barbara@example.org", edition=edition, person=ahead.barbara)
    names = ("confirmed", "waiting", "barbara", "ada", "unknown")
    said = {(page.status, page.address, page.text) for page in (asked(browser, f"{one}@example.org") for one in names)}
    assert len(said) == 1
    told = [mail["To"].addresses[0].addr_spec for mail in left(database, NOW)]
    assert sorted(told) == ["ada@example.org", "unknown@example.org", "waiting@example.org"]


def test_three_letters_leave_for_an_address_in_two_days_whatever_the_case_and_one_row_is_kept(
    browser: Opens, database: Database, ahead: Five, time: Move
) -> None:
    texts = {asked(browser, address).text for address in (GRACE, "Grace@Example.org", GRACE, GRACE, GRACE)}
    mails = left(database, NOW)
    assert (len(texts), len(mails), len({mail["Message-ID"] for mail in mails})) == (1, 3, 3)
    assert len(waiting(database)) == 1
    later = NOW + timedelta(hours=48)
    time(later)
    put_ahead_again(database, ahead)
    asked(browser)
    (mail,) = left(database, later)
    assert (
        "C’est confirmé"
        in browser().open(links(mail, "/prevenir/confirmer/")[0]).submit("Me prévenir à cette adresse").text
    )


def put_ahead_again(database: Database, five: Five) -> None:
    with database.writing() as db:
        db.get_one(Edition, five.edition.id).opens_at = NOW + timedelta(days=10)


def test_a_link_lapses_after_forty_eight_hours(browser: Opens, database: Database, ahead: Five, time: Move) -> None:
    asked(browser)
    (link,) = links(left(database, NOW)[0], "/prevenir/confirmer/")
    time(NOW + timedelta(hours=48))
    assert "ce lien ne sert plus" in browser().open(link).text.lower()
    assert (browser().post(link).status, waiting(database)) == (409, [(GRACE, False, None)])


def test_ten_tries_of_a_browser_are_enough(browser: Opens, ahead: Five) -> None:
    one = browser()
    statuses = [
        one.client.post(HERE, data={"adresse": f"a{number}@example.org"}, follow_redirects=False).status_code
        for number in range(12)
    ]
    assert statuses == [303] * 10 + [429] * 2


def test_page_and_letter_are_in_the_language_of_whoever_asks(browser: Opens, database: Database, ahead: Five) -> None:
    page = asked(browser, at="/en/sprint-2027/prevenir", button="Tell me")
    assert "a link has just left for it" in page.text
    (mail,) = left(database, NOW)
    (link,) = links(mail, "/prevenir/confirmer/")
    assert (mail["Content-Language"], link.startswith("/en/")) == ("en", True)
    assert "Do not tell me any more" in plain(mail)
    assert "Confirmed" in browser().open(link).submit("Tell me at this address").text
