"""Two at once: a question that changes while somebody answers, a team whose last member leaves while somebody joins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.participation.actions import Wording, answer, join_team, leave_team, revise_question
from sprint.participation.queries.questions import question_lines
from sprint.participation.tables import Answer, QuestionKind, Team, TeamMember
from sprint.refusal import Refused
from tests.makers import NOW, a_registration
from tests.participation.stage import a_question, a_team
from tests.people import Five

ROUNDS = 6
OTHERWISE = Wording(None, QuestionKind.TEXT, ("Autre ?", "Other?"), ("Pour.", "For."), (), 30, 1, is_required=False)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do these things at the same moment; gives what each gave, a refusal included."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return deed()
        except Refused as refused:
            return [one.code for one in refused.reasons]

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_an_answer_is_never_read_under_other_words(database: Database, five: Five, turn: int) -> None:
    with database.writing() as db:
        question = a_question(db, five, words=f"Première {turn} ?", kind=QuestionKind.TEXT).id or 0
    edition_id = five.edition.id or 0

    def answering() -> bool:
        with database.writing() as db:
            return answer(db, five.ada.id or 0, edition_id, {question: ["Oui"]}, NOW)

    def wording() -> bool:
        with database.writing() as db:
            return revise_question(db, edition_id, question, OTHERWISE, NOW, five.claude.id or 0)

    outcome = at_once(answering, wording)
    with database.reading() as db:
        answered = db.exec(select(Answer.question_id)).all()
        (line,) = question_lines(db, edition_id)
    assert (outcome, answered, line.asked.words.french) in (
        ([True, ["answered"]], [question], f"Première {turn} ?"),
        ([False, True], [], "Autre ?"),
    )


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_nobody_is_in_a_team_that_is_gone(database: Database, five: Five, turn: int) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
        team = a_team(db, five.keycloak, five.ada, name=f"Équipe {turn}").id or 0
    edition_id = five.edition.id or 0

    def leaving() -> bool:
        with database.writing() as db:
            return leave_team(db, five.ada.id or 0, edition_id, team, NOW)

    def joining() -> str:
        with database.writing() as db:
            return join_team(db, five.eve.id or 0, edition_id, "ABCDEFGH", NOW).name

    outcome = at_once(leaving, joining)
    with database.reading() as db:
        left = (db.exec(select(Team.id)).all(), db.exec(select(TeamMember.person_id)).all())
    assert (outcome, left) in (
        ([True, f"Équipe {turn}"], ([team], [five.eve.id])),
        ([True, ["no_such_code"]], ([], [])),
    )
