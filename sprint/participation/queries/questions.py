"""Questions of an edition and what people answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from sprint.participation.rules.questions import Asked, Given
from sprint.participation.tables import Answer, QuestionKind, RegistrationQuestion
from sprint.people.tables import Person
from sprint.prepared import Prepared
from sprint.programme.tables import Day, Track
from sprint.words import Both

_IN_ORDER = (col(RegistrationQuestion.position), col(RegistrationQuestion.id))
_ASKED = (
    RegistrationQuestion.id,
    RegistrationQuestion.track_id,
    RegistrationQuestion.kind,
    RegistrationQuestion.words,
    RegistrationQuestion.words_en,
    RegistrationQuestion.purpose,
    RegistrationQuestion.purpose_en,
    RegistrationQuestion.options,
    RegistrationQuestion.is_required,
    RegistrationQuestion.kept_days,
)
_OPEN = Prepared(
    select(*_ASKED)  # type: ignore[call-overload]
    .where(RegistrationQuestion.edition_id == bindparam("edition_id"), col(RegistrationQuestion.closed_at).is_(None))
    .order_by(*_IN_ORDER)
)


def open_questions(db: Session, edition_id: int) -> tuple[Asked, ...]:
    """What is asked of those who come to the edition or to one of its tracks, in order. One query."""
    return tuple(_asked(*row) for row in _OPEN.rows(db, edition_id=edition_id))


def _asked(
    key: int | None,
    track_id: int | None,
    kind: QuestionKind,
    words: str,
    words_en: str,
    purpose: str,
    purpose_en: str,
    options: list[dict[str, str]],
    is_required: bool,
    kept_days: int,
) -> Asked:
    offered = tuple(Both(one["fr"], one["en"]) for one in options)
    return Asked(
        key or 0, track_id, kind, Both(words, words_en), Both(purpose, purpose_en), offered, is_required, kept_days
    )


def answers_of(db: Session, person_id: int, question_ids: Iterable[int]) -> dict[int, Given]:
    """What the person answered to these questions. One query, none where nothing is asked."""
    wanted = list(question_ids)
    if not wanted:
        return {}
    rows = db.exec(
        select(Answer.question_id, Answer.words, Answer.chosen).where(
            Answer.person_id == person_id, col(Answer.question_id).in_(wanted)
        )
    )
    return {question_id: Given(words, tuple(chosen)) for question_id, words, chosen in rows}


@dataclass(frozen=True)
class QuestionLine:
    """A question on the desk: of which track, how many answered, whether it is closed."""

    asked: Asked
    position: int
    track_name: str | None
    closed_at: datetime | None
    answers: int


def question_lines(db: Session, edition_id: int, question_id: int | None = None) -> list[QuestionLine]:
    """The questions of an edition, or one of them, in order; closed ones too, where answers are left. One query."""
    answers = select(func.count()).where(Answer.question_id == RegistrationQuestion.id).scalar_subquery()
    where = [
        RegistrationQuestion.edition_id == edition_id,
        col(RegistrationQuestion.closed_at).is_(None) | (answers > 0),
    ]
    if question_id is not None:
        where.append(RegistrationQuestion.id == question_id)
    rows = db.exec(
        select(*_ASKED, RegistrationQuestion.position, Track.name, RegistrationQuestion.closed_at, answers)
        .join(Track, col(Track.id) == RegistrationQuestion.track_id, isouter=True)
        .where(*where)
        .order_by(col(RegistrationQuestion.closed_at).is_not(None), *_IN_ORDER)
    )
    return [QuestionLine(_asked(*row[:10]), *row[10:13], row[13] or 0) for row in rows]


@dataclass(frozen=True)
class AnswerLine:
    """Somebody's answer."""

    name: str
    given: Given
    answered_at: datetime


def answer_lines(db: Session, question_id: int) -> Iterator[AnswerLine]:
    """Every answer to a question, by name. One query."""
    rows = db.exec(
        select(Person.name, Answer.words, Answer.chosen, Answer.answered_at)
        .join(Answer, col(Answer.person_id) == Person.id)
        .where(Answer.question_id == question_id)
        .order_by(func.lower(Person.name), col(Person.id))
    )
    for name, words, chosen, at in rows:
        yield AnswerLine(name, Given(words, tuple(chosen)), at)


def last_days_of_questions(db: Session) -> list[tuple[int, int, date]]:
    """Each question that somebody answered, for how many days answers are kept, and the last day of its edition. One query."""
    rows = db.exec(
        select(RegistrationQuestion.id, RegistrationQuestion.kept_days, func.max(Day.on))
        .join(Day, col(Day.edition_id) == RegistrationQuestion.edition_id)
        .where(select(Answer.person_id).where(Answer.question_id == RegistrationQuestion.id).exists())
        .group_by(col(RegistrationQuestion.id), col(RegistrationQuestion.kept_days))
    )
    return [(question_id or 0, kept, last) for question_id, kept, last in rows]
