"""What somebody reads of their own place in the pool: profile, consents, who looked, who asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.people.tables import Affiliation, Identity, Organisation, Person
from sprint.talents.notice import ConsentEvent, current_version
from sprint.talents.queries.cards import works_on
from sprint.talents.rules.joining import VIEWS_KEPT
from sprint.talents.rules.recruiting import state_of
from sprint.talents.search import folded
from sprint.talents.tables import (
    Consent,
    ConsentNotice,
    ContactRequest,
    Exclusion,
    Purpose,
    RequestState,
    SearchReason,
    ShownContribution,
    TalentProfile,
    TalentView,
)


def profile_of(db: Session, person_id: int) -> TalentProfile | None:
    """The person's profile, if they are in the pool."""
    return db.exec(select(TalentProfile).where(TalentProfile.person_id == person_id)).first()


@dataclass(frozen=True)
class OwnConsent:
    """What holds of one purpose."""

    receipt: str
    purpose: Purpose
    at: datetime
    expires_at: datetime
    is_of_today: bool
    """Whether it was given to the notice in force."""

    def holds(self, now: datetime) -> bool:
        return self.is_of_today and now < self.expires_at


def consents_of(db: Session, profile: TalentProfile) -> dict[Purpose, OwnConsent]:
    """The consents in force for a profile, by purpose. One query."""
    ids = [profile.visible_consent_id, profile.contributions_consent_id]
    rows = db.exec(select(Consent).where(col(Consent.id).in_([key for key in ids if key is not None])))
    return {
        row.purpose: OwnConsent(
            row.receipt, row.purpose, row.at, row.expires_at, row.notice_version == current_version()
        )
        for row in rows
        if row.expires_at is not None
    }


def consent_events(db: Session, person_id: int) -> list[ConsentEvent]:
    """Every consent the person gave or took back, the oldest first, with the wording. One query."""
    rows = db.exec(
        select(Consent, ConsentNotice.document, ConsentNotice.sha256)
        .join(ConsentNotice, col(ConsentNotice.id) == Consent.notice_id)
        .where(Consent.person_id == person_id)
        .order_by(col(Consent.id))
    )
    return [
        ConsentEvent(row.receipt, row.purpose, row.state, row.at, row.expires_at, row.statement, document, sha)
        for row, document, sha in rows
    ]


def has_consented(db: Session, person_id: int) -> bool:
    """Whether there is a receipt to download."""
    return db.exec(select(Consent.id).where(Consent.person_id == person_id).limit(1)).first() is not None


@dataclass(frozen=True)
class Employer:
    """An organisation of today; recruiters who work for it never see the profile."""

    id: int
    name: str


def employers_of(db: Session, person_id: int, now: datetime) -> list[Employer]:
    """Where the person works today. One query."""
    rows = db.exec(
        select(Organisation.id, Organisation.name)
        .join(Affiliation, col(Affiliation.organisation_id) == Organisation.id)
        .where(Affiliation.person_id == person_id, works_on(now.date()))
        .order_by(col(Organisation.name), col(Organisation.id))
    )
    return [Employer(key or 0, name) for key, name in dict.fromkeys((row[0], row[1]) for row in rows)]


def has_orcid(db: Session, person_id: int) -> bool:
    statement = select(Identity.id).where(Identity.person_id == person_id, Identity.provider == "orcid").limit(1)
    return db.exec(statement).first() is not None


def exclusions_of(db: Session, profile_id: int) -> list[tuple[int | None, str]]:
    """What a profile is hidden from: (organisation or None for a domain, its name or the domain). One query."""
    rows = db.exec(
        select(Exclusion.organisation_id, Organisation.name, Exclusion.domain)
        .join(Organisation, col(Organisation.id) == Exclusion.organisation_id, isouter=True)
        .where(Exclusion.profile_id == profile_id)
        .order_by(col(Organisation.name), col(Exclusion.domain))
    )
    return [(organisation_id, name or domain or "") for organisation_id, name, domain in rows]


