"""Where somebody is written to: chosen by them, used once a link that was sent there has been opened."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from sprint.account.facts import AccountFact
from sprint.account.rules import PROOF_LASTS, asking, proving
from sprint.account.tables import EmailProof
from sprint.journal import new_act, record
from sprint.people.tables import Person
from sprint.refusal import Refused


def ask_address(db: Session, person_id: int, email: str, now: datetime) -> None:
    """Send a link to an address, which takes the place of those sent before. Raises Refused when there is nothing to prove."""
    person = _locked(db, person_id)
    reasons = asking(email, person.email, is_verified=person.email_verified_at is not None)
    if reasons:
        raise Refused(*reasons)
    _end_links(db, person_id, now)
    proof = EmailProof(person_id=person_id, email=email, asked_at=now, expires_at=now + PROOF_LASTS)
    db.add(proof)
    db.flush()
    record(
        db, new_act(), AccountFact.EMAIL_ASKED, now, actor_id=person_id, person_id=person_id,
        detail={"proof": proof.id or 0},
    )  # fmt: skip


def confirm_address(db: Session, proof_id: int, now: datetime) -> None:
    """Write to this address from now on. Raises Refused when its link is too old or has served.

    Whoever holds the link reads what is sent there, and that is all it proves: nobody needs to be signed in.
    """
    proof = db.get_one(EmailProof, proof_id)
    person = _locked(db, proof.person_id)
    db.refresh(proof)
    reasons = proving(proof.expires_at, now, is_used=proof.confirmed_at is not None)
    if reasons:
        raise Refused(*reasons)
    if person.email and person.email.lower() != proof.email.lower():
        proof.replaced = person.email
    person.email, person.email_verified_at, proof.confirmed_at = proof.email, now, now
    detail: dict[str, int | str] = {"proof": proof_id}
    record(db, new_act(), AccountFact.EMAIL_CONFIRMED, now, actor_id=person.id, person_id=person.id, detail=detail)


def _locked(db: Session, person_id: int) -> Person:
    return db.exec(select(Person).where(Person.id == person_id).with_for_update(key_share=True)).one()


def _end_links(db: Session, person_id: int, now: datetime) -> None:
    earlier = (col(EmailProof.person_id) == person_id, col(EmailProof.confirmed_at).is_(None))
    # One that was asked for in this very moment has the shortest life there is.
    still = (col(EmailProof.expires_at) > now, col(EmailProof.asked_at) < now)
    db.exec(update(EmailProof).where(*earlier, *still).values(expires_at=now))
