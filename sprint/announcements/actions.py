"""Writing to a group, catching the letter back; saying something for now, taking it down."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from sprint.announcements import rules
from sprint.announcements.facts import AnnouncementFact
from sprint.announcements.letters import Wording, group_letter
from sprint.announcements.queries import Narrowing, addressees, narrowing_of
from sprint.announcements.tables import Announcement, GroupLetter
from sprint.journal import new_act, record
from sprint.letter import OwedLetter
from sprint.notices.actions import owe_to_many, withdraw_letters
from sprint.programme.queries import EditionView
from sprint.refusal import Refusal, Refused


@dataclass(frozen=True)
class Draft:
    """A letter as it is written."""

    to: Narrowing
    subject_fr: str
    body_fr: str
    subject_en: str
    body_en: str


def write_draft(db: Session, edition_id: int, draft: Draft, once: str, now: datetime) -> int:
    """Keep a letter that is not sent yet; gives its number, the first one's for the same form again."""
    known = select(GroupLetter.id).where(GroupLetter.edition_id == edition_id, GroupLetter.once == once)
    found = db.exec(known).first()
    if found is not None:
        return found
    row = GroupLetter(edition_id=edition_id, to_group=draft.to.group, written_at=now, once=once, **_words(draft))
    _narrow(row, draft)
    db.add(row)
    db.flush()
    return row.id or 0


def revise_draft(db: Session, letter_id: int, draft: Draft, now: datetime) -> None:
    """Say something else, or to others. Raises Refused once it is sent."""
    row = _held(db, letter_id)
    _refuse(rules.sending(row.sent_at, 1, 1))
    for name, text in _words(draft).items():
        setattr(row, name, text)
    row.to_group, row.written_at = draft.to.group, now
    _narrow(row, draft)


def _words(draft: Draft) -> dict[str, str]:
    return {
        "subject_fr": draft.subject_fr,
        "body_fr": draft.body_fr,
        "subject_en": draft.subject_en,
        "body_en": draft.body_en,
    }


def _narrow(row: GroupLetter, draft: Draft) -> None:
    row.track_id, row.day_id, row.mode = draft.to.track_id, draft.to.day_id, draft.to.mode


@dataclass(frozen=True)
class Mailing:
    """How letters leave: the domain of their Message-IDs, and after how long."""

    domain: str
    delay: timedelta


def send_to_group(
    db: Session, edition: EditionView, letter_id: int, foreseen: int, mailing: Mailing, now: datetime, actor_id: int
) -> int:
    """Owe the letter to everybody in the group, `foreseen` people as announced; gives how many. Raises Refused."""
    row = _held(db, letter_id)
    people = [one for one in addressees(db, edition.id, narrowing_of(row), now) if one.has_address]
    _refuse(rules.sending(row.sent_at, len(people), foreseen))
    wording = Wording(row.to_group, row.subject_fr, row.body_fr, row.subject_en, row.body_en)
    act = new_act()
    owed = [
        OwedLetter(one.person_id, edition.id, group_letter(wording, edition.name, one.name, one.language))
        for one in people
    ]
    row.sent_at, row.act, row.people = now, act, owe_to_many(db, act, owed, mailing.domain, now + mailing.delay, now)
    db.flush()
    detail: dict[str, int | str] = {"letter": letter_id, "people": row.people}
    record(db, act, AnnouncementFact.GROUP_SENT, now, actor_id=actor_id, edition_id=edition.id, detail=detail)
    return row.people


def catch_back(db: Session, letter_id: int, mailing: Mailing, now: datetime, actor_id: int) -> int:
    """Take back a letter whose copies have not left; gives how many people will not receive it. Raises Refused."""
    row = _held(db, letter_id)
    _refuse(rules.withdrawing(row.sent_at, row.withdrawn_at, mailing.delay, now))
    row.withdrawn_at = now
    people = withdraw_letters(db, row.act or "", now)
    detail: dict[str, int | str] = {"letter": letter_id, "people": people}
    kind = AnnouncementFact.GROUP_WITHDRAWN
    record(db, new_act(), kind, now, actor_id=actor_id, edition_id=row.edition_id, detail=detail)
    return people


def _held(db: Session, letter_id: int) -> GroupLetter:
    """The letter, held: two organisers do not send it twice."""
    held = select(GroupLetter).where(GroupLetter.id == letter_id).with_for_update()
    return db.exec(held.execution_options(populate_existing=True)).one()


def announce(
    db: Session, edition_id: int, words: tuple[str, str], ends_at: datetime, once: str, now: datetime, actor_id: int
) -> bool:
    """Show a notice, in French and in English, until then. False for the same form again. Raises Refused."""
    known = select(Announcement.id).where(Announcement.edition_id == edition_id, Announcement.once == once)
    if db.exec(known).first() is not None:
        return False
    _refuse(rules.saying(ends_at, now))
    french, english = words
    row = Announcement(
        edition_id=edition_id, words_fr=french, words_en=english, said_at=now, ends_at=ends_at, once=once
    )
    db.add(row)
    db.flush()
    _note(db, AnnouncementFact.SAID, row, actor_id, now)
    return True


def take_down(db: Session, notice_id: int, now: datetime, actor_id: int) -> bool:
    """Show a notice no more. False when it is not shown any more already."""
    row = db.get_one(Announcement, notice_id, with_for_update=True, populate_existing=True)
    if row.taken_down_at is not None or row.ends_at <= now:
        return False
    row.taken_down_at = now
    _note(db, AnnouncementFact.TAKEN_DOWN, row, actor_id, now)
    return True


def _note(db: Session, kind: AnnouncementFact, row: Announcement, actor_id: int, now: datetime) -> None:
    detail: dict[str, int | str] = {"announcement": row.id or 0}
    record(db, new_act(), kind, now, actor_id=actor_id, edition_id=row.edition_id, detail=detail)


def _refuse(reasons: list[Refusal]) -> None:
    if reasons:
        raise Refused(*reasons)
