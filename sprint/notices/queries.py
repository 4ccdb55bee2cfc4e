"""Letters and what became of them, for those who organise the edition and for whoever posts them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_
from sqlmodel import Session, col, select

from sprint import languages
from sprint.agenda.queries.files import invited_events, letter_file
from sprint.agenda.writing import Parties, invitation, written
from sprint.jobs import Job
from sprint.journal import Fact
from sprint.letter import CALENDAR, LetterText
from sprint.notices.packing import unpacked
from sprint.notices.render import Enclosed, Recipient
from sprint.notices.tables import Letter, LetterState, LetterStop
from sprint.people.rules import Member
from sprint.people.tables import Person, Right, Scope
from sprint.programme.tables import Edition

POSTING = "letter"
"""Kind of the job that posts a letter; its key is the letter's number."""

STATE: ColumnElement[str] = case(
    (col(Letter.posted_at).is_not(None), LetterState.POSTED.value),
    (col(Job.dead_at).is_not(None), LetterState.UNDELIVERED.value),
    (and_(col(Job.done_at).is_not(None), col(Job.done_at) >= col(Letter.good_until)), LetterState.LATE.value),
    (or_(col(Job.id).is_(None), col(Job.done_at).is_not(None)), LetterState.DROPPED.value),
    (col(Job.last_error).is_not(None), LetterState.RETRYING.value),
    else_=LetterState.DUE.value,
)
ITS_JOB = and_(col(Job.kind) == POSTING, col(Job.key) == cast(col(Letter.id), String))


@dataclass(frozen=True)
class LetterLine:
    """A letter in an organiser's list; `text` is None once its words are forgotten."""

    id: int
    name: str
    language: str
    text: LetterText | None
    state: LetterState
    owed_at: datetime
    posted_at: datetime | None
    due_at: datetime | None


def counts_for(db: Session, member: Member, edition_id: int) -> dict[LetterState, int]:
    """How many letters of an edition there are in each state; none for whoever does not organise it. One query."""
    if not member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id):
        return {}
    state = STATE.label("state")
    rows = db.exec(
        select(state, func.count())
        .select_from(Letter)
        .join(Job, ITS_JOB, isouter=True)
        .where(Letter.edition_id == edition_id)
        .group_by(state)
    )
    return {LetterState(value): number for value, number in rows}


def states_of_act(db: Session, act: str) -> dict[LetterState, int]:
    """How many letters of an act there are in each state. One query."""
    state = STATE.label("state")
    which = select(state, func.count()).select_from(Letter).join(Job, ITS_JOB, isouter=True)
    rows = db.exec(which.where(Letter.act == act).group_by(state))
    return {LetterState(value): number for value, number in rows}


def letters_for(
    db: Session, member: Member, edition_id: int, state: LetterState | None, offset: int, limit: int
) -> list[LetterLine]:
    """One page of an edition's letters, the latest first; none for whoever does not organise it. One query."""
    if not member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id):
        return []
    statement = _lines().where(col(Letter.edition_id) == edition_id)
    if state is not None:
        statement = statement.where(STATE.in_([state.value]))
    page = statement.order_by(col(Letter.owed_at).desc(), col(Letter.id).desc()).offset(offset).limit(limit)
    return [_line(*tuple(row)) for row in db.connection().execute(page)]  # ty: ignore[missing-argument]


def _lines() -> Select[Any]:
    columns = (
        Letter.id,
        Person.name,
        Person.language,
        Letter.words,
        STATE,
        Letter.owed_at,
        Letter.posted_at,
        Job.due_at,
    )
    return (
        select(*columns)  # type: ignore[call-overload]
        .join(Person, col(Person.id) == Letter.person_id)
        .join(Job, ITS_JOB, isouter=True)
    )


def _line(
    key: int,
    name: str,
    language: str,
    words: dict[str, Any] | None,
    state: str,
    owed_at: datetime,
    posted_at: datetime | None,
    due_at: datetime | None,
) -> LetterLine:
    text = unpacked(words) if words is not None else None
    return LetterLine(key, name, language, text, LetterState(state), owed_at, posted_at, due_at)


@dataclass(frozen=True)
class LetterCopy:
    """One letter as an organiser may read it, with where it goes and what the relay last answered."""

    line: LetterLine
    person_id: int
    email: str | None
    last_error: str | None


def letter_for(db: Session, member: Member, edition_id: int, letter_id: int) -> LetterCopy | None:
    """A letter of an edition the person organises; for anybody else it is not found."""
    if not member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id):
        return None
    statement = _lines().add_columns(col(Person.id), col(Person.email), col(Job.last_error))
    row = (
        db.connection()
        .execute(statement.where(col(Letter.id) == letter_id, col(Letter.edition_id) == edition_id))
        .first()
    )
    return LetterCopy(_line(*row[:8]), *row[8:]) if row else None


@dataclass(frozen=True)
class Ready:
    """A letter about to be posted."""

    text: LetterText
    to: Recipient
    message_id: str
    person_id: int
    edition_id: int | None
    letter_id: int
    act: str
    since: datetime | None = None
    """When what it tells happened; None once the journal has forgotten."""


