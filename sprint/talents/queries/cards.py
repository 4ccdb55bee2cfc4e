"""The one query that makes a card: what a recruiter reads of a profile leaves the database already blanked.

The same statement serves the search, the profile and its owner's preview, which asks it about a row that is not stored.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, exists, literal, null, or_
from sqlmodel import Session, SQLModel, col, select

from sprint.people.tables import Affiliation, Identity, Organisation
from sprint.talents.notice import current_version
from sprint.talents.rules.joining import FIELDS, LATER
from sprint.talents.rules.labels import CONTRACTS, REGIONS, free_from, pseudonym
from sprint.talents.rules.recruiting import Recruiter
from sprint.talents.tables import (
    Consent,
    ContactRequest,
    Contract,
    Exclusion,
    RequestState,
    TalentProfile,
    Visibility,
    WithdrawnCard,
)
from sprint.words import Words

PROFILE: FromClause = SQLModel.metadata.tables["talentprofile"]


@dataclass(frozen=True)
class Card:
    """What somebody may read of a profile: a hidden field is empty or None, and nobody can tell it from one left blank.

    `after` names the fields that wait for its owner's agreement. `email` is there once they agreed.
    """

    key: str
    pseudonym: Words
    headline: str | None
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    region: Words | None
    contracts: tuple[Words, ...]
    free: Words | None
    name: str | None
    employer: str | None
    orcid: str | None
    email: str | None
    is_agreed: bool
    after: tuple[Words, ...]


def shown_to(profile: FromClause, field: str, agreed: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition under which a field is read: by every recruiter, or once its owner agreed."""
    readers = profile.c[f"{field}_for"]
    return or_(readers == Visibility.RECRUITERS, and_(readers == Visibility.AGREEMENT, agreed))


def card_statement(profile: FromClause, agreed: ColumnElement[bool], now: datetime) -> Select[Any]:
    """The columns of a card over a profile, a stored one or one made up."""

    def blanked(field: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((shown_to(profile, field, agreed), value), else_=null())

    person = SQLModel.metadata.tables["person"]
    return (
        select(
            profile.c.key,
            profile.c.tree,
            profile.c.number,
            blanked("headline", profile.c.headline),
            blanked("skills", profile.c.skills),
            blanked("languages", profile.c.languages),
            blanked("region", profile.c.region),
            blanked("contracts", profile.c.contracts),
            blanked("contracts", profile.c.available_on),
            blanked("name", person.c.name),
            blanked("employer", _employer(profile, now)),
            blanked("orcid", _orcid(profile)),
            case((agreed, person.c.email), else_=null()),
            agreed.label("agreed"),
            _employer(profile, now).is_not(None),
            _orcid(profile).is_not(None),
            *[profile.c[f"{field}_for"] for field in FIELDS],
        )
        .select_from(profile)
        .join(person, person.c.id == profile.c.person_id)
    )


def _employer(profile: FromClause, now: datetime) -> ColumnElement[Any]:
    return (
        select(Organisation.name)
        .join(Affiliation, col(Affiliation.organisation_id) == Organisation.id)
        .where(Affiliation.person_id == profile.c.person_id, works_on(now.date()))
        .order_by(col(Affiliation.since_on), col(Affiliation.id))
        .limit(1)
        .scalar_subquery()
    )


def _orcid(profile: FromClause) -> ColumnElement[Any]:
    statement = select(Identity.subject).where(Identity.person_id == profile.c.person_id, Identity.provider == "orcid")
    return statement.order_by(col(Identity.id)).limit(1).scalar_subquery()


def works_on(today: date) -> ColumnElement[bool]:
    """The condition under which an affiliation holds on a day."""
    return and_(
        col(Affiliation.since_on) <= today, or_(col(Affiliation.until_on).is_(None), col(Affiliation.until_on) >= today)
    )


def card_of(row: Any, today: date) -> Card:
    """The card a row of `card_statement` tells."""
    key, tree, number, headline, skills, languages, region, contracts, available_on, name, employer, orcid, *rest = row
    email, agreed, has_employer, has_orcid, *readers = rest
    empty = {"employer": not has_employer, "orcid": not has_orcid}
    late = [
        LATER[field]
        for field, readers_of in zip(FIELDS, readers, strict=True)
        if readers_of == Visibility.AGREEMENT and not empty.get(field)
    ]
    return Card(
        key,
        pseudonym(tree, number),
        headline,
        tuple(skills or ()),
        tuple(languages or ()),
        REGIONS[region] if region else None,
        tuple(CONTRACTS[Contract(word)] for word in (contracts or "").split()),
        free_from(available_on, today) if available_on else None,
        name,
        employer,
        orcid,
        email,
        bool(agreed),
        () if agreed else tuple(late),
    )


# --- which profiles a recruiter may see


def agreed_with(recruiter: Recruiter) -> ColumnElement[bool]:
    """Whether the owner of the profile accepted a request of the recruiter."""
    return exists().where(
        col(ContactRequest.profile_id) == PROFILE.c.id,
        col(ContactRequest.recruiter_id) == recruiter.id,
        col(ContactRequest.state) == RequestState.ACCEPTED,
    )


def seen_by(recruiter: Recruiter, now: datetime) -> ColumnElement[bool]:
    """The condition under which the recruiter may see a profile: agreed to today's notice, not over, nobody excluded."""
    holds = exists().where(
        col(Consent.id) == PROFILE.c.visible_consent_id,
        col(Consent.expires_at) > now,
        col(Consent.notice_version) == current_version(),
    )
    own = exists().where(
        col(Affiliation.person_id) == PROFILE.c.person_id,
        col(Affiliation.organisation_id).in_(recruiter.organisation_ids),
        works_on(now.date()),
    )
    excluded = exists().where(
        col(Exclusion.profile_id) == PROFILE.c.id,
        or_(
            col(Exclusion.organisation_id).in_(recruiter.organisation_ids),
            col(Exclusion.domain).in_(recruiter.domains),
        ),
    )
    return and_(holds, ~own, ~excluded)


def card_for(db: Session, recruiter: Recruiter, key: str, now: datetime) -> Card | None:
    """The card of a profile the recruiter may see; for anybody else it is not found. One query."""
    statement = card_statement(PROFILE, agreed_with(recruiter), now).where(
        PROFILE.c.key == key, seen_by(recruiter, now)
    )
    row = db.connection().execute(statement).first()
    return card_of(row, now.date()) if row else None


def preview_of(db: Session, profile: TalentProfile, now: datetime, *, is_agreed: bool) -> Card | None:
    """The card of a profile that is not stored, by the very statement recruiters read through. One query."""
    columns = SQLModel.metadata.tables["talentprofile"].columns
    made_up = select(
        *[literal(getattr(profile, column.name), column.type).label(column.name) for column in columns]
    ).subquery("talentprofile")
    row = db.connection().execute(card_statement(made_up, literal(is_agreed), now)).first()
    return card_of(row, now.date()) if row else None


def is_withdrawn(db: Session, recruiter: Recruiter, key: str) -> bool:
    """Whether a card the recruiter could see is gone; for everybody else it never was. One query."""
    theirs = select(WithdrawnCard.key).where(WithdrawnCard.key == key, WithdrawnCard.recruiter_id == recruiter.id)
    return db.exec(theirs).first() is not None
