"""Registering with what an edition asks for at that moment: one transaction, all reasons together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from sprint.participation.actions.answering import write_answers
from sprint.participation.actions.choosing import accept_conduct, hold_person
from sprint.participation.queries import accepts_conduct
from sprint.participation.queries.questions import answers_of, open_questions
from sprint.participation.rules import registering_with_conduct
from sprint.participation.rules.questions import Asked, Typed, answering, at_registration
from sprint.plans import planned
from sprint.programme.queries import AnyTrack
from sprint.registrations.actions import HeldEdition, Outcome, register
from sprint.registrations.queries import held_by
from sprint.registrations.tables import Mode


@dataclass(frozen=True)
class Arrival:
    """A registration form: days, how, its token, the version of the code of conduct that was ticked (or none), answers."""

    day_ids: Sequence[int]
    mode: Mode
    once: str
    conduct: str = ""
    answers: Typed = field(default_factory=dict[int, Sequence[str]])


def register_anew(
    db: Session, person_id: int, edition: HeldEdition, track: AnyTrack, wish: Arrival, now: datetime
) -> Outcome:
    """Take part in a track, having accepted and answered what one cannot do without. Raises Refused with every reason."""
    is_accepted = accepts_conduct(db, person_id, edition.id, edition.conduct_version)
    # Questions change under the edition's lock: what is read here is what is answered.
    required = [one for one in planned(db, now, open_questions, edition.id) if one.is_required]
    held = held_by(db, person_id, edition.id) if required or not is_accepted else ()
    lacks = registering_with_conduct(
        wish.conduct, edition.conduct_version, is_accepted=is_accepted, has_seat=bool(held)
    )
    asked = _asked(db, person_id, required, track.id or 0, {one.track_id for one in held})
    given, unanswered = answering(asked, wish.answers)
    outcome = register(
        db, person_id, track, wish.day_ids, wish.mode, wish.once, now, [*lacks, *unanswered], held=edition
    )
    if outcome.replayed:
        return outcome
    if not is_accepted and wish.conduct == edition.conduct_version:
        accept_conduct(db, person_id, edition, wish.conduct, now)
    if given:
        hold_person(db, person_id)
        write_answers(db, person_id, edition.id, given, now)
    return outcome


def _asked(db: Session, person_id: int, required: Sequence[Asked], track_id: int, tracks: set[int]) -> list[Asked]:
    answered = answers_of(db, person_id, [one.id for one in required])
    return at_registration(required, track_id, answered=answered, comes=bool(tracks), is_on_track=track_id in tracks)
