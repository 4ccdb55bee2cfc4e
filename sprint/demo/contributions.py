"""Contributions of the demonstration: of every kind, in every state, by invented people, through the real actions.

Links lead to example.org: none may point to the work of somebody real.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from sprint.contributions.actions import accept, answer, log, send_back, withdraw
from sprint.contributions.drafting import Wish
from sprint.contributions.queries import employers_of
from sprint.contributions.recognise import recognise
from sprint.contributions.tables import Kind
from sprint.people.queries import member
from sprint.people.rules import Member
from sprint.programme.queries import EditionView
from sprint.programme.tables import Track
from sprint.registrations.queries import held_by


@dataclass(frozen=True)
class Stage:
    """Where contributions are made: an edition, its tracks, who decides, and the words."""

    edition: EditionView
    tracks: Sequence[Track]
    decider: Member
    words: Mapping[str, Any]

    def title(self, kind: Kind, number: int, track: Track) -> str:
        return self.words["titles"][kind.value][number].replace("%s", track.name)

    def reason(self, number: int) -> str:
        reasons = self.words["reasons"]
        return reasons[number % len(reasons)]


def past_contributions(db: Session, stage: Stage, people: Sequence[int]) -> None:
    """Three accepted contributions of each kind and one withdrawn, noted and decided during the edition itself."""
    for place, kind in enumerate(Kind):
        for number in range(4):
            turn = place * 4 + number
            track, author = stage.tracks[turn % len(stage.tracks)], people[turn * 7 % len(people)]
            noted_at = _at(stage, turn % len(stage.edition.days), 10) + timedelta(minutes=8 * turn)
            contribution = _note(db, stage, author, track, kind, number, noted_at)
            if number == 3:
                withdraw(db, author, contribution, noted_at + timedelta(minutes=20))
            else:
                accept(db, stage.decider, stage.edition, [contribution], noted_at + timedelta(hours=3))


def coming_contributions(db: Session, stage: Stage, people: Sequence[int], now: datetime) -> None:
    """What people prepare: of each kind one accepted, one that waits, one sent back; some answered, some withdrawn."""
    registered = _registered(db, stage, people)
    for place, kind in enumerate(Kind):
        for number in range(3):
            turn = place * 3 + number
            author, track = registered[turn % len(registered)]
            noted_at = now - timedelta(days=5) + timedelta(minutes=37 * turn)
            contribution = _note(db, stage, author, track, kind, 3 + number, noted_at)
            _decide(db, stage, author, contribution, turn, noted_at)


def _decide(db: Session, stage: Stage, author: int, contribution: int, turn: int, noted_at: datetime) -> None:
    later = noted_at + timedelta(hours=2)
    if turn % 3 == 0:
        accept(db, stage.decider, stage.edition, [contribution], later)
    elif turn % 3 == 1:
        send_back(db, stage.decider, stage.edition, contribution, stage.reason(turn), later)
        if turn % 9 == 1:
            withdraw(db, author, contribution, later + timedelta(hours=1))


def answered(db: Session, stage: Stage, author: int, track: Track, now: datetime) -> None:
    """One that was sent back and answered: it waits for the second reading."""
    noted_at = now - timedelta(days=2)
    contribution = _note(db, stage, author, track, Kind.DOCUMENTATION, 0, noted_at)
    send_back(db, stage.decider, stage.edition, contribution, stage.reason(0), noted_at + timedelta(hours=1))
    wish = _wish(db, stage, author, track, Kind.DOCUMENTATION, 0, noted_at)
    words = stage.words["answer"]
    answer(db, author, contribution, stage.edition.id, wish, words, noted_at + timedelta(hours=5))


def _registered(db: Session, stage: Stage, people: Sequence[int]) -> list[tuple[int, Track]]:
    """Each of the people with the track they hold or wait for."""
    by_id = {track.id: track for track in stage.tracks}
    held = ((person, held_by(db, person, stage.edition.id)) for person in people)
    return [(person, by_id[mine[0].track_id]) for person, mine in held if mine]


def _note(db: Session, stage: Stage, author: int, track: Track, kind: Kind, number: int, noted_at: datetime) -> int:
    wish = _wish(db, stage, author, track, kind, number, noted_at)
    once = f"demo-{stage.edition.id}-{kind.value}-{number}-{author}"
    return log(db, author, stage.edition.id, wish, once, noted_at).contribution_id


def _wish(db: Session, stage: Stage, author: int, track: Track, kind: Kind, number: int, noted_at: datetime) -> Wish:
    done_on = stage.edition.calendar.today(noted_at)
    employers = [one.organisation_id for one in employers_of(db, author) if one.covers(done_on)]
    address = f"https://example.org/{stage.edition.slug}/{track.slug}/{kind.value}-{number}"
    link = recognise(address) if (number + author) % 2 == 0 else None
    return Wish(
        kind=kind,
        title=stage.title(kind, number, track),
        description="",
        done_on=done_on,
        track_id=track.id,
        project_id=track.project_id,
        organisation_id=employers[0] if employers and author % 7 else None,
        minutes=(number + 1) * 45 if author % 3 == 0 else None,
        links=(link,) if link else (),
        is_named=author % 4 == 0,
    )


def _at(stage: Stage, day: int, hour: int) -> datetime:
    zone = ZoneInfo(stage.edition.calendar.zone)
    return datetime.combine(stage.edition.days[day].on, datetime.min.time(), zone) + timedelta(hours=hour)


def decider_of(db: Session, person_id: int, now: datetime) -> Member:
    """The organiser who decides."""
    found = member(db, person_id, now)
    if found is None:
        raise LookupError(f"no person {person_id}")
    return found
