"""A notice of the moment: on the home page and on one's own, in both languages, until its hour."""

from datetime import timedelta

from sqlmodel import col, select

from sprint import clock
from sprint.database import Database
from sprint.journal import Fact
from tests.agenda.asking import Opens
from tests.announcements.samples import NOTICE
from tests.makers import NOW
from tests.people import Five

MOMENT = "/organisation/sprint-2027/annonces"


def told(database: Database) -> list[str]:
    with database.reading() as db:
        kinds = select(Fact.kind).where(col(Fact.kind).startswith("announcement.")).order_by(col(Fact.id))
        return list(db.exec(kinds))


def shown(browser: Opens, five: Five, language: str = "") -> list[bool]:
    word = "Room changed" if language else "Salle changée"
    return [
        word in browser().open(f"{language}/sprint-2027").text,
        word in browser(five.ada).open(f"{language}/moi").text,
        word in browser(five.eve).open(f"{language}/moi").text,
    ]


def test_a_notice_stands_in_both_languages_until_its_hour(browser: Opens, database: Database, five: Five) -> None:
    assert shown(browser, five) == [False, False, False]
    page = (
        browser(five.claude)
        .open(MOMENT)
        .submit("Afficher cette annonce", **{k: v for k, v in NOTICE.items() if k != "once"})
    )
    assert "L’annonce est affichée" in page.text
    assert shown(browser, five) == [True, True, False]
    assert shown(browser, five, "/en") == [True, True, False]
    with clock.at(NOW + timedelta(hours=2, minutes=1)):
        assert shown(browser, five) == [False, False, False]
    assert told(database) == ["announcement.said"]


def test_a_notice_is_taken_down_and_the_same_form_says_it_once(browser: Opens, database: Database, five: Five) -> None:
    desk = browser(five.claude)
    for _ in range(2):
        assert desk.post(MOMENT, **NOTICE).status == 200
    desk.open(MOMENT).submit("Retirer « Salle changée »")
    assert shown(browser, five) == [False, False, False]
    assert told(database) == ["announcement.said", "announcement.taken_down"]


def test_a_notice_without_end_or_for_a_week_is_refused(browser: Opens, database: Database, five: Five) -> None:
    desk = browser(five.claude)
    assert desk.post(MOMENT, **{**NOTICE, "fin": ""}).status == 422
    assert desk.post(MOMENT, **{**NOTICE, "fin": "2027-01-12T09:00"}).status == 409
    assert desk.post(MOMENT, **{**NOTICE, "fin": "2027-01-20T09:00"}).status == 409
    assert told(database) == []
