"""Letters one may do without: stopped from a mail program, from the link of a letter, from one's own page; the others never are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.journal import new_act
from sprint.letter import LetterText, Link, OwedLetter
from sprint.notices.actions import owe_letters, stop_letters
from sprint.notices.queries import letter_to_post, stopped_by
from sprint.notices.render import STOP, Recipient, message, stop_address
from sprint.notices.tables import Letter
from sprint.refusal import Refused
from sprint.settings import Settings
from sprint.web.sealed import seal
from sprint.words import say
from tests.browser import Browser
from tests.makers import NOW
from tests.notices.scene import some_settings
from tests.people import Five

Opens = Callable[..., Browser]


def a_text(purpose: str) -> LetterText:
    said = say("Bonjour")
    return LetterText(purpose, said, said, (), (), Link(say("Mon sprint"), "/moi"), said)


def owed(database: Database, five: Five, purpose: str) -> int | None:
    """The number of a letter to Ada; None when none is owed."""
    with database.writing() as db:
        letter = OwedLetter(five.ada.id or 0, five.edition.id, a_text(purpose))
        owe_letters(db, new_act(), [letter], "example.org", NOW, timedelta(minutes=2))
        return db.exec(select(Letter.id).where(Letter.purpose == purpose)).first()


@pytest.mark.parametrize(("purpose", "headers"), [("reminder", True), ("registered", False), ("presence", False)])
def test_the_headers_stand_on_what_may_be_stopped_alone(purpose: str, headers: bool) -> None:
    settings = some_settings()
    mail = message(a_text(purpose), Recipient("Ada", "ada@example.org", "fr"), "<a@b>", settings, NOW, letter_id=7)
    address = stop_address(a_text(purpose), "fr", settings, 7)
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (
        (f"<{address}>", "List-Unsubscribe=One-Click") if headers else (None, None)
    )
    assert [address in str(part.get_content()) for part in mail.iter_parts() if address] == [True] * (2 * headers)


def test_one_click_of_a_mail_program_stops_them_without_session_or_page(
    browser: Opens, five: Five, database: Database, settings: Settings
) -> None:
    number = owed(database, five, "reminder")
    address = f"/moi/courriers/arret/{seal(settings, STOP, number or 0, 0)}"
    answer = browser().client.post(address, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert (answer.status_code, answer.text) == (200, "")
    with database.reading() as db:
        assert stopped_by(db, [five.ada.id or 0]) == {(five.ada.id, "reminder")}
        assert letter_to_post(db, number or 0, NOW) is None
    with database.writing() as db:
        letter = OwedLetter(five.ada.id or 0, five.edition.id, a_text("reminder"))
        assert owe_letters(db, new_act(), [letter], "example.org", NOW, timedelta()) == 0


def test_the_link_opens_one_button_and_decides_nothing_by_itself(
    browser: Opens, five: Five, database: Database, settings: Settings
) -> None:
    number = owed(database, five, "reminder")
    page = browser().open(f"/moi/courriers/arret/{seal(settings, STOP, number or 0, 0)}")
    with database.reading() as db:
        assert stopped_by(db, [five.ada.id or 0]) == set()
    assert "Vous ne recevez plus ces courriels." in page.submit("Arrêter ces courriels").text


def test_a_link_over_a_necessary_letter_leads_nowhere(
    browser: Opens, five: Five, database: Database, settings: Settings
) -> None:
    number = owed(database, five, "registered")
    assert browser().open(f"/moi/courriers/arret/{seal(settings, STOP, number or 0, 0)}").status == 404
    with database.writing() as db, pytest.raises(Refused, match="necessary"):
        stop_letters(db, five.ada.id or 0, "registered", NOW)


def test_ones_own_page_stops_them_and_receives_them_again(browser: Opens, five: Five, database: Database) -> None:
    page = browser(five.ada).open("/moi/courriers").submit("Arrêter : Le rappel de la veille")
    assert "vous ne recevrez plus ces courriels" in page.text
    assert owed(database, five, "reminder") is None
    page = page.submit("Recevoir de nouveau : Le rappel de la veille")
    assert "vous recevrez de nouveau ces courriels" in page.text
    assert owed(database, five, "reminder") is not None
