"""A proposal that says all it must, through the real actions."""

from sqlmodel import Session
from starlette.datastructures import QueryParams

from sprint.people.tables import Person
from sprint.programme.queries import edition_with
from sprint.programme.tables import Edition
from sprint.proposals.actions import begin, join, save, submit
from sprint.proposals.forms import CanvasForm
from sprint.proposals.tables import Proposal, State
from sprint.web.forms import Posted
from tests.makers import NOW
from tests.people import Five

CANVAS = {
    "nom": "Éprouver Démo",
    "organisation": "DINUM",
    "genre": "software",
    "public": "open",
    "langue": "fr",
    "objectif": "Installer Démo sans aide.",
    "description": "On installe, on note <script>alert(1)</script> **ce qui coince**.",
    "besoins": "- relire le guide",
    "taches": "Traduire l’accueil | https://forge.example/demo/issues/1\nRelire",
    "savoirs": "Rédaction\nLinux",
    "depots": "https://forge.example/equipe/demo.git",
    "licence": "EUPL-1.2",
    "contribuer": "https://forge.example/equipe/demo/CONTRIBUTING.md",
    "guides": "https://guide.example/",
    "ouverture": "open",
    "soutien": "oui",
    "essaye_par": "Eve Dehors",
    "essaye_le": "2027-01-05",
    "essaye_sur": "Debian 13",
    "places-2027-03-16-site": "5",
    "places-2027-03-17-distance": "3",
    "lieu": "Salle Condorcet",
    "visio": "https://visio.example/demo",
    "salon": "https://salon.example/demo",
}


def a_proposal(db: Session, five: Five, *, sent: bool = True, mentored: bool = True, **changes: str) -> int:
    """Ada proposes it; Barbara will mentor both days, unless said otherwise."""
    edition = edition_with(db, five.edition.id or 0)
    form = CanvasForm(Posted(QueryParams(CANVAS | changes)), edition.calendar.days)
    assert form.wrong == {}
    key = begin(db, edition, five.ada.id or 0, "formulaire-proposition", NOW)
    save(db, key, form.texts, form.name, form.tested_by, NOW)
    if mentored:
        join(db, key, five.barbara.id or 0, edition.calendar.days, NOW)
    if sent:
        submit(db, key, five.ada.id or 0, NOW)
    return key


def an_empty_proposal(db: Session, edition: Edition, person: Person, number: int) -> None:
    """A row of a list: sent, with nothing in it."""
    db.add(
        Proposal(
            edition_id=edition.id or 0,
            person_id=person.id or 0,
            state=State.SUBMITTED,
            name=f"Proposition {number}",
            begun_at=NOW,
            saved_at=NOW,
            submitted_at=NOW,
            once=f"proposition-{number}",
        )
    )
