"""Making an edition after another: a draft with its description and its days, and what was asked for. Never people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from sprint.account.actions import grant_right
from sprint.journal import new_act, record
from sprint.participation.tables import RegistrationQuestion
from sprint.people.rules import Member
from sprint.people.tables import Right, Scope
from sprint.preparation.cloning import LEFT, Taken
from sprint.preparation.facts import PreparationFact
from sprint.preparation.queries.cloned import cloned_by
from sprint.preparation.queries.known import edition_id_called
from sprint.preparation.shape import slot_identity
from sprint.programme.actions import take_rooms
from sprint.programme.tables import Day, Practical, Room, Slot, Track, TrackRepository
from sprint.refusal import Refusal, Refused
from sprint.registrations.actions.seats import lock_edition
from sprint.registrations.tables import DayCapacity, PresenceCall, TrackCapacity
from sprint.words import say

Row = TypeVar("Row", bound=SQLModel)
Pairs = dict[int, int]
"""The id of the new row by that of the old one."""


@dataclass(frozen=True)
class CloneWish:
    """The new edition: its address, its name, its first day, and what it takes of the other."""

    slug: str
    name: str
    first_on: date
    taken: frozenset[Taken]


def clone_edition(db: Session, source_id: int, wish: CloneWish, now: datetime, member: Member) -> None:
    """Make a draft after an edition, which the person organises from now on. Raises Refused when its address is taken.

    The same wish received twice makes one edition.
    """
    source = lock_edition(db, source_id)
    taken_by = edition_id_called(db, wish.slug)
    if taken_by is not None and cloned_by(db, taken_by, source_id, member.id):
        return
    if taken_by is not None:
        words = say("l’adresse « %(slug)s » est déjà celle d’une édition", slug=wish.slug)
        raise Refused(Refusal("slug_taken", words, "adresse"))
    edition = _like(source, slug=wish.slug, name=wish.name)
    db.add(edition)
    db.flush()
    edition_id = edition.id or 0
    days = _days(db, source_id, edition_id, wish.first_on)
    _settings(db, source_id, edition_id)
    detail: dict[str, int | str] = {"from": source_id, "days": len(days)}
    detail |= _asked(db, source_id, edition_id, wish.taken, days)
    record(db, new_act(), PreparationFact.CLONED, now, actor_id=member.id, edition_id=edition_id, detail=detail)
    if not member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id):
        grant_right(db, member.id, Right.ORGANISER, Scope.EDITION, edition_id, None, now, member.id)


def _asked(db: Session, source_id: int, edition_id: int, taken: frozenset[Taken], days: Pairs) -> dict[str, int | str]:
    """Copy what the boxes say, and count it."""
    counts: dict[str, int | str] = {}
    if Taken.LIMITS in taken:
        counts["limits"] = _limits(db, days)
    tracks = _tracks(db, source_id, edition_id) if Taken.TRACKS in taken else {}
    counts["tracks"] = len(tracks)
    if Taken.SEATS in taken:
        counts["seats"] = _seats(db, tracks, days)
    if Taken.SLOTS in taken:
        _rooms(db, days)
        counts["slots"] = _slots(db, source_id, edition_id, tracks, days)
        # What an old agenda file placed in one room twice stays so: the first slot holds it, the desk shows both.
        take_rooms(db, edition_id)
    if Taken.QUESTIONS in taken:
        counts["questions"] = _questions(db, source_id, edition_id, tracks)
    return counts


def _like(row: Row, **own: object) -> Row:
    """A new row with the columns of another that are not its own."""
    kept = row.__class__.model_fields.keys() - LEFT[str(row.__class__.__tablename__)]
    return row.__class__(**{name: getattr(row, name) for name in kept}, **own)


def _pairs(db: Session, old: Sequence[Row], new: Sequence[Row]) -> Pairs:
    db.add_all(new)
    db.flush()
    return {vars(one)["id"]: vars(other)["id"] for one, other in zip(old, new, strict=True)}


def _days(db: Session, source_id: int, edition_id: int, first_on: date) -> Pairs:
    """The days, as far from each other as they were."""
    old = db.exec(select(Day).where(Day.edition_id == source_id).order_by(col(Day.on))).all()
    shift = first_on - old[0].on if old else timedelta()
    return _pairs(db, old, [_like(day, edition_id=edition_id, on=day.on + shift) for day in old])


def _settings(db: Session, source_id: int, edition_id: int) -> None:
    """When it asks whether people come and what it tells those who do, counted from its own first day."""
    for table in (PresenceCall, Practical):
        row = db.get(table, source_id)
        if row is not None:
            db.add(_like(row, edition_id=edition_id))


def _limits(db: Session, days: Pairs) -> int:
    old = db.exec(select(DayCapacity).where(col(DayCapacity.day_id).in_(days))).all()
    db.add_all(DayCapacity(day_id=days[one.day_id], mode=one.mode, seats=one.seats) for one in old)
    return len(old)


def _tracks(db: Session, source_id: int, edition_id: int) -> Pairs:
    old = db.exec(select(Track).where(Track.edition_id == source_id).order_by(col(Track.id))).all()
    tracks = _pairs(db, old, [_like(track, edition_id=edition_id) for track in old])
    links = db.exec(select(TrackRepository).where(col(TrackRepository.track_id).in_(tracks))).all()
    db.add_all(_repositories(links, tracks))
    return tracks


def _repositories(links: Iterable[TrackRepository], tracks: Pairs) -> list[TrackRepository]:
    return [
        TrackRepository(track_id=tracks[one.track_id], repository_id=one.repository_id, position=one.position)
        for one in links
    ]


def _seats(db: Session, tracks: Pairs, days: Pairs) -> int:
    old = db.exec(select(TrackCapacity).where(col(TrackCapacity.track_id).in_(tracks))).all()
    db.add_all(
        TrackCapacity(track_id=tracks[one.track_id], day_id=days[one.day_id], mode=one.mode, seats=one.seats)
        for one in old
    )
    return len(old)


def _rooms(db: Session, days: Pairs) -> None:
    old = db.exec(select(Room).where(col(Room.day_id).in_(days))).all()
    db.add_all(_like(room, day_id=days[room.day_id]) for room in old)


def _slots(db: Session, source_id: int, edition_id: int, tracks: Pairs, days: Pairs) -> int:
    """The slots that took place, those of a track only with their track."""
    # What somebody proposed on the open board is theirs: it is not taken.
    takes_place = (
        Slot.edition_id == source_id,
        col(Slot.cancelled_at).is_(None),
        col(Slot.identity).not_like("board:%"),
    )
    old = [one for one in db.exec(select(Slot).where(*takes_place)) if one.track_id is None or one.track_id in tracks]
    when = {day.id: day.on for day in db.exec(select(Day).where(Day.edition_id == edition_id))}
    for slot in old:
        day_id = days[slot.day_id]
        db.add(
            _like(
                slot,
                edition_id=edition_id,
                day_id=day_id,
                track_id=tracks[slot.track_id] if slot.track_id is not None else None,
                identity=_identity(slot, when[day_id]),
            )
        )
    return len(old)


def _questions(db: Session, source_id: int, edition_id: int, tracks: Pairs) -> int:
    """What is asked, those of a track only with their track; no answer."""
    asked = (RegistrationQuestion.edition_id == source_id, col(RegistrationQuestion.closed_at).is_(None))
    every = db.exec(select(RegistrationQuestion).where(*asked).order_by(col(RegistrationQuestion.id))).all()
    old = [one for one in every if one.track_id is None or one.track_id in tracks]
    for one in old:
        track_id = tracks[one.track_id] if one.track_id is not None else None
        db.add(_like(one, edition_id=edition_id, track_id=track_id, once=f"copy:{one.id}"))
    return len(old)


def _identity(slot: Slot, on: date) -> str:
    """Its key, or what it is known by; one that was placed on the desk may be like another in all of that."""
    source, _, own = slot.identity.partition(":")
    if source == "once":
        return f"copy:{slot.id}"
    return slot_identity(own if source == "key" else None, on, slot.starts, slot.title, slot.room)
