"""Questions of an edition or a track: asked, answered, changed while nobody answered, closed, taken away, deleted."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.participation.actions import forget_answers
from sprint.participation.queries.questions import answers_of, question_lines
from sprint.participation.rules.questions import Asked, Given, answering, at_registration
from sprint.participation.tables import Answer, QuestionKind, RegistrationQuestion
from sprint.people.queries import member
from sprint.preparation.actions import CloneWish, clone_edition
from sprint.preparation.cloning import Taken
from sprint.privacy.queries import held_rows
from sprint.registrations.actions import cancel
from sprint.registrations.queries import held_by
from sprint.words import Both
from tests.browser import Browser
from tests.makers import FIRST_DAY, NOW, day_ids
from tests.participation.samples import QUESTION
from tests.participation.stage import a_question, an_answer, facts
from tests.people import Five

Opens = Callable[..., Browser]
MINE = "/moi/inscriptions/sprint-2027"
TRACK = "/sprint-2027/parcours/keycloak"
DESK = "/organisation/sprint-2027/questionnaire"


def asked(key: int, kind: QuestionKind, *options: str, track_id: int | None = None, is_required: bool = False) -> Asked:
    both = tuple(Both(one, one) for one in options)
    return Asked(key, track_id, kind, Both("Quoi ?", "What?"), Both("Pour.", "For."), both, is_required, 30)


def shown_questions(database: Database, five: Five) -> list[int]:
    with database.reading() as db:
        return [line.asked.id for line in question_lines(db, five.edition.id or 0)]


# --- rules


@pytest.mark.parametrize(
    ("kind", "typed", "given"),
    [
        (QuestionKind.TEXT, ["  à dix heures "], Given("à dix heures")),
        (QuestionKind.TEXT, ["  "], None),
        (QuestionKind.YES_NO, ["1"], Given(chosen=("Non",))),
        (QuestionKind.CHOICE, ["0"], Given(chosen=("rouge",))),
        (QuestionKind.SEVERAL, ["1", "0"], Given(chosen=("rouge", "bleu"))),
        (QuestionKind.SEVERAL, [], None),
    ],
)
def test_an_answer_is_read_as_its_question_says(kind: QuestionKind, typed: list[str], given: Given | None) -> None:
    assert answering([asked(1, kind, "rouge", "bleu")], {1: typed}) == ({1: given}, [])


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (QuestionKind.CHOICE, ["0", "1"]),
        (QuestionKind.CHOICE, ["2"]),
        (QuestionKind.SEVERAL, ["rouge"]),
        (QuestionKind.YES_NO, ["-1"]),
        (QuestionKind.TEXT, ["a" * 2001]),
    ],
)
def test_what_is_no_answer_is_refused_where_it_stands(kind: QuestionKind, typed: list[str]) -> None:
    given, reasons = answering([asked(7, kind, "rouge", "bleu")], {7: typed})
    assert (given, [one.place for one in reasons]) == ({}, ["q7"])


def test_registering_asks_for_what_is_required_and_new_alone() -> None:
    every = [
        asked(1, QuestionKind.TEXT, is_required=True),
        asked(2, QuestionKind.TEXT),
        asked(3, QuestionKind.TEXT, track_id=5, is_required=True),
        asked(4, QuestionKind.TEXT, track_id=6, is_required=True),
    ]

    def ids(*, answered: set[int], comes: bool, is_on_track: bool) -> list[int]:
        return [one.id for one in at_registration(every, 5, answered=answered, comes=comes, is_on_track=is_on_track)]

    assert ids(answered=set(), comes=False, is_on_track=False) == [1, 3]
    assert ids(answered=set(), comes=True, is_on_track=False) == [3]
    assert ids(answered={3}, comes=True, is_on_track=False) == []
    assert ids(answered=set(), comes=True, is_on_track=True) == []


# --- who comes


def test_a_required_question_is_answered_in_the_form_and_every_reason_comes_back_with_what_was_typed(
    database: Database, five: Five, browser: Opens
) -> None:
    with database.writing() as db:
        first = a_question(db, five, words="Quel métier ?", kind=QuestionKind.TEXT, is_required=True).id or 0
        second = a_question(db, five, words="Attestation ?", is_required=True, track=five.keycloak).id or 0
        a_question(db, five, words="Facultative ?")
    page = browser(five.eve).open(TRACK)
    assert "Facultative" not in page.html
    page.submit("S’inscrire", jour=["2027-03-16"], **{f"q{first}": "Juriste"})
    assert (page.status, "répondez à « Attestation ? »" in page.html.replace("\u00a0", " ").replace("\u202f", " ")) == (
        409,
        True,
    )
    assert "Juriste" in page.html
    with database.reading() as db:
        assert held_by(db, five.eve.id or 0) == ()
    page.submit("S’inscrire", jour=["2027-03-16"], **{f"q{first}": "Juriste", f"q{second}": "0"})
    assert page.status == 200
    with database.reading() as db:
        given = answers_of(db, five.eve.id or 0, [first, second])
    assert given == {first: Given("Juriste"), second: Given(chosen=("Oui",))}
    page.open(MINE).submit("Enregistrer mes réponses", **{f"q{first}": "Avocate"})
    with database.reading() as db:
        assert answers_of(db, five.eve.id or 0, [first])[first] == Given("Avocate")
        told = next(rows.rows for rows in held_rows(db, five.eve.id or 0) if rows.policy.table == "answer")
    assert [(row["question_id_label"], row["words"], row["chosen"]) for row in told] == [
        ("Quel métier ?", "Avocate", []),
        ("Attestation ?", "", ["Oui"]),
    ]


def test_a_question_that_comes_later_waits_on_ones_own_page(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db:
        question = a_question(db, five, is_required=True).id
        a_question(db, five, words="Et ailleurs ?", track=five.onyxia, is_required=True)
        a_question(db, five, words="Si vous voulez ?")
    page = browser(five.ada).open("/moi").click("Répondre à une question de l’inscription")
    assert page.address == MINE
    page.submit("Enregistrer mes réponses")
    assert page.status == 409
    page.submit("Enregistrer mes réponses", **{f"q{question}": "1"})
    assert page.status == 200
    assert facts(database) == [("participation.answered", {"answers": 1})]
    assert "Répondre à une question" not in page.open("/moi").text


def test_answers_go_in_time_and_with_whoever_comes_no_more(database: Database, five: Five) -> None:
    with database.writing() as db:
        short = a_question(db, five, words="Court ?", kept_days=3)
        long = a_question(db, five, words="Long ?", kept_days=100)
        for one in (short, long):
            an_answer(db, one, five.ada, chosen=["Oui"])
        last = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day + 1, 12, tzinfo=NOW.tzinfo)
        assert forget_answers(db, last + timedelta(days=3)) == 0
        assert forget_answers(db, last + timedelta(days=4)) == 1
        assert db.exec(select(Answer.question_id)).all() == [long.id]
        cancel(db, five.ada.id or 0, five.keycloak, day_ids(db, five.edition), NOW)
        assert forget_answers(db, NOW) == 1
    assert facts(database) == [("participation.answers_purged", {"question": short.id, "answers": 1})]


# --- organisers


def test_an_organiser_asks_changes_and_removes_a_question(database: Database, five: Five, browser: Opens) -> None:
    page = browser(five.claude).open(DESK)
    page.submit("Poser cette question", **QUESTION | {"genre": "choix", "reponses": "Matin"})
    assert page.status == 409
    fields = QUESTION | {"genre": "choix", "reponses": "Le matin | In the morning\nLe soir | In the evening"}
    page.submit("Poser cette question", **{name: value for name, value in fields.items() if name != "once"})
    assert page.status == 200
    page.click("À quelle heure arrivez-vous ?").submit("Enregistrer", question="Quand arrivez-vous ?")
    with database.reading() as db:
        (line,) = question_lines(db, five.edition.id or 0)
    assert line.asked.words.french == "Quand arrivez-vous ?"
    assert [one.english for one in line.asked.options] == ["In the morning", "In the evening"]
    page.open(f"{DESK}/{line.asked.id}").submit("Retirer cette question")
    with database.reading() as db:
        assert question_lines(db, five.edition.id or 0) == []
    assert [kind for kind, _ in facts(database)] == [
        "participation.question_asked",
        "participation.question_changed",
        "participation.question_closed",
    ]


def test_a_form_that_shows_the_old_words_answers_nothing(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db:
        a_question(db, five, kind=QuestionKind.TEXT)
    page = browser(five.ada).open(MINE)
    (question,) = shown_questions(database, five)
    browser(five.claude).open(f"{DESK}/{question}").submit("Enregistrer", question="Autre chose ?")
    page.submit("Enregistrer mes réponses", **{f"q{question}": "Oui à la première"})
    with database.reading() as db:
        assert db.exec(select(Answer)).all() == []


def test_an_answered_question_is_closed_and_keeps_its_words(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db:
        question = a_question(db, five)
        an_answer(db, question, five.ada, chosen=["Oui"])
    page = browser(five.claude)
    page.post(f"{DESK}/{question.id}", **QUESTION)
    assert page.status == 409
    page.open(f"{DESK}/{question.id}").submit("Fermer cette question")
    with database.reading() as db:
        row = db.get_one(RegistrationQuestion, question.id)
        assert (row.closed_at, row.words) == (NOW, "Faut-il une attestation ?")
    assert "Faut-il" not in browser(five.ada).open(MINE).html


def test_answers_leave_for_a_said_purpose_and_never_as_formulas(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db:
        question = a_question(db, five, kind=QuestionKind.TEXT)
        an_answer(db, question, five.ada, words="=1+1")
    page = browser(five.claude)
    page.post(f"{DESK}/{question.id}/export")
    assert page.status == 422

    def sheet(motive: str) -> str:
        return page.client.post(f"{DESK}/{question.id}/export", data={"motif": motive}).content.decode("utf-8-sig")

    assert sheet("preparer") == '"Nom";"Réponse"\r\n"Ada Lovelace";"\'=1+1"\r\n'
    assert sheet("rendre-compte") == '"Réponse"\r\n"\'=1+1"\r\n'
    taken = {"question": question.id, "answers": 1}
    assert facts(database) == [
        ("participation.answers_taken", taken | {"purpose": "preparer"}),
        ("participation.answers_taken", taken | {"purpose": "rendre-compte"}),
    ]
    page.open(f"{DESK}/{question.id}").submit("Effacer toutes les réponses")
    with database.reading() as db:
        assert db.exec(select(Answer)).all() == []


def test_another_editions_organiser_finds_nothing(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db:
        question = a_question(db, five)
    assert browser(five.barbara).open(f"{DESK}/{question.id}").status == 404


def test_the_next_edition_takes_the_questions_and_no_answer(database: Database, five: Five) -> None:
    with database.writing() as db:
        an_answer(db, a_question(db, five), five.ada, chosen=["Oui"])
        a_question(db, five, words="Du parcours ?", track=five.keycloak)
        claude = member(db, five.claude.id or 0, NOW)
        assert claude is not None
        wish = CloneWish("sprint-2028", "Sprint 2028", FIRST_DAY.replace(year=2028), frozenset({Taken.QUESTIONS}))
        clone_edition(db, five.edition.id or 0, wish, NOW, claude)
        rows = db.exec(select(RegistrationQuestion).where(RegistrationQuestion.edition_id != five.edition.id)).all()
        assert [(row.words, row.track_id) for row in rows] == [("Faut-il une attestation ?", None)]
        assert len(db.exec(select(Answer)).all()) == 1
