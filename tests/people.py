"""The five people, each of whom stands for a right, and the edition in which they meet.

Ada is a public agent and is registered; Barbara mentors the other track; Claude organises; Denise recruits; Eve must see nothing.
"""

from dataclasses import dataclass

from sqlmodel import Session

from sprint import sessions
from sprint.people.tables import Person, Right, Standing
from sprint.programme.tables import Audience, Edition, Track
from tests.makers import (
    NOW,
    a_grant,
    a_person,
    a_registration,
    a_slot,
    a_track,
    an_affiliation,
    an_edition,
    an_organisation,
)

NAMES = ("ada", "barbara", "claude", "denise", "eve")


@dataclass(frozen=True)
class Five:
    """`keycloak` (Ada is in it, one seat is left) and `onyxia` (Barbara mentors it; reserved to the public sector)."""

    edition: Edition
    keycloak: Track
    onyxia: Track
    ada: Person
    barbara: Person
    claude: Person
    denise: Person
    eve: Person

    def called(self, name: str) -> Person:
        """The person by the name tests use."""
        return {
            "ada": self.ada,
            "barbara": self.barbara,
            "claude": self.claude,
            "denise": self.denise,
            "eve": self.eve,
        }[name]


def five_people(db: Session) -> Five:
    """The five people, with what they hold, in an edition of two days."""
    edition = an_edition(db)
    keycloak = a_track(db, edition, slug="keycloak", name="Installer Keycloak", seats=2)
    onyxia = a_track(
        db, edition, slug="onyxia", name="Documenter Onyxia", seats=10, mode=None, audience=Audience.AGENTS
    )
    five = Five(
        edition,
        keycloak,
        onyxia,
        ada=a_person(db, name="Ada Lovelace"),
        barbara=a_person(db, name="Barbara Liskov", standing=Standing.RESEARCHER),
        claude=a_person(db, name="Claude Ferrand"),
        denise=a_person(db, name="Denise Recrue"),
        eve=a_person(db, name="Eve Dehors", standing=Standing.OTHER),
    )
    an_affiliation(db, person=five.ada, organisation=an_organisation(db))
    a_grant(db, person=five.barbara, right=Right.MENTOR, over=onyxia)
    a_grant(db, person=five.claude, right=Right.ORGANISER, over=edition)
    a_grant(db, person=five.denise, right=Right.RECRUITER)
    a_slot(db, edition, title="Accueil")
    a_slot(db, edition, track=keycloak, title="Première installation")
    a_registration(db, five.ada, keycloak)
    return five


def signed_in(db: Session, person: Person) -> str:
    """A session of the person, without the way through a provider: the token of the cookie."""
    return sessions.open_session(db, person.id or 0, "demo", "tests", NOW)
