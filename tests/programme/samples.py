"""How the routes of the programme are tried: a recruiter's right waits, given by the operator's hand."""

from datetime import timedelta

from sqlmodel import Session

from sprint.people.tables import Grant, Right
from tests.makers import NOW, a_person
from tests.people import Five
from tests.samples import Sample

SAMPLES = {
    "rights": Sample(),
    "give_right": Sample(form={"adresse": "eve@example.org", "droit": "recruiter", "sur": "site"}),
    "confirm_right": Sample(),
    "take_right": Sample(),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    waiting = a_person(db, name="Rosa Attend")
    grant = Grant(person_id=waiting.id or 0, right=Right.RECRUITER, given_at=NOW, until_at=NOW + timedelta(days=90))
    db.add(grant)
    db.flush()
    return {"grant": grant.id}
