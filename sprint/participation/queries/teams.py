"""Teams as their members see them."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.participation.tables import Team, TeamMember
from sprint.people.tables import Person
from sprint.programme.tables import Track


@dataclass(frozen=True)
class MyTeam:
    """A team I am in, with who else is."""

    id: int
    track_id: int
    name: str
    code: str
    members: tuple[str, ...]

    @property
    def said_code(self) -> str:
        """The code in two halves, as one says it."""
        middle = len(self.code) // 2
        return f"{self.code[:middle]}-{self.code[middle:]}"


def my_teams(db: Session, person_id: int, edition_id: int) -> dict[int, MyTeam]:
    """The teams of the edition that somebody is in, by track, their members by name. One query."""
    mine = select(TeamMember.team_id).where(TeamMember.person_id == person_id)
    rows = db.exec(
        select(Team.id, Team.track_id, Team.name, Team.code, Person.name)
        .join(Track, col(Track.id) == Team.track_id)
        .join(TeamMember, col(TeamMember.team_id) == Team.id)
        .join(Person, col(Person.id) == TeamMember.person_id)
        .where(Track.edition_id == edition_id, col(Team.id).in_(mine))
        .order_by(col(Team.id), func.lower(Person.name))
    )
    members: dict[tuple[int, int, str, str], list[str]] = {}
    for key, track_id, name, code, member in rows:
        members.setdefault((key or 0, track_id, name, code), []).append(member)
    return {team[1]: MyTeam(*team, tuple(names)) for team, names in members.items()}
