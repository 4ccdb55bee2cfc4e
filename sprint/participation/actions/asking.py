"""What organisers do with questions: ask, word otherwise, close; take answers away, delete them. All under the edition's lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from sprint.journal import new_act, record
from sprint.participation.facts import ParticipationFact
from sprint.participation.queries.questions import last_days_of_questions
from sprint.participation.rules.questions import Export, asking, revising
from sprint.participation.tables import Answer, QuestionKind, RegistrationQuestion
from sprint.refusal import Refused
from sprint.registrations.actions.seats import lock_edition
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import Registration


@dataclass(frozen=True)
class Wording:
    """A question as an organiser words it; `options` are (French, English), in order."""

    track_id: int | None
    kind: QuestionKind
    words: tuple[str, str]
    purpose: tuple[str, str]
    options: tuple[tuple[str, str], ...]
    kept_days: int
    position: int
    is_required: bool


def add_question(db: Session, edition_id: int, wording: Wording, once: str, now: datetime, actor_id: int) -> bool:
    """Ask one more question. False for a form received twice. Raises Refused for a list without answers."""
    lock_edition(db, edition_id)
    known = select(RegistrationQuestion.id).where(
        RegistrationQuestion.edition_id == edition_id, RegistrationQuestion.once == once
    )
    if db.exec(known).first() is not None:
        return False
    reasons = asking(wording.kind, len(wording.options))
    if reasons:
        raise Refused(*reasons)
    asked = _worded(edition_id, wording, once)
    db.add(asked)
    db.flush()
    _note(db, ParticipationFact.QUESTION_ASKED, asked, now, actor_id)
    return True


def revise_question(
    db: Session, edition_id: int, question_id: int, wording: Wording, now: datetime, actor_id: int
) -> bool:
    """Word it otherwise, as long as nobody answered. False when it was so already. Raises Refused.

    It becomes another question, with another number: a form that still shows the old words answers nothing.
    """
    asked = _held(db, edition_id, question_id)
    reasons = revising(_answers(db, question_id), is_closed=asked.closed_at is not None)
    reasons += asking(wording.kind, len(wording.options))
    if reasons:
        raise Refused(*reasons)
    anew = _worded(edition_id, wording, f"after:{question_id}")
    if anew.model_dump(exclude={"id", "once"}) == asked.model_dump(exclude={"id", "once"}):
        return False
    asked.closed_at = now
    db.add_all((asked, anew))
    db.flush()
    _note(db, ParticipationFact.QUESTION_CHANGED, anew, now, actor_id, {"before": question_id})
    return True


def close_question(db: Session, edition_id: int, question_id: int, now: datetime, actor_id: int) -> bool:
    """Ask it no more; its answers stay. True when nobody answered: then nobody is shown it again.

    Its row stays closed, so that no later question has its number.
    """
    asked = _held(db, edition_id, question_id)
    if asked.closed_at is not None:
        return False
    _note(db, ParticipationFact.QUESTION_CLOSED, asked, now, actor_id)
    asked.closed_at = now
    db.add(asked)
    db.flush()
    return not _answers(db, question_id)


def purge_answers(db: Session, edition_id: int, question_id: int, now: datetime, actor_id: int) -> int:
    """Delete every answer to a question; gives how many."""
    asked = _held(db, edition_id, question_id)
    return _purge(db, asked, now, actor_id)


def note_answers_taken(
    db: Session, edition_id: int, question_id: int, export: Export, answers: int, now: datetime, actor_id: int
) -> None:
    """Write down that answers were taken away, and what for."""
    asked = _held(db, edition_id, question_id)
    detail: dict[str, int | str] = {"purpose": export.value, "answers": answers}
    _note(db, ParticipationFact.ANSWERS_TAKEN, asked, now, actor_id, detail)


def forget_answers(db: Session, now: datetime) -> int:
    """Delete what each question has kept long enough, and what was answered by those who come no more; gives how many."""
    gone = 0
    for question_id, kept_days, last_on in last_days_of_questions(db):
        if last_on + timedelta(days=kept_days) < now.date():
            gone += _purge(db, db.get_one(RegistrationQuestion, question_id), now, None)
    still = (
        select(Registration.id)
        .join(RegistrationQuestion, col(RegistrationQuestion.edition_id) == Registration.edition_id)
        .where(
            IS_LIVE,
            Registration.person_id == Answer.person_id,
            RegistrationQuestion.id == Answer.question_id,
            col(RegistrationQuestion.track_id).is_(None)
            | (col(RegistrationQuestion.track_id) == Registration.track_id),
        )
    )
    return gone + db.exec(delete(Answer).where(~still.exists())).rowcount


def _held(db: Session, edition_id: int, question_id: int) -> RegistrationQuestion:
    lock_edition(db, edition_id)
    held = select(RegistrationQuestion).where(
        RegistrationQuestion.id == question_id, RegistrationQuestion.edition_id == edition_id
    )
    return db.exec(held).one()


def _answers(db: Session, question_id: int) -> int:
    return db.exec(select(func.count()).select_from(Answer).where(Answer.question_id == question_id)).one()


def _worded(edition_id: int, wording: Wording, once: str) -> RegistrationQuestion:
    has_list = wording.kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL)
    return RegistrationQuestion(
        edition_id=edition_id,
        track_id=wording.track_id,
        kind=wording.kind,
        words=wording.words[0],
        words_en=wording.words[1],
        purpose=wording.purpose[0],
        purpose_en=wording.purpose[1],
        options=[{"fr": french, "en": english} for french, english in wording.options] if has_list else [],
        is_required=wording.is_required,
        kept_days=wording.kept_days,
        position=wording.position,
        once=once,
    )


def _purge(db: Session, asked: RegistrationQuestion, now: datetime, actor_id: int | None) -> int:
    gone = db.exec(delete(Answer).where(col(Answer.question_id) == asked.id)).rowcount
    if gone:
        _note(db, ParticipationFact.ANSWERS_PURGED, asked, now, actor_id, {"answers": gone})
    return gone


def _note(
    db: Session,
    kind: ParticipationFact,
    asked: RegistrationQuestion,
    now: datetime,
    actor_id: int | None,
    detail: dict[str, int | str] | None = None,
) -> None:
    record(
        db,
        new_act(),
        kind,
        now,
        actor_id=actor_id,
        edition_id=asked.edition_id,
        track_id=asked.track_id,
        detail={"question": asked.id or 0} | (detail or {}),
    )
