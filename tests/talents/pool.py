"""Makers for the pool, through the real actions; recruiters have an employer of their own."""

from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlmodel import Session, select

from sprint.people.tables import Organisation, Person, Right
from sprint.talents import actions
from sprint.talents.actions import Opened, Proposal
from sprint.talents.queries.recruiters import reason_of, recruiter_for
from sprint.talents.rules.joining import DEFAULTS, Portrait
from sprint.talents.rules.recruiting import Recruiter
from sprint.talents.tables import Contract, Purpose, Region, TalentProfile, Visibility
from tests.makers import NOW, a_grant, a_person, an_affiliation, an_organisation

_numbers = count(1)
BOTH = (Purpose.VISIBLE, Purpose.CONTRIBUTIONS)
PORTRAIT = Portrait(
    headline="Géomatique et accessibilité des cartes",
    skills=("Accessibilité", "Python", "Animation de réseaux"),
    languages=("français", "anglais"),
    region=Region.BRETAGNE,
    contracts=(Contract.MOBILITY, Contract.SECONDMENT),
    available_on=NOW.date(),
)
PROPOSAL = Proposal("Responsable de l’accessibilité", "Mobilité, 3 ans", "Paris 15e", "Vos contributions à QGIS.")


def readers(**others: Visibility) -> tuple[tuple[str, Visibility], ...]:
    """Who reads each field: as usual, but for these."""
    return tuple({**DEFAULTS, **others}.items())


def a_profile(
    db: Session,
    person: Person,
    portrait: Portrait = PORTRAIT,
    *,
    purposes: tuple[Purpose, ...] = (Purpose.VISIBLE,),
    now: datetime = NOW,
    **changes: object,
) -> TalentProfile:
    """The person joins the pool."""
    assert actions.join_pool(db, person.id or 0, replace(portrait, **changes), purposes, "fr", now)  # type: ignore[arg-type]
    return db.exec(select(TalentProfile).where(TalentProfile.person_id == person.id)).one()


def a_recruiter(
    db: Session,
    person: Person | None = None,
    *,
    name: str = "Rosa Emploi",
    email: str = "rosa@culture.example",
    organisation: Organisation | None = None,
    now: datetime = NOW,
) -> Recruiter:
    """Somebody with the right and a public employer."""
    if person is None:
        person = a_person(db, name=name, email=email)
        a_grant(db, person=person, right=Right.RECRUITER)
    slug = f"employeur-{next(_numbers)}"
    an_affiliation(
        db,
        person=person,
        organisation=organisation or an_organisation(db, slug=slug, name=f"Employeur de {person.name}"),
    )
    found = recruiter_for(db, person.id or 0, now)
    assert found is not None
    return found


def a_reason(db: Session, recruiter: Recruiter, words: str = "Responsable accessibilité", now: datetime = NOW) -> int:
    """The recruiter says why they search; gives the number of the reason."""
    actions.state_reason(db, recruiter, words, f"motif-{next(_numbers):04}", now)
    reason = reason_of(db, recruiter.id, datetime.min.replace(tzinfo=now.tzinfo))
    assert reason is not None
    return reason.id or 0


def a_view(db: Session, recruiter: Recruiter, profile: TalentProfile, now: datetime = NOW) -> Opened:
    """The recruiter opens the profile."""
    return actions.note_view(db, recruiter, profile.key, a_reason(db, recruiter, now=now), now)


def a_request(db: Session, recruiter: Recruiter, profile: TalentProfile, now: datetime = NOW) -> bool:
    """The recruiter proposes a post."""
    return actions.request_contact(db, recruiter, profile.key, PROPOSAL, f"demande-{next(_numbers):04}", now)
