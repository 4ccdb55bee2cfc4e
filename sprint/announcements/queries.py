"""Letters to groups and who they reach; notices that stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from sprint.announcements.tables import Announcement, Group, GroupLetter
from sprint.registrations.queries.groups import Addressee, mentors_of_edition, registered_people
from sprint.registrations.queries.people import Sought
from sprint.registrations.tables import Mode, State


@dataclass(frozen=True)
class Narrowing:
    """A group, perhaps of one track, one day, one mode; mentors are narrowed by track alone."""

    group: Group
    track_id: int | None = None
    day_id: int | None = None
    mode: Mode | None = None


def addressees(db: Session, edition_id: int, narrowing: Narrowing, now: datetime) -> list[Addressee]:
    """Whom a letter would reach, by name, each once. Two queries at most."""
    group, found = narrowing.group, []
    if group != Group.MENTORS:
        state = {Group.CONFIRMED: State.CONFIRMED, Group.WAITING: State.WAITING}.get(group)
        sought = Sought(state=state, day_id=narrowing.day_id, mode=narrowing.mode, track_id=narrowing.track_id)
        found = registered_people(db, edition_id, sought)
    if group in (Group.MENTORS, Group.EVERYONE):
        known = {one.person_id for one in found}
        mentors = mentors_of_edition(db, edition_id, narrowing.track_id, now)
        found += [one for one in mentors if one.person_id not in known]
    return found


def group_letters(db: Session, edition_id: int, offset: int, limit: int) -> tuple[int, Sequence[GroupLetter]]:
    """How many letters to groups an edition has, and some of them, the latest first. Two queries, entities."""
    mine = select(GroupLetter).where(GroupLetter.edition_id == edition_id)
    total = len(db.exec(select(GroupLetter.id).where(GroupLetter.edition_id == edition_id)).all())
    return total, db.exec(mine.order_by(col(GroupLetter.id).desc()).offset(offset).limit(limit)).all()


def group_letter_of(db: Session, edition_id: int, key: int) -> GroupLetter | None:
    """One letter to a group of the edition. One query."""
    return db.exec(select(GroupLetter).where(GroupLetter.edition_id == edition_id, GroupLetter.id == key)).first()


def narrowing_of(letter: GroupLetter) -> Narrowing:
    """To whom a letter goes."""
    return Narrowing(letter.to_group, letter.track_id, letter.day_id, letter.mode)


@dataclass(frozen=True)
class Notice:
    """A notice of the moment, in both languages."""

    id: int
    words_fr: str
    words_en: str
    said_at: datetime
    ends_at: datetime
    taken_down_at: datetime | None

    def stands(self, now: datetime) -> bool:
        """Whether it is shown."""
        return self.taken_down_at is None and now < self.ends_at

    def words(self, language: str) -> str:
        return self.words_en if language == "en" else self.words_fr


_NOTICE = (
    Announcement.id,
    Announcement.words_fr,
    Announcement.words_en,
    Announcement.said_at,
    Announcement.ends_at,
    Announcement.taken_down_at,
)


def notices(db: Session, edition_id: int, limit: int) -> list[Notice]:
    """The latest notices of an edition, those that stand no more too. One query."""
    mine = select(*_NOTICE).where(Announcement.edition_id == edition_id)
    return [Notice(*row) for row in db.exec(mine.order_by(col(Announcement.id).desc()).limit(limit))]


def standing_notices(db: Session, edition_ids: Sequence[int], now: datetime) -> list[Notice]:
    """What is to be shown now of these editions, the latest first. One query."""
    mine = (col(Announcement.edition_id).in_(list(edition_ids)), col(Announcement.taken_down_at).is_(None))
    rows = db.exec(
        select(*_NOTICE).where(*mine, col(Announcement.ends_at) > now).order_by(col(Announcement.id).desc()).limit(5)
    )
    return [Notice(*row) for row in rows]


def notice_of(db: Session, edition_id: int, key: int) -> bool:
    """Whether the notice is one of the edition."""
    mine = select(Announcement.id).where(Announcement.edition_id == edition_id, Announcement.id == key)
    return key < 2**31 and db.exec(mine).first() is not None
