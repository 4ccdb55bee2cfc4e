"""Answering what is asked of those who come."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from sprint.journal import new_act, record
from sprint.participation.actions.choosing import hold_person
from sprint.participation.facts import ParticipationFact
from sprint.participation.queries.questions import answers_of, open_questions
from sprint.participation.rules import taking_part
from sprint.participation.rules.questions import Given, Typed, answering, asked_of
from sprint.participation.tables import Answer
from sprint.refusal import Refused
from sprint.registrations.actions.seats import lock_edition
from sprint.registrations.queries import held_by


def answer(db: Session, person_id: int, edition_id: int, typed: Typed, now: datetime) -> bool:
    """Answer all that is asked of the person in the edition; what is left empty is taken back. False when nothing changed.

    Raises Refused with every reason of every question.
    """
    # Questions change under the edition's lock: what is read here is what is answered.
    lock_edition(db, edition_id)
    hold_person(db, person_id)
    tracks = {held.track_id for held in held_by(db, person_id, edition_id)}
    asked = asked_of(open_questions(db, edition_id), tracks)
    given, reasons = answering(asked, typed)
    reasons = taking_part(comes=bool(tracks)) + reasons
    if reasons:
        raise Refused(*reasons)
    return write_answers(db, person_id, edition_id, given, now)


def write_answers(
    db: Session, person_id: int, edition_id: int, given: Mapping[int, Given | None], now: datetime
) -> bool:
    """Put these answers in place of those before; the person is held. False when they were the same."""
    known = answers_of(db, person_id, given)
    changed = {key: one for key, one in given.items() if one != known.get(key)}
    for question_id, one in changed.items():
        row = db.get(Answer, (question_id, person_id))
        if one is None:
            db.delete(row)
            continue
        row = row or Answer(question_id=question_id, person_id=person_id, answered_at=now)
        row.words, row.chosen, row.answered_at = one.words, list(one.chosen), now
        db.add(row)
    if not changed:
        return False
    db.flush()
    record(
        db,
        new_act(),
        ParticipationFact.ANSWERED,
        now,
        actor_id=person_id,
        person_id=person_id,
        edition_id=edition_id,
        detail={"answers": len(changed)},
    )
    return True
