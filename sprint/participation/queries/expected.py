"""Who is expected where: for organisers of an edition, and for mentors the people of their tracks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from sprint.participation.tables import Images, Participation, Team, TeamMember
from sprint.people.rules import Member
from sprint.people.tables import Person, Right, Scope
from sprint.programme.tables import Track
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import Registration, State


@dataclass(frozen=True)
class OpenTrack:
    """A track whose people one may read."""

    id: int
    slug: str
    name: str


def tracks_read_by(db: Session, member: Member, edition_id: int) -> list[OpenTrack]:
    """The tracks of the edition whose people the member may read: all for organisers, their own for mentors. One query."""
    rows = db.exec(
        select(Track.id, Track.slug, Track.name)
        .where(_read_by(member, edition_id))
        .order_by(func.lower(Track.name), col(Track.id))
    )
    return [OpenTrack(key or 0, slug, name) for key, slug, name in rows]


def _read_by(member: Member, edition_id: int) -> ColumnElement[bool]:
    here = col(Track.edition_id) == edition_id
    if member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id) or member.holds_everywhere(Right.MENTOR):
        return here
    return here & col(Track.id).in_(member.scope_ids(Right.MENTOR, Scope.TRACK))


@dataclass(frozen=True)
class Expected:
    """Somebody with a seat in a track; `images` None: they did not say, which is no."""

    person_id: int
    name: str
    track_name: str
    team: str | None
    images: Images | None


def expected_people(
    db: Session, track_ids: Sequence[int], day_id: int | None, offset: int, limit: int
) -> tuple[int, list[Expected]]:
    """How many seats, a person and a track each, and some of them by name: in these tracks, on that day or on any. Two queries."""
    sits = [
        IS_LIVE,
        in_state(State.CONFIRMED),
        col(Registration.track_id).in_(list(track_ids)),
        Registration.person_id == Person.id,
        Registration.track_id == Track.id,
    ]
    if day_id is not None:
        sits.append(Registration.day_id == day_id)
    has_seat = select(Registration.id).where(*sits).exists()
    where = (has_seat, col(Track.id).in_(list(track_ids)))
    total = db.exec(
        select(func.count()).select_from(Person).join(Track, col(Track.id).is_not(None)).where(*where)
    ).one()
    rows = db.exec(
        select(Person.id, Person.name, Track.name, Team.name, Participation.images)
        .select_from(Person)
        .join(Track, col(Track.id).is_not(None))
        .join(
            TeamMember,
            and_(col(TeamMember.person_id) == Person.id, col(TeamMember.track_id) == Track.id),
            isouter=True,
        )
        .join(Team, col(Team.id) == TeamMember.team_id, isouter=True)
        .join(
            Participation,
            and_(col(Participation.person_id) == Person.id, col(Participation.edition_id) == Track.edition_id),
            isouter=True,
        )
        .where(*where)
        .order_by(func.lower(Person.name), col(Person.id), func.lower(Track.name), col(Track.id))
        .offset(offset)
        .limit(limit)
    )
    return total, [Expected(key or 0, name, track, team, images) for key, name, track, team, images in rows]
