"""Coming together: making a team, joining it by its code, leaving it. No seat depends on it."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, select

from sprint.journal import new_act, record
from sprint.participation.actions.choosing import hold_person
from sprint.participation.facts import ParticipationFact
from sprint.participation.rules.teams import joining_team, making_team, tidied
from sprint.participation.tables import Team, TeamMember
from sprint.refusal import Refused
from sprint.registrations.queries import IS_LIVE, held_by
from sprint.registrations.tables import Registration


def make_team(db: Session, person_id: int, edition_id: int, track_id: int, name: str, once: str, now: datetime) -> bool:
    """Make a team in a track one comes to, and be in it. False for a form received twice. Raises Refused."""
    hold_person(db, person_id)
    known = select(TeamMember.team_id).where(TeamMember.person_id == person_id, TeamMember.once == once)
    if db.exec(known).first() is not None:
        return False
    reasons = making_team(
        is_on_track=_is_on_track(db, person_id, edition_id, track_id),
        in_team=_membership(db, person_id, track_id) is not None,
    )
    if reasons:
        raise Refused(*reasons)
    team = Team(track_id=track_id, name=name, made_at=now)
    db.add(team)
    db.flush()
    _enter(db, person_id, edition_id, team, ParticipationFact.TEAM_MADE, now, once)
    return True


def join_team(db: Session, person_id: int, edition_id: int, code: str, now: datetime) -> Team:
    """Be in the team of the edition that has this code. Raises Refused with every reason."""
    hold_person(db, person_id)
    tracks = {held.track_id for held in held_by(db, person_id, edition_id)}
    # Shared: the last one who leaves takes the team away, and waits for us.
    found = db.exec(select(Team).where(Team.code == tidied(code)).with_for_update(read=True)).first()
    track_id = found.track_id if found else 0
    reasons = joining_team(
        is_known=found is not None,
        is_on_track=track_id in tracks,
        in_team=_membership(db, person_id, track_id) is not None,
    )
    if reasons or found is None:
        raise Refused(*reasons)
    _enter(db, person_id, edition_id, found, ParticipationFact.TEAM_JOINED, now, None)
    return found


def leave_team(db: Session, person_id: int, edition_id: int, team_id: int, now: datetime) -> bool:
    """Leave a team, which goes with its last member. False when one is not in it."""
    hold_person(db, person_id)
    team = db.exec(select(Team).where(Team.id == team_id).with_for_update()).first()
    mine = _membership(db, person_id, team.track_id) if team else None
    if team is None or mine is None or mine.team_id != team_id:
        return False
    db.delete(mine)
    db.flush()
    _note(db, person_id, edition_id, team, ParticipationFact.TEAM_LEFT, now)
    if db.exec(select(TeamMember.person_id).where(TeamMember.team_id == team_id)).first() is None:
        db.delete(team)
        db.flush()
    return True


def forget_teams(db: Session) -> int:
    """Take those who come no more out of their teams, and teams without anybody away; gives how many rows."""
    still = select(Registration.id).where(
        IS_LIVE, Registration.person_id == TeamMember.person_id, Registration.track_id == TeamMember.track_id
    )
    gone = db.exec(delete(TeamMember).where(~still.exists())).rowcount
    anybody = select(TeamMember.person_id).where(TeamMember.team_id == Team.id)
    return gone + db.exec(delete(Team).where(~anybody.exists())).rowcount


def _is_on_track(db: Session, person_id: int, edition_id: int, track_id: int) -> bool:
    return any(held.track_id == track_id for held in held_by(db, person_id, edition_id))


def _membership(db: Session, person_id: int, track_id: int) -> TeamMember | None:
    return db.get(TeamMember, (track_id, person_id))


def _enter(
    db: Session,
    person_id: int,
    edition_id: int,
    team: Team,
    kind: ParticipationFact,
    now: datetime,
    once: str | None,
) -> None:
    db.add(TeamMember(track_id=team.track_id, person_id=person_id, team_id=team.id or 0, joined_at=now, once=once))
    db.flush()
    _note(db, person_id, edition_id, team, kind, now)


def _note(db: Session, person_id: int, edition_id: int, team: Team, kind: ParticipationFact, now: datetime) -> None:
    record(
        db,
        new_act(),
        kind,
        now,
        actor_id=person_id,
        person_id=person_id,
        edition_id=edition_id,
        track_id=team.track_id,
        detail={"team": team.id or 0},
    )
