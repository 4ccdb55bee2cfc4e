"""Asking a track, answering in public, setting a question aside."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.journal import new_act, record
from sprint.people.tables import Person
from sprint.programme.queries import EditionView
from sprint.programme.tables import Track
from sprint.proposals import rules
from sprint.proposals.facts import QuestionFact
from sprint.proposals.queries.questions import asked_with, unanswered_by
from sprint.proposals.tables import Question
from sprint.refusal import Refused


def ask(db: Session, edition: EditionView, track_id: int, person_id: int, words: str, once: str, now: datetime) -> None:
    """Put a question to those who carry the track; once for a form received twice. Raises Refused."""
    # The person is held: two forms at once do not ask more than one may.
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()
    if asked_with(db, person_id, once):
        return
    reasons = rules.asking(edition.calendar, unanswered_by(db, person_id, track_id), words, now)
    if reasons:
        raise Refused(*reasons)
    question = Question(track_id=track_id, person_id=person_id, words=words, asked_at=now, once=once)
    db.add(question)
    db.flush()
    _tell(db, question, QuestionFact.ASKED, person_id, now)


def answer(db: Session, question_id: int, words: str, actor_id: int, now: datetime) -> bool:
    """Answer for everybody to read, or better than before; False when it said so already. Raises Refused."""
    question = _held(db, question_id)
    reasons = rules.answering(words)
    if reasons:
        raise Refused(*reasons)
    if question.answer == words:
        return False
    question.answer, question.answered_at, question.set_aside_at = words, now, None
    _tell(db, question, QuestionFact.ANSWERED, actor_id, now)
    return True


def set_aside(db: Session, question_id: int, actor_id: int, now: datetime) -> None:
    """Show it to nobody any more, with its answer."""
    question = _held(db, question_id)
    if question.set_aside_at is None:
        question.answer, question.answered_at, question.set_aside_at = "", None, now
        _tell(db, question, QuestionFact.SET_ASIDE, actor_id, now)


def _held(db: Session, question_id: int) -> Question:
    statement = select(Question).where(Question.id == question_id).with_for_update(key_share=True)
    return db.exec(statement.execution_options(populate_existing=True)).one()


def _tell(db: Session, question: Question, kind: QuestionFact, actor_id: int, now: datetime) -> None:
    record(
        db,
        new_act(),
        kind,
        now,
        actor_id=actor_id,
        person_id=question.person_id,
        edition_id=db.get_one(Track, question.track_id).edition_id,
        track_id=question.track_id,
        detail={"question": question.id or 0},
    )
