"""Which letters an act of the pool owes. They name no edition: the letters page of an organiser never lists them."""

from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.letter import LetterText, OwedLetter
from sprint.people.tables import Organisation, Person
from sprint.talents import letters
from sprint.talents.facts import TalentFact
from sprint.talents.letters import Asked
from sprint.talents.tables import Consent, ContactRequest, RequestState, TalentProfile

STILL = {
    TalentFact.REQUESTED.value: RequestState.OPEN,
    TalentFact.ACCEPTED.value: RequestState.ACCEPTED,
    TalentFact.DECLINED.value: RequestState.DECLINED,
}
"""The state in which what a fact told still holds: who left meanwhile is neither written to nor about."""


def owed_letters(db: Session, act: str) -> list[OwedLetter]:
    """The letters of an act: to the person, to the recruiter, or both. Two queries at most."""
    told = db.exec(select(Fact.kind, Fact.person_id, Fact.detail).where(Fact.act == act).order_by(col(Fact.id))).all()
    owed: list[OwedLetter] = []
    for kind, person_id, detail in told:
        if kind in STILL:
            owed += _about_request(db, kind, int(detail["request"]))
        elif kind == TalentFact.REMINDED and person_id is not None:
            owed += _reminder(db, person_id, int(detail["days"]))
    return owed


def _about_request(db: Session, kind: str, request_id: int) -> list[OwedLetter]:
    row = db.exec(
        select(ContactRequest, TalentProfile, Person.name, Organisation.name)
        .join(TalentProfile, col(TalentProfile.id) == ContactRequest.profile_id)
        .join(Person, col(Person.id) == ContactRequest.recruiter_id)
        .join(Organisation, col(Organisation.id) == ContactRequest.organisation_id)
        .where(ContactRequest.id == request_id, ContactRequest.state == STILL[kind])
    ).first()
    if row is None:
        return []
    request, profile, recruiter, organisation = row
    asked = Asked(
        recruiter,
        organisation,
        request.post,
        request.contract,
        request.place,
        request.expires_at,
        f"/vivier/{profile.key}",
        profile.tree,
        profile.number,
    )
    to_person: dict[str, LetterText] = {
        TalentFact.REQUESTED: letters.requested(asked),
        TalentFact.ACCEPTED: letters.accepted_by_you(asked),
    }
    to_recruiter: dict[str, LetterText] = {
        TalentFact.ACCEPTED: letters.accepted_for_you(asked),
        TalentFact.DECLINED: letters.declined_for_you(asked),
    }
    owed = [OwedLetter(request.person_id, None, to_person[kind])] if kind in to_person else []
    return owed + ([OwedLetter(request.recruiter_id, None, to_recruiter[kind])] if kind in to_recruiter else [])


def _reminder(db: Session, person_id: int, days: int) -> list[OwedLetter]:
    ends = db.exec(
        select(Consent.expires_at)
        .join(TalentProfile, col(TalentProfile.visible_consent_id) == Consent.id)
        .where(TalentProfile.person_id == person_id)
    ).first()
    return [OwedLetter(person_id, None, letters.reminder(ends, days))] if ends else []