def letter_to_post(db: Session, letter_id: int, now: datetime) -> Ready | None:
    """The letter and where it goes now; None when it is posted, forgotten or out of date, or its person gone or without address."""
    stop = select(LetterStop.person_id).where(
        LetterStop.person_id == Letter.person_id, LetterStop.purpose == Letter.purpose
    )
    row = db.exec(
        select(
            Letter.words,
            Letter.message_id,
            Letter.person_id,
            Letter.edition_id,
            Letter.act,
            Person.name,
            func.coalesce(Letter.address, Person.email),
            Person.language,
            select(func.min(Fact.at)).where(Fact.act == Letter.act).scalar_subquery(),
        )
        .join(Person, col(Person.id) == Letter.person_id)
        .where(Letter.id == letter_id, col(Letter.posted_at).is_(None), col(Person.erased_at).is_(None))
        .where(or_(col(Letter.good_until).is_(None), col(Letter.good_until) > now))
        .where(~stop.exists())
    ).first()
    if row is None:
        return None
    words, message_id, person_id, edition_id, act, name, email, language, since = row
    if words is None or not email:
        return None
    text, to = unpacked(words), Recipient(name, email, language)
    return Ready(text, to, message_id, person_id, edition_id, letter_id, act, text.since or since)


def recipient(db: Session, person_id: int) -> Recipient:
    """Somebody as a letter to them would name them. One query."""
    name, email, language = db.exec(
        select(Person.name, Person.email, Person.language).where(Person.id == person_id)
    ).one()
    return Recipient(name, email or "", language)


def enclosed_in(db: Session, ready: Ready, base_url: str, organiser: str) -> list[Enclosed]:
    """What goes with a letter, as things stand when it leaves: the calendar of the person's days in its edition, and an
    invitation, or its cancellation, for each day of theirs that changed with what the letter tells.
    """
    if ready.text.attachment != CALENDAR or ready.edition_id is None:
        return []
    parties = Parties(organiser, ready.to.email, ready.to.name)
    events = invited_events(db, ready.person_id, ready.edition_id, ready.since) if ready.since else []
    with languages.using(ready.to.language):
        calendar = written(letter_file(db, ready.person_id, ready.edition_id), base_url)
        invitations = [invitation(event, base_url, parties) for event in events]
    return [
        Enclosed("mon-sprint.ics", "calendar", calendar.body),
        *(
            Enclosed(f"invitation-{number}.ics", "calendar", body, method)
            for number, (method, body) in enumerate(invitations, start=1)
        ),
    ]


def reachable(db: Session, person_ids: list[int]) -> dict[int, bool]:
    """Those of the people who are here, and whether they have an address; held, so that none is erased before their letters
    are owed.
    """
    which = select(Person.id, Person.email).where(col(Person.id).in_(person_ids), col(Person.erased_at).is_(None))
    found = db.exec(which.order_by(col(Person.id)).with_for_update(read=True, key_share=True))
    return {person_id or 0: bool(email) for person_id, email in found}


def stopped_by(db: Session, person_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Person and purpose of the letters these people do without. One query."""
    which = col(LetterStop.person_id).in_(list(person_ids))
    return set(db.exec(select(LetterStop.person_id, LetterStop.purpose).where(which)))


def letter_to_stop(db: Session, letter_id: int) -> tuple[int, str] | None:
    """Person and purpose of the letter a link to stop is sealed over. One query."""
    row = db.exec(select(Letter.person_id, Letter.purpose).where(Letter.id == letter_id)).first()
    return (row[0], row[1]) if row else None


def known_letters(db: Session, act: str) -> set[tuple[int, str]]:
    """Person and purpose of the letters an act already has."""
    return set(db.exec(select(Letter.person_id, Letter.purpose).where(Letter.act == act)))


def gone_of_act(db: Session, act: str, now: datetime) -> int:
    """How many letters of an act left, or leave at this moment; the jobs of all are held until the transaction ends. One query."""
    # The job is locked before its letter, as whoever notes that a letter left does.
    jobs = select(Letter.posted_at, Job.leased_until).select_from(Job).join(Letter, ITS_JOB)
    rows = db.exec(jobs.where(Letter.act == act).with_for_update())
    return sum(posted is not None or (until is not None and until > now) for posted, until in rows)


@dataclass(frozen=True)
class OwnLetter:
    """A letter as the person it left for sees it; `text` is None once its words are forgotten."""

    id: int
    text: LetterText | None
    posted_at: datetime
    zone: str


def letters_of(db: Session, person_id: int, offset: int, limit: int) -> tuple[int, list[OwnLetter]]:
    """How many letters left for the person, and some of them, the latest first. Two queries."""
    theirs = (Letter.person_id == person_id, col(Letter.posted_at).is_not(None))
    total = db.exec(select(func.count()).select_from(Letter).where(*theirs)).one()
    page = _own().where(*theirs).order_by(col(Letter.posted_at).desc(), col(Letter.id).desc())
    return total, [_own_letter(*row) for row in db.exec(page.offset(offset).limit(limit))]


def latest_letters_of(db: Session, person_id: int, limit: int) -> list[OwnLetter]:
    """The last letters that left for the person. One query."""
    theirs = (Letter.person_id == person_id, col(Letter.posted_at).is_not(None))
    page = _own().where(*theirs).order_by(col(Letter.posted_at).desc(), col(Letter.id).desc()).limit(limit)
    return [_own_letter(*row) for row in db.exec(page)]


def letter_of(db: Session, person_id: int, letter_id: int) -> OwnLetter | None:
    """A letter that left for the person; nobody else's is found."""
    mine = (Letter.id == letter_id, Letter.person_id == person_id, col(Letter.posted_at).is_not(None))
    row = db.exec(_own().where(*mine)).first()
    return _own_letter(*row) if row else None


def _own() -> Any:
    zone = func.coalesce(Edition.timezone, "Europe/Paris")
    return select(Letter.id, Letter.words, Letter.posted_at, zone).join(
        Edition, col(Edition.id) == Letter.edition_id, isouter=True
    )


def _own_letter(key: int, words: dict[str, Any] | None, posted_at: datetime, zone: str) -> OwnLetter:
    return OwnLetter(key, unpacked(words) if words is not None else None, posted_at, zone)
