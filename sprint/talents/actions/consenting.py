"""Writing a consent event with the wording agreed to. Rows are added and never changed."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from sprint.languages import speak, using
from sprint.people.tables import Person
from sprint.talents.notice import Notice, current_notice
from sprint.talents.rules.joining import consent_until
from sprint.talents.rules.labels import PURPOSES
from sprint.talents.tables import Consent, ConsentNotice, ConsentState, Purpose


def lock_person(db: Session, person_id: int) -> None:
    """Hold the person's row: two of their forms at once come one after the other."""
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()


def give(db: Session, person_id: int, purpose: Purpose, language: str, now: datetime) -> Consent:
    """Note that the person agrees to the purpose, to today's notice, for twelve months."""
    return _note(db, person_id, purpose, ConsentState.GIVEN, language, now)


def take_back(db: Session, person_id: int, purpose: Purpose, language: str, now: datetime) -> Consent:
    """Note that the person agrees no more."""
    return _note(db, person_id, purpose, ConsentState.WITHDRAWN, language, now)


def _note(db: Session, person_id: int, purpose: Purpose, state: ConsentState, language: str, now: datetime) -> Consent:
    notice = current_notice(language)
    with using(language):
        statement = speak(PURPOSES[purpose])
    consent = Consent(
        receipt=secrets.token_hex(16),
        person_id=person_id,
        purpose=purpose,
        state=state,
        at=now,
        notice_id=_kept(db, notice),
        notice_version=notice.version,
        statement=statement,
        expires_at=consent_until(now) if state == ConsentState.GIVEN else None,
    )
    db.add(consent)
    db.flush()
    return consent


def _kept(db: Session, notice: Notice) -> int:
    """The row that keeps the notice's text, made by the first who agrees to it."""
    known = select(ConsentNotice.id).where(ConsentNotice.sha256 == notice.sha256)
    found = db.exec(known).first()
    if found is not None:
        return found
    row = ConsentNotice(
        version=notice.version, language=notice.language, sha256=notice.sha256, document=notice.document
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        # Somebody else agreed first, at this very moment.
        return db.exec(known).one() or 0
    return row.id or 0