def shown_ids(db: Session, profile_id: int) -> list[int]:
    """The contributions a profile shows. One query."""
    statement = select(ShownContribution.contribution_id).where(ShownContribution.profile_id == profile_id)
    return list(db.exec(statement.order_by(col(ShownContribution.contribution_id))))


def organisations_called(db: Session, names: list[str]) -> dict[str, int]:
    """Those of the names that are an organisation's name or slug, whatever case and accents, with its id. One query.

    Compared here: SQLite does not know the case of an accented letter.
    """
    known: dict[str, int] = {}
    for key, name, slug in db.exec(select(Organisation.id, Organisation.name, Organisation.slug)):
        known |= {folded(name): key or 0, folded(slug): key or 0}
    return {name: known[folded(name)] for name in names if folded(name) in known}


# --- who looked


@dataclass(frozen=True)
class ViewLine:
    """Somebody opened my profile."""

    at: datetime
    name: str
    organisation_id: int
    organisation: str
    reason: str


def views_of(db: Session, person_id: int, now: datetime, offset: int = 0, limit: int | None = None) -> list[ViewLine]:
    """Who opened the person's profile in the last twelve months, the latest first. One query."""
    statement = (
        select(TalentView.at, Person.name, Organisation.id, Organisation.name, SearchReason.words)
        .join(Person, col(Person.id) == TalentView.recruiter_id)
        .join(Organisation, col(Organisation.id) == TalentView.organisation_id)
        .join(SearchReason, col(SearchReason.id) == TalentView.reason_id)
        .where(TalentView.person_id == person_id, TalentView.at > now - VIEWS_KEPT)
        .order_by(col(TalentView.at).desc(), col(TalentView.id).desc())
        .offset(offset)
    )
    return [ViewLine(*row) for row in db.exec(statement.limit(limit) if limit is not None else statement)]


def views_count(db: Session, person_id: int, now: datetime) -> tuple[int, int]:
    """How many views there were in the last twelve months, and by how many people. One query."""
    return db.exec(
        select(func.count(), func.count(func.distinct(TalentView.recruiter_id))).where(
            TalentView.person_id == person_id, TalentView.at > now - VIEWS_KEPT
        )
    ).one()


# --- who asked


@dataclass(frozen=True)
class RequestLine:
    """A contact request as its addressee reads it; the recruiter's address is there once it was accepted."""

    id: int
    recruiter: str
    organisation: str
    post: str
    contract: str
    place: str
    reason: str
    state: RequestState
    sent_at: datetime
    expires_at: datetime
    email: str | None


def requests_to(db: Session, person_id: int, now: datetime) -> list[RequestLine]:
    """What was proposed to the person in the last twelve months, the latest first. One query."""
    rows = db.exec(
        select(ContactRequest, Person.name, Person.email, Organisation.name)
        .join(Person, col(Person.id) == ContactRequest.recruiter_id)
        .join(Organisation, col(Organisation.id) == ContactRequest.organisation_id)
        .where(ContactRequest.person_id == person_id, ContactRequest.sent_at > now - VIEWS_KEPT)
        .order_by(col(ContactRequest.sent_at).desc(), col(ContactRequest.id).desc())
    )
    return [_request_line(row, name, email, organisation, now) for row, name, email, organisation in rows]


def _request_line(row: ContactRequest, name: str, email: str | None, organisation: str, now: datetime) -> RequestLine:
    state = state_of(row.state, row.expires_at, now)
    return RequestLine(
        row.id or 0,
        name,
        organisation,
        row.post,
        row.contract,
        row.place,
        row.reason,
        state,
        row.sent_at,
        row.expires_at,
        email if state == RequestState.ACCEPTED else None,
    )


def request_to(db: Session, person_id: int, request_id: int) -> ContactRequest | None:
    """A request to the person; anybody else's is not found."""
    statement = select(ContactRequest).where(ContactRequest.id == request_id, ContactRequest.person_id == person_id)
    return db.exec(statement).first()
