"""Reading questions: answered ones are everybody's, the others for mentors of the track and organisers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sprint.people.rules import Member
from sprint.people.tables import Right, Scope
from sprint.programme.queries import EditionView
from sprint.programme.tables import Track
from sprint.proposals.tables import Question


@dataclass(frozen=True)
class Answered:
    """A question as the page of its track shows it."""

    id: int
    words: str
    answer: str


def answered_questions(db: Session, track_id: int) -> tuple[Answered, ...]:
    """In the order in which they were asked. One query."""
    where = (Question.track_id == track_id, col(Question.answered_at).is_not(None))
    rows = db.exec(select(Question.id, Question.words, Question.answer).where(*where).order_by(col(Question.id)))
    return tuple(Answered(key or 0, words, answer) for key, words, answer in rows)


@dataclass(frozen=True)
class QuestionLine:
    """A question as those who answer see it: not who asked, for the answer is everybody's."""

    id: int
    track_slug: str
    track_name: str
    words: str
    answer: str
    asked_at: datetime


def questions_for(
    db: Session, member: Member, edition: EditionView, offset: int, number: int
) -> tuple[int, list[QuestionLine]]:
    """Those the person may answer, unanswered ones first; none for who mentors nothing here. Two queries."""
    which = _answered_by(member, edition.id) & col(Question.set_aside_at).is_(None)
    of_tracks = select(func.count()).select_from(Question).join(Track, col(Track.id) == Question.track_id)
    total = db.exec(of_tracks.where(which)).one()
    rows = db.exec(
        select(Question.id, Track.slug, Track.name, Question.words, Question.answer, Question.asked_at)
        .join(Track, col(Track.id) == Question.track_id)
        .where(which)
        .order_by(col(Question.answered_at).is_not(None), col(Question.id))
        .offset(offset)
        .limit(number)
    )
    return total, [QuestionLine(key or 0, *rest) for key, *rest in rows]


def question_for(db: Session, member: Member, edition: EditionView, question_id: int) -> Question | None:
    """A question the person may answer; for anybody else it is not found."""
    which = _answered_by(member, edition.id) & col(Question.set_aside_at).is_(None) & (col(Question.id) == question_id)
    return db.exec(select(Question).join(Track, col(Track.id) == Question.track_id).where(which)).first()


def answers_in(db: Session, member: Member, edition: EditionView) -> bool:
    """Whether the person answers questions of the edition: its organisers, and mentors of one of its tracks."""
    if member.holds_over(Right.ORGANISER, Scope.EDITION, edition.id) or member.holds_everywhere(Right.MENTOR):
        return True
    mentored = member.scope_ids(Right.MENTOR, Scope.TRACK)
    where = (Track.edition_id == edition.id, col(Track.id).in_(mentored))
    return db.exec(select(Track.id).where(*where).limit(1)).first() is not None


def _answered_by(member: Member, edition_id: int) -> ColumnElement[bool]:
    here = col(Track.edition_id) == edition_id
    if member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id) or member.holds_everywhere(Right.MENTOR):
        return here
    return here & col(Track.id).in_(member.scope_ids(Right.MENTOR, Scope.TRACK))


def unanswered_by(db: Session, person_id: int, track_id: int) -> int:
    """How many questions of the person to the track wait for an answer."""
    waits = (col(Question.answered_at).is_(None), col(Question.set_aside_at).is_(None))
    where = (Question.person_id == person_id, Question.track_id == track_id, *waits)
    return db.exec(select(func.count()).select_from(Question).where(*where)).one()


def asked_with(db: Session, person_id: int, once: str) -> bool:
    """Whether a form with this token was received already."""
    where = (Question.person_id == person_id, Question.once == once)
    return db.exec(select(Question.id).where(*where)).first() is not None
