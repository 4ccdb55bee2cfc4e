"""Questions to a track: asked by anybody signed in, answered by its mentors or organisers, read by all without who asked."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.languages import speak
from sprint.letter import OwedLetter
from sprint.privacy.actions import erase
from sprint.programme.queries import edition_with
from sprint.proposals.actions import publish, send_back
from sprint.proposals.actions.asking import answer, ask, set_aside
from sprint.proposals.owed import owed_letters
from sprint.proposals.queries.questions import answered_questions
from sprint.proposals.rules import MOST_UNANSWERED
from sprint.proposals.tables import Question
from sprint.refusal import Refused
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five
from tests.proposals.stage import a_proposal

Opens = Callable[..., Browser]
TRACK, DESK = "/sprint-2027/parcours/onyxia", "/organisation/sprint-2027/questions"


def put(database: Database, five: Five, words: str = "Faut-il Docker ?", once: str = "formulaire-1") -> None:
    with database.writing() as db:
        edition = edition_with(db, five.edition.id or 0)
        ask(db, edition, five.onyxia.id or 0, five.eve.id or 0, words, once, NOW)


def owed_by_last_act(database: Database) -> list[OwedLetter]:
    with database.reading() as db:
        act = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first()
        return owed_letters(db, act or "")


def test_a_question_is_read_by_all_once_its_mentor_answered(browser: Opens, five: Five) -> None:
    browser(five.eve).open(TRACK).submit("Poser la question", question="Faut-il Docker ?")
    assert "Faut-il Docker" not in browser().open(TRACK).text
    page = browser(five.barbara).open(DESK)
    assert "Eve" not in page.text
    page.submit("Publier la réponse", **{"q1-reponse": "Non, **rien** à installer. <script>alert(1)</script>"})
    html = browser().open(TRACK).html
    shown = ("Faut-il Docker ?" in html, "<strong>rien</strong>" in html, "<script>alert" in html, "Eve" in html)
    assert shown == (True, True, False, False)


def test_only_mentors_of_the_track_and_organisers_answer(browser: Opens, database: Database, five: Five) -> None:
    put(database, five)
    people = (five.ada, five.barbara, five.claude, five.denise, five.eve)
    assert [browser(one).open(DESK).status for one in people] == [404, 200, 200, 404, 404]
    with database.writing() as db:
        ask(
            db,
            edition_with(db, five.edition.id or 0),
            five.keycloak.id or 0,
            five.eve.id or 0,
            "Ici ?",
            "f-2-abcd",
            NOW,
        )
    assert "Ici ?" not in browser(five.barbara).open(DESK).text
    page = browser(five.barbara)
    page.post(f"{DESK}/2", **{"q2-reponse": "Oui"})
    assert page.status == 404


def test_a_question_set_aside_is_shown_to_nobody(browser: Opens, database: Database, five: Five) -> None:
    put(database, five)
    with database.writing() as db:
        answer(db, 1, "Non.", five.barbara.id or 0, NOW)
        set_aside(db, 1, five.claude.id or 0, NOW)
        assert answered_questions(db, five.onyxia.id or 0) == ()
    assert "Docker" not in browser(five.barbara).open(DESK).text


def test_a_form_counts_once_and_few_questions_may_wait(database: Database, five: Five) -> None:
    for number in range(MOST_UNANSWERED):
        put(database, five, once=f"formulaire-{number}")
        put(database, five, once=f"formulaire-{number}")
    with pytest.raises(Refused) as refused:
        put(database, five, words="", once="formulaire-trop")
    assert [one.code for one in refused.value.reasons] == ["no_words", "too_many"]
    with database.reading() as db:
        assert len(db.exec(select(Question.id)).all()) == MOST_UNANSWERED


def test_who_asked_gets_one_letter_with_the_answer(database: Database, five: Five) -> None:
    put(database, five)
    assert owed_by_last_act(database) == []
    with database.writing() as db:
        assert answer(db, 1, "Non.", five.barbara.id or 0, NOW)
        assert not answer(db, 1, "Non.", five.barbara.id or 0, NOW)
    (letter,) = owed_by_last_act(database)
    assert (letter.person_id, letter.text.action.path) == (five.eve.id, f"{TRACK}#questions")
    assert speak(letter.text.items[0]) == "Non."


def test_a_decision_on_a_proposal_is_told_to_who_proposed(database: Database, five: Five) -> None:
    with database.writing() as db:
        key = a_proposal(db, five)
        send_back(db, key, "La licence ?", five.claude.id or 0, "formulaire-non", NOW)
    (letter,) = owed_by_last_act(database)
    assert (letter.person_id, letter.text.action.path) == (five.ada.id, f"/moi/propositions/{key}")


def test_a_published_proposal_is_told_to_who_proposed(database: Database, five: Five) -> None:
    with database.writing() as db:
        publish(db, a_proposal(db, five), five.claude.id or 0, NOW)
    (letter,) = owed_by_last_act(database)
    assert letter.text.action.path == "/sprint-2027/parcours/eprouver-demo"


def test_questions_go_with_who_asked(database: Database, five: Five) -> None:
    put(database, five)
    with database.writing() as db:
        erase(db, five.eve.id or 0, "fr", NOW)
        assert db.exec(select(Question)).all() == []
