"""What a decision tells its author, and only its author."""

from datetime import timedelta

from sqlmodel import select

from sprint.contributions.actions import answer, send_back, withdraw
from sprint.contributions.owed import owed_letters
from sprint.contributions.tables import Kind
from sprint.database import Database
from sprint.journal import Fact
from sprint.languages import speak
from sprint.letter import OwedLetter
from sprint.notices.packing import packed, unpacked
from sprint.programme.queries import edition_with
from tests.contributions.stage import a_contribution, a_wish, accepted, as_member
from tests.makers import NOW
from tests.people import Five

LATER = NOW + timedelta(hours=1)


def owed_by_last_act(database: Database) -> list[OwedLetter]:
    with database.reading() as db:
        act = db.exec(select(Fact.act).order_by(Fact.id.desc())).first()  # type: ignore[union-attr]
        return owed_letters(db, act or "")


def test_logging_and_withdrawing_owe_nothing(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
    assert owed_by_last_act(database) == []
    with database.writing() as db:
        withdraw(db, five.ada.id or 0, one, LATER)
    assert owed_by_last_act(database) == []


def test_several_accepted_at_once_owe_each_author_one_letter(database: Database, five: Five) -> None:
    with database.writing() as db:
        ones = [a_contribution(db, five.ada, five.onyxia, title=f"Page {number}") for number in (1, 2)]
        other = a_contribution(db, five.eve, five.onyxia, kind=Kind.TEST, title="Essai sous Debian")
        accepted(db, five.barbara, five.onyxia, *ones, other)
    first, second = owed_by_last_act(database)
    assert [first.person_id, second.person_id] == [five.ada.id, five.eve.id]
    assert speak(first.text.subject) == "2\xa0contributions acceptées"
    assert (first.text.action.path, len(first.text.items)) == ("/moi/contributions", 2)
    assert speak(second.text.subject).replace("\xa0", " ") == "Contribution acceptée : Essai sous Debian"
    assert second.text.action.path == f"/contributions/{other}"
    assert unpacked(packed(first.text)) == first.text


def test_what_is_sent_back_says_why_and_whether_one_may_answer(database: Database, five: Five) -> None:
    edition = five.edition.id or 0
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
        barbara, view = as_member(db, five.barbara), edition_with(db, edition)
        send_back(db, barbara, view, one, "Où la lire ?", LATER)
    (letter,) = owed_by_last_act(database)
    assert letter.text.items[0].values["reason"] == "Où la lire ?"
    assert speak(letter.text.action.label) == "Répondre"
    with database.writing() as db:
        answer(db, five.ada.id or 0, one, edition, a_wish(track=five.onyxia), "Là", LATER)
        send_back(db, barbara, view, one, "Toujours pas", LATER)
    (letter,) = owed_by_last_act(database)
    assert speak(letter.text.action.label) == "Voir la contribution"


def test_who_withdrew_meanwhile_is_not_written_to(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
        accepted(db, five.barbara, five.onyxia, one)
        act = db.exec(select(Fact.act).order_by(Fact.id.desc())).first() or ""  # type: ignore[union-attr]
        withdraw(db, five.ada.id or 0, one, LATER)
    with database.reading() as db:
        assert owed_letters(db, act) == []
