"""Reading tracks: as cards in lists, as the sheet of a page, with their repositories and mentors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from sprint.catalogue.tables import ProjectKind, Repository
from sprint.people.queries import live_grant
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.prepared import Prepared
from sprint.programme.rules import audience_within
from sprint.programme.tables import Audience, Edition, Openness, Track, TrackRepository


@dataclass(frozen=True)
class TrackCard:
    """A track as lists show it."""

    id: int
    slug: str
    name: str
    organisation: str
    objective: str
    audience: Audience
    language: str
    skills: tuple[str, ...]
    verbs: tuple[str, ...]
    keywords: tuple[str, ...]


_CARDS = Prepared(
    select(
        Track.id,
        Track.slug,
        Track.name,
        Track.organisation,
        Track.objective,
        Edition.audience,
        Track.audience,
        Track.language,
        Track.skills,
        Track.verbs,
        Track.keywords,
    )
    .join(Edition, col(Edition.id) == Track.edition_id)
    .where(Track.edition_id == bindparam("edition_id"))
    .order_by(col(Track.name), col(Track.id))
)


def track_cards(db: Session, edition_id: int) -> list[TrackCard]:
    """The tracks of an edition by name. One query."""
    rows = _CARDS.rows(db, edition_id=edition_id)
    return [
        TrackCard(
            key or 0, *texts, audience_within(all_of_it, own), language, tuple(skills), tuple(verbs), tuple(keywords)
        )
        for key, *texts, all_of_it, own, language, skills, verbs, keywords in rows
    ]


def track_called(db: Session, edition_id: int, slug: str) -> Track | None:
    """The track of an address."""
    return db.exec(select(Track).where(Track.edition_id == edition_id, Track.slug == slug)).first()


class AnyTrack(Protocol):
    """What taking part asks of a track, whether it was read whole or not."""

    @property
    def id(self) -> int | None: ...
    @property
    def edition_id(self) -> int: ...
    @property
    def audience(self) -> Audience: ...


@dataclass(frozen=True)
class TrackKey:
    """A track as taking part needs it: its own audience, which that of the edition may narrow."""

    id: int
    edition_id: int
    audience: Audience


_KEY = Prepared(
    select(Track.id, Track.edition_id, Track.audience).where(
        Track.edition_id == bindparam("edition_id"), Track.slug == bindparam("slug")
    )
)


def track_key(db: Session, edition_id: int, slug: str) -> TrackKey | None:
    """The track of an address, for those who take part. One query."""
    row = _KEY.first(db, edition_id=edition_id, slug=slug)
    return TrackKey(row[0] or 0, row[1], row[2]) if row else None


@dataclass(frozen=True)
class TrackSheet:
    """A track as its own page shows it to everybody, but for `join_url` and `chat_url`: those are for who holds a seat, and organisers."""

    id: int
    slug: str
    name: str
    organisation: str
    objective: str
    description: str
    needs: str
    language: str
    join_url: str
    chat_url: str
    place: str
    kind: ProjectKind
    is_supported: bool
    openness: Openness | None
    audience: Audience
    skills: tuple[str, ...]
    first_tasks: tuple[Mapping[str, str], ...]
    guides: tuple[str, ...]


def track_sheet(db: Session, edition_id: int, slug: str) -> TrackSheet | None:
    """The track of an address, to be shown."""
    row = db.exec(
        select(
            Track.id,
            Track.slug,
            Track.name,
            Track.organisation,
            Track.objective,
            Track.description,
            Track.needs,
            Track.language,
            Track.join_url,
            Track.chat_url,
            Track.place,
            Track.kind,
            Track.is_supported,
            Track.openness,
            Edition.audience,
            Track.audience,
            Track.skills,
            Track.first_tasks,
            Track.guides,
        )
        .join(Edition, col(Edition.id) == Track.edition_id)
        .where(Track.edition_id == edition_id, Track.slug == slug)
    ).first()
    if row is None:
        return None
    audience = audience_within(row[14], row[15])
    return TrackSheet(*row[:14], audience, tuple(row[16]), tuple(row[17]), tuple(row[18]))


@dataclass(frozen=True)
class RepositoryLine:
    """A repository as a track shows it."""

    url: str
    host: str
    path: str
    licence: str | None
    language: str | None


def repositories_of(db: Session, track_id: int) -> list[RepositoryLine]:
    rows = db.exec(
        select(Repository.url, Repository.host, Repository.path, Repository.licence, Repository.language)
        .join(TrackRepository, col(TrackRepository.repository_id) == Repository.id)
        .where(TrackRepository.track_id == track_id)
        .order_by(col(TrackRepository.position))
    )
    return [RepositoryLine(*row) for row in rows]


def track_count(db: Session, edition_id: int) -> int:
    return db.exec(select(func.count()).select_from(Track).where(Track.edition_id == edition_id)).one()


@dataclass(frozen=True)
class Mentor:
    """Somebody who mentors a track, by the name they wrote, perhaps not for ever."""

    name: str
    until_at: datetime | None


def mentors_of(db: Session, track_id: int) -> tuple[Mentor, ...]:
    """The mentors of a track by name, those included whose time may be over."""
    rows = db.exec(
        select(Person.name, Grant.until_at)
        .join(Grant, col(Grant.person_id) == Person.id)
        .where(
            Grant.right == Right.MENTOR,
            Grant.scope_kind == Scope.TRACK,
            Grant.scope_id == track_id,
            col(Grant.revoked_at).is_(None),
            col(Person.erased_at).is_(None),
        )
        .order_by(col(Person.name))
    )
    return tuple(Mentor(*row) for row in rows)


def mentor_counts(db: Session, track_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """How many people mentor each of these tracks; those without are left out. One query."""
    rows = db.exec(
        select(Grant.scope_id, func.count(func.distinct(Grant.person_id)))
        .where(
            Grant.right == Right.MENTOR,
            Grant.scope_kind == Scope.TRACK,
            col(Grant.scope_id).in_(list(track_ids)),
            live_grant(now),
        )
        .group_by(col(Grant.scope_id))
    )
    return {track_id: people for track_id, people in rows if track_id is not None}
