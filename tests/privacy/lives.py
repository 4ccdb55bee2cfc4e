"""Somebody who has left traces everywhere, each with a word that nothing else holds; and a dump to look for those words."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, SQLModel, select

import sprint.tables  # noqa: F401  the metadata is whole
from sprint.account.actions import ask_address, sign_in
from sprint.account.providers.provider import Claims
from sprint.contributions.tables import Authorship, Consent
from sprint.database import Database
from sprint.people.tables import Identity, Person, Right, Standing
from sprint.settings import Settings
from sprint.worker import worker_of
from tests.contributions.stage import a_contribution, accepted
from tests.makers import NOW, a_grant, a_registration, an_affiliation, an_organisation
from tests.people import Five
from tests.talents.pool import a_profile, a_recruiter, a_request, a_view

WORDS = (
    "Zéphyrine Quatremer",
    "zephyrine.quatremer",
    "sujet-4711",
    "zephyrineq-forge",
    "zephyrineq-page",
    "autre.boite",
    "github.com/zephyrineq",
    "Carte du bocage",
    "Cartographe du bocage",
    "Vos contributions à QGIS",
)
"""Her name, e-mail, subject, name and page on a forge, next address, link, title and headline, and what a recruiter wrote."""
SHARED = "Carte à quatre mains"


@dataclass(frozen=True)
class Life:
    """Her, her cookie, and what she shares with somebody else."""

    person_id: int
    token: str
    shared_id: int


def a_life(db: Session, five: Five) -> Life:
    """Signed in through a provider, registered, mentor, in the pool, looked at, written to, author alone and with Barbara."""
    claims = Claims(
        "proconnect", "https://emetteur.example", "sujet-4711", "Zéphyrine Quatremer",
        "zephyrine.quatremer@bocage.example", "fr", Standing.AGENT, "", email_verified=True,
        login="zephyrineq-forge", profile_url="https://forge.example/zephyrineq-page", id_token="jeton-de-zephyrine",
    )  # fmt: skip
    token = sign_in(db, claims, NOW, "Firefox")
    hers = db.exec(select(Identity.person_id).where(Identity.subject == "sujet-4711")).one()
    ask_address(db, hers, "autre.boite@bocage.example", NOW)
    her = db.exec(select(Person).join(Identity).where(Identity.subject == "sujet-4711")).one()
    an_affiliation(db, person=her, organisation=an_organisation(db, slug="bocage", name="Parc du bocage"))
    a_registration(db, her, five.keycloak)
    a_grant(db, person=her, right=Right.MENTOR, over=five.keycloak)
    alone = a_contribution(
        db, her, five.keycloak, title="Carte du bocage", links=("https://github.com/zephyrineq/carte/pull/1",)
    )
    a_grant(db, person=five.barbara, right=Right.MENTOR, over=five.keycloak)
    accepted(db, five.barbara, five.keycloak, alone)
    shared = a_contribution(db, her, five.keycloak, title=SHARED)
    db.add(
        Authorship(
            contribution_id=shared, person_id=five.eve.id or 0, state=Consent.ACCEPTED, answered_at=NOW, once="à-deux"
        )
    )
    profile = a_profile(db, her, headline="Cartographe du bocage")
    recruiter = a_recruiter(db)
    a_view(db, recruiter, profile)
    a_request(db, recruiter, profile)
    return Life(her.id or 0, token, shared)


def do_all_work(database: Database, settings: Settings) -> None:
    """Derive and post whatever is owed."""
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass


def dump(db: Session) -> str:
    """Every value of every column of every table, as text; the number of changes, which is nobody's, aside."""
    lines = []
    for table in (table for table in SQLModel.metadata.sorted_tables if table.name != "data_version"):
        for row in db.connection().execute(select(table)):
            lines.append(f"{table.name} " + " ".join(_text(value) for value in row))
    return "\n".join(lines)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
