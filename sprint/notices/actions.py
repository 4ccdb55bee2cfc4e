"""Owing letters, noting that they left, sending one again, forgetting what they said."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, null, update
from sqlmodel import Session, col, func, select

from sprint import jobs
from sprint.jobs import Job
from sprint.journal import FOLLOW_UP, new_act, record
from sprint.letter import OwedLetter
from sprint.notices.facts import LetterFact
from sprint.notices.packing import packed
from sprint.notices.queries import ITS_JOB, POSTING, LetterCopy, gone_of_act, known_letters, reachable, stopped_by
from sprint.notices.rules import keeping_back, sending_again, stopping
from sprint.notices.tables import Letter, LetterState, LetterStop
from sprint.people.tables import Person
from sprint.refusal import Refusal, Refused
from sprint.words import say

WORDS_KEPT = timedelta(days=365)


def owe_letters(db: Session, act: str, owed: Sequence[OwedLetter], domain: str, now: datetime, delay: timedelta) -> int:
    """Owe the letters of an act, once each, to those who can be written to; gives how many are new.

    They leave after `delay`, so that an organiser can undo. `domain` ends their Message-IDs.
    """
    if not owed:
        return 0
    people, known = reachable(db, [letter.person_id for letter in owed]), known_letters(db, act)
    known |= stopped_by(db, people)
    arriving = [one for one in owed if people.get(one.person_id) or (one.address and one.person_id in people)]
    new = [one for one in arriving if (one.person_id, one.text.purpose) not in known]
    letters = [_letter(act, one, domain, now) for one in new]
    db.add_all(letters)
    db.flush()
    for one, letter in zip(new, letters, strict=True):
        jobs.owe(db, POSTING, str(letter.id), now if one.at_once else now + delay)
    return len(letters)


def _letter(act: str, owed: OwedLetter, domain: str, now: datetime) -> Letter:
    return Letter(**_row(act, owed, domain, now))


def _row(act: str, owed: OwedLetter, domain: str, now: datetime) -> dict[str, Any]:
    return {
        "act": act,
        "person_id": owed.person_id,
        "edition_id": owed.edition_id,
        "purpose": owed.text.purpose,
        "words": packed(owed.text),
        "address": owed.address or None,
        "message_id": f"<{secrets.token_hex(16)}@{domain}>",
        "owed_at": now,
        "good_until": owed.good_until,
    }


def stop_letters(db: Session, person_id: int, purpose: str, now: datetime) -> bool:
    """Do without the letters of a purpose from now on; False when that is so. Raises Refused for necessary ones."""
    reasons = stopping(purpose)
    if reasons:
        raise Refused(*reasons)
    # Held: two clicks at once are one.
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()
    if db.get(LetterStop, (person_id, purpose)) is not None:
        return False
    db.add(LetterStop(person_id=person_id, purpose=purpose, stopped_at=now))
    db.flush()
    detail: dict[str, int | str] = {"purpose": purpose}
    record(db, new_act(), LetterFact.STOPPED, now, actor_id=person_id, person_id=person_id, detail=detail)
    return True


def want_letters(db: Session, person_id: int, purpose: str, now: datetime) -> bool:
    """Receive the letters of a purpose again; False when nothing stopped them."""
    stop = db.get(LetterStop, (person_id, purpose))
    if stop is None:
        return False
    db.delete(stop)
    detail: dict[str, int | str] = {"purpose": purpose}
    record(db, new_act(), LetterFact.WANTED, now, actor_id=person_id, person_id=person_id, detail=detail)
    return True


def note_posted(db: Session, letter_id: int, now: datetime) -> None:
    """Note that the relay took the letter; in the transaction that settles its job."""
    db.exec(update(Letter).where(col(Letter.id) == letter_id).values(posted_at=now))


def note_late(db: Session, letter_id: int, since: datetime) -> None:
    """Note that what a letter says is no longer so; in the transaction that settles its job."""
    db.exec(update(Letter).where(col(Letter.id) == letter_id).values(good_until=since))


def send_again(db: Session, letter: LetterCopy, edition_id: int, actor_id: int, now: datetime) -> None:
    """Try an undelivered letter again, from its first attempt. Raises Refused when it is not given up."""
    reasons = sending_again(letter.line.state, is_worded=letter.line.text is not None)
    if reasons:
        raise Refused(*reasons)
    if not jobs.revive(db, POSTING, str(letter.line.id), now):
        # Another organiser did so since we looked.
        raise Refused(*sending_again(LetterState.DUE, is_worded=True))
    record(
        db,
        new_act(),
        LetterFact.SENT_AGAIN,
        now,
        actor_id=actor_id,
        person_id=letter.person_id,
        edition_id=edition_id,
        detail={"letter": letter.line.id},
    )


def forget_words(db: Session, now: datetime) -> int:
    """Forget what letters said a year after they left; gives how many."""
    left_at = func.coalesce(Letter.posted_at, Letter.owed_at)
    old = update(Letter).where(left_at < now - WORDS_KEPT, col(Letter.words).is_not(None))
    return db.exec(old.values(words=null())).rowcount


def erase_letters(db: Session, person_id: int, now: datetime) -> int:
    """Delete the letters to somebody and the jobs that would post them; gives how many. One that leaves now refuses it.

    The jobs go too: the number of a letter may be given again, and would then be taken for posted.
    """
    mine = select(col(Letter.id), col(Job.id)).join(Job, ITS_JOB, isouter=True).where(Letter.person_id == person_id)
    rows = db.exec(mine).all()
    job_ids = [job_id for _, job_id in rows if job_id is not None]
    # Held: a worker that claims one skips it, or has claimed it and we see its lease.
    held = db.exec(select(Job.leased_until).where(col(Job.id).in_(job_ids)).with_for_update()).all()
    if any(until is not None and until > now for until in held):
        words = say("Un courriel vous est envoyé en ce moment même. Recommencez dans une minute.")
        raise Refused(Refusal("posting", words))
    db.exec(delete(Job).where(col(Job.id).in_(job_ids)))
    db.exec(delete(Letter).where(col(Letter.person_id) == person_id))
    return len(rows)


def owe_to_many(db: Session, act: str, owed: Sequence[OwedLetter], domain: str, due_at: datetime, now: datetime) -> int:
    """Owe one letter of a new act to each of many people, in few statements; gives how many can be written to."""
    people = reachable(db, [letter.person_id for letter in owed])
    rows = [_row(act, one, domain, now) for one in owed if people.get(one.person_id)]
    if rows:
        db.exec(insert(Letter), params=rows)
        keys = db.exec(select(Letter.id).where(Letter.act == act).order_by(col(Letter.id)))
        jobs.owe_new(db, POSTING, [str(key) for key in keys], due_at)
    return len(rows)


def withdraw_letters(db: Session, act: str, now: datetime) -> int:
    """Delete the letters of an act that have not left, and the jobs that would post or derive them; gives how many."""
    _derive_none(db, act)
    rows = db.exec(
        select(col(Letter.id), col(Job.id))
        .select_from(Job)
        .join(Letter, ITS_JOB)
        .where(
            Letter.act == act,
            col(Letter.posted_at).is_(None),
            col(Job.leased_until).is_(None) | (col(Job.leased_until) <= now),
        )
        .with_for_update()
    ).all()
    db.exec(delete(Job).where(col(Job.id).in_([job_id for _, job_id in rows])))
    db.exec(delete(Letter).where(col(Letter.id).in_([letter_id for letter_id, _ in rows])))
    return len(rows)


def hold_letters(db: Session, act: str, now: datetime) -> list[Refusal]:
    """Let no letter of an act leave until the transaction ends, derived or not; gives why they cannot all be withdrawn."""
    _derive_none(db, act)
    return keeping_back(gone_of_act(db, act, now))


def _derive_none(db: Session, act: str) -> None:
    # A worker that derives them at this very moment has the row, and we wait; one that claimed it only loses its lease.
    owed = (col(Job.kind) == FOLLOW_UP, col(Job.key) == act, col(Job.done_at).is_(None))
    db.exec(delete(Job).where(*owed))
