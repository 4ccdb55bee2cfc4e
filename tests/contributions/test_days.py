"""What the day changes: days of grace, and what one's own page says is left."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import select

from sprint.contributions.actions import send_back
from sprint.contributions.tables import Contribution
from sprint.database import Database
from sprint.programme.queries import edition_with
from sprint.sessions import open_session
from tests.browser import Browser
from tests.contributions.stage import as_member
from tests.makers import NOW
from tests.people import Five

Open = Callable[..., Browser]
MINE = "/moi/contributions"


def signed_in_at(database: Database, page: Browser, five: Five, at: datetime) -> None:
    with database.writing() as db:
        page.take_session(open_session(db, five.ada.id or 0, "demo", "tests", at))


def test_after_fourteen_days_there_is_nothing_to_note(
    database: Database, browser: Open, five: Five, time: Callable[..., None]
) -> None:
    page, after, later = browser(), NOW.replace(month=3, day=20), NOW.replace(month=4, day=10)
    time(after)
    signed_in_at(database, page, five, after)
    page.open(MINE)
    assert "marqué en retard" in page.text
    page.submit("Ajouter la contribution", url="J’ai relu", genre="relecture")
    assert "C’est noté, en retard : l’équipe du sprint en décide." in page.text
    time(later)
    signed_in_at(database, page, five, later)
    assert "Rien à noter en ce moment" in page.open(MINE).text
    page.post(MINE, url="J’ai relu", genre="relecture", titre="Relu", once="formulaire-1", edition="sprint-2027")
    assert (page.status, "jusqu’au mercredi 31 mars 2027" in page.text) == (409, True)


def test_ones_own_page_leads_to_noting_and_says_what_is_left(
    database: Database, browser: Open, five: Five, time: Callable[..., None]
) -> None:
    page, second_day = browser(), NOW.replace(month=3, day=17)
    assert "Noter une contribution" not in browser(five.ada).open("/moi").text
    time(second_day)
    signed_in_at(database, page, five, second_day)
    page.open("/moi")
    assert "Noter ce que vous avez fait" in page.text
    page.click("Noter une contribution").submit("Ajouter la contribution", url="J’ai relu", genre="relecture")
    assert "Noter ce que vous avez fait" not in page.open("/moi").text
    with database.writing() as db:
        one = db.exec(select(Contribution.id)).one() or 0
        view = edition_with(db, five.edition.id or 0)
        send_back(db, as_member(db, five.claude), view, one, "Où ?", second_day)
    page.open("/moi").click("J’ai relu")
    assert page.address == f"/contributions/{one}/correction"
