"""The link each letter holds: one button or one click forgets the address; a token that is not ours is not found."""

import pytest

from sprint.alerts.letters import CONFIRM, STOP
from sprint.database import Database
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.alerts.scene import GRACE, Opens, asked, facts, left, links, waiting
from tests.makers import NOW, an_alert
from tests.people import Five


def test_the_link_of_a_letter_opens_one_button_that_forgets_the_address(
    browser: Opens, database: Database, ahead: Five, settings: Settings
) -> None:
    asked(browser)
    mail = left(database, NOW)[0]
    (link,), (stop,) = links(mail, "/prevenir/confirmer/"), links(mail, "/prevenir/arret/")
    browser().open(link).submit("Me prévenir à cette adresse")
    page = browser().open(stop)
    assert len(waiting(database)) == 1
    page = page.submit("Ne plus me prévenir")
    assert "n’est plus notée" in page.text
    assert (waiting(database), browser().open(stop).status) == ([], 200)
    assert "ne sert plus" in browser().open(link).text
    assert browser().post(link).status == 409
    assert [kind for kind, _, _ in facts(database)] == ["alert.confirmed", "alert.given_up"]


def test_one_click_of_a_mail_program_forgets_it_without_session_or_page(
    browser: Opens, database: Database, ahead: Five
) -> None:
    asked(browser)
    (stop,) = links(left(database, NOW)[0], "/prevenir/arret/")
    for _ in range(2):
        answer = browser().client.post(stop, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
        assert (answer.status_code, answer.text, waiting(database)) == (200, "", [])


@pytest.mark.parametrize("path", ["/prevenir/confirmer", "/prevenir/arret"])
def test_a_token_that_is_not_ours_is_not_found(
    path: str, browser: Opens, database: Database, ahead: Five, settings: Settings
) -> None:
    with database.writing() as db:
        number = an_alert(db, is_confirmed=False).id
    other = STOP if path.endswith("confirmer") else CONFIRM
    for token in (
        "1",
        "1-x",
        "x",
        str(number),
        f"{number}-{'a' * 32}",
        seal(settings, other, number, 0),
        "9" * 30 + "-x",
    ):
        assert (browser().open(f"{path}/{token}").status, browser().post(f"{path}/{token}").status) == (404, 404)
    assert waiting(database) == [(GRACE, False, None)]
