"""Bringing each part of an edition to what its file says, and counting what that took."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col

from sprint.catalogue.actions import known_repository
from sprint.preparation import rules
from sprint.preparation.queries.known import Known, unknown_urls
from sprint.preparation.report import Fate, Kind, Ledger
from sprint.preparation.shape import DayPart, EditionPart, SlotPart, TrackPart
from sprint.programme.rules import MOVING
from sprint.programme.tables import Day, Edition, Slot, Track, TrackRepository

FILE_KEYS = {"address": "place", "starts": "start", "ends": "end", "track_id": "track"}
"""Columns that the file calls otherwise."""


@dataclass(frozen=True)
class Settled:
    """What became of one row, and whether that moves what calendars hold already."""

    fate: Fate
    moves: bool


def settle_edition(db: Session, ledger: Ledger, known: Known, part: EditionPart, announced_at: datetime) -> Edition:
    """The edition of the file; one that nobody knew is announced."""
    edition = known.edition or Edition(
        slug=part.slug, name=part.name, timezone=part.timezone, announced_at=announced_at
    )
    values = {
        "name": part.name,
        "timezone": part.timezone,
        "place": part.place,
        "address": part.address,
        "opens_at": part.opens_at,
        "closes_at": part.closes_at,
    }
    settled = _settle(db, ledger, edition, "edition", values)
    ledger.note(Kind.EDITION, settled.fate)
    if settled.moves:
        edition.revision += 1
    db.flush()
    return edition


def settle_days(
    db: Session, ledger: Ledger, known: Known, edition: Edition, parts: Sequence[DayPart]
) -> dict[date, Day]:
    """The days of the file by date."""
    days: dict[date, Day] = {}
    moved = False
    for part in parts:
        day = days[part.on] = known.days.get(part.on) or Day(edition_id=edition.id or 0, on=part.on)
        settled = _settle(db, ledger, day, f"days[{part.on}]", {"place": part.place})
        ledger.note(Kind.DAYS, settled.fate)
        moved = moved or settled.fate == Fate.MADE or settled.moves
    if moved and known.edition is not None:
        edition.revision += 1
    ledger.left += [f"days[{on}]" for on in sorted(known.days.keys() - days.keys())]
    db.flush()
    return days


def settle_tracks(
    db: Session, ledger: Ledger, known: Known, edition: Edition, parts: Sequence[TrackPart]
) -> dict[str, Track]:
    """The tracks of the edition by slug: those of the file, and those it has besides."""
    tracks = dict(known.tracks)
    moved: list[TrackPart] = []
    for part in parts:
        track = tracks.setdefault(part.slug, Track(edition_id=edition.id or 0, slug=part.slug, name=part.name))
        before = known.repositories.get(track.id or 0, ())
        fate = _settle(db, ledger, track, f"tracks[{part.slug}]", _track_values(part)).fate
        if part.repositories is not None and part.repositories != before:
            moved.append(part)
            fate = Fate.CHANGED if fate == Fate.UNCHANGED else fate
        elif part.repositories is None and before:
            ledger.left.append(f"tracks[{part.slug}].repositories")
        ledger.note(Kind.TRACKS, fate)
    ledger.left += [f"tracks[{slug}]" for slug in sorted(known.tracks.keys() - {part.slug for part in parts})]
    db.flush()
    ledger.repositories = len(unknown_urls(db, [url for part in moved for url in part.repositories or ()]))
    for part in moved:
        _move_to(db, tracks[part.slug], part.repositories or ())
    return tracks


def _track_values(part: TrackPart) -> dict[str, object]:
    return {
        "name": part.name,
        "organisation": part.organisation,
        "objective": part.objective,
        "description": part.description,
        "needs": part.needs,
        "language": part.language,
        "audience": part.audience,
        "keywords": part.keywords,
        "skills": part.skills,
        "verbs": part.verbs,
        "first_tasks": part.first_tasks,
    }


def _move_to(db: Session, track: Track, urls: Sequence[str]) -> None:
    """Let the track work on these repositories, in this order, and on no other."""
    db.exec(delete(TrackRepository).where(col(TrackRepository.track_id) == track.id))
    for position, url in enumerate(urls):
        repository_id = known_repository(db, url).id or 0
        db.add(TrackRepository(track_id=track.id or 0, repository_id=repository_id, position=position))
    db.flush()


def settle_slots(
    db: Session,
    ledger: Ledger,
    known: Known,
    edition: Edition,
    parts: Sequence[SlotPart],
    days: Mapping[date, Day],
    tracks: Mapping[str, Track],
) -> None:
    dates = {day.id: on for on, day in known.days.items()}
    found = matched(known.slots, parts, dates)
    positions = rules.positions([slot.position if slot else None for slot in found])
    moved_tracks: set[int | None] = set()
    for part, held, position in zip(parts, found, positions, strict=True):
        slot = held or Slot(edition_id=edition.id or 0, day_id=0, identity="", title="", kind=part.kind)
        values = _slot_values(part) | {
            "day_id": days[part.on].id,
            "track_id": tracks[part.track].id if part.track else None,
            "position": position,
            "identity": slot.identity if part.key is None and _has_key(slot) else part.identity,
        }
        # An hour that is given says both ends: an old end could come before a new start.
        empties = ("ends",) if part.starts else ()
        place, before = _slot_place(slot, part.title), slot.track_id
        settled = _settle(db, ledger, slot, place, values, empties)
        ledger.note(Kind.SLOTS, settled.fate)
        if settled.moves:
            slot.revision += 1
        if settled.moves or settled.fate == Fate.MADE or before != slot.track_id:
            moved_tracks |= {before, slot.track_id}
        if slot.cancelled_at is not None:
            # An organiser cancelled it on the desk, where it is also restored: a file read again does not know better.
            ledger.left.append(f"{place}.cancelled")
    for track in known.tracks.values():
        track.revision += track.id in moved_tracks
    told = {slot.id for slot in found if slot}
    ledger.left += [_slot_place(slot, slot.title) for slot in known.slots if slot.id not in told]
    db.flush()


def _slot_values(part: SlotPart) -> dict[str, object]:
    return {
        "title": part.title,
        "kind": part.kind,
        "starts": part.starts,
        "ends": part.ends,
        "block": part.block,
        "room": part.room,
    }


def _slot_place(slot: Slot, title: str) -> str:
    return f"slots[{slot.identity.removeprefix('key:') if _has_key(slot) else title}]"


def _has_key(slot: Slot) -> bool:
    return slot.identity.startswith("key:")


def matched(slots: Sequence[Slot], parts: Sequence[SlotPart], dates: Mapping[int | None, date]) -> list[Slot | None]:
    """For each part the slot it speaks of: the one of its identity, else one alike, unless both have keys."""
    by_identity = {slot.identity: slot for slot in slots}
    found = [by_identity.get(part.identity) for part in parts]
    taken = {slot.id for slot in found if slot}
    alike: dict[object, list[Slot]] = {}
    for slot in slots:
        if slot.id not in taken:
            alike.setdefault((dates[slot.day_id], slot.starts, slot.title, slot.room), []).append(slot)
    for index, part in enumerate(parts):
        if found[index] is None:
            free = [slot for slot in alike.get(part.natural, []) if not (part.key is not None and _has_key(slot))]
            if free:
                found[index] = free[0]
                alike[part.natural].remove(free[0])
    return found


def _settle(
    db: Session,
    ledger: Ledger,
    row: SQLModel,
    place: str,
    values: Mapping[str, object],
    empties: Collection[str] = (),
) -> Settled:
    """Give `row` the values that are given (not None, except in `empties`); those it holds already are not touched."""
    blank = type(row)()
    changed: set[str] = set()
    for name, value in values.items():
        held = getattr(row, name)
        if value is None and name not in empties:
            if held != getattr(blank, name):
                ledger.left.append(f"{place}.{FILE_KEYS.get(name, name)}")
        elif held != value:
            setattr(row, name, value)
            changed.add(name)
    if getattr(row, "id") is None:  # noqa: B009  every table here has one
        db.add(row)
        return Settled(Fate.MADE, moves=False)
    return Settled(Fate.CHANGED if changed else Fate.UNCHANGED, moves=not changed.isdisjoint(MOVING))
