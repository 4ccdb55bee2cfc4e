"""Contributions beside a profile. Before agreement: kind, project, month, accepted or not; a title or a link is a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, null
from sqlmodel import Session, col, select

from sprint.catalogue.tables import Project
from sprint.contributions.rules import KINDS
from sprint.contributions.tables import Authorship, Contribution, Kind, Reference, State
from sprint.contributions.tables import Consent as Agreement
from sprint.programme.tables import Track
from sprint.talents.notice import current_version
from sprint.talents.tables import Consent, ContactRequest, RequestState, ShownContribution, TalentProfile
from sprint.words import Words

SHOWABLE = (State.PROPOSED, State.ACCEPTED)


@dataclass(frozen=True)
class Work:
    """A contribution as a card shows it; `title` and `url` are there once the owner of the profile agreed."""

    kind: Words
    project: str
    month: date
    is_accepted: bool
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class OwnWork:
    """A contribution its author may choose to show."""

    id: int
    kind: Words
    title: str
    project: str
    month: date
    is_accepted: bool


def _authored(person_id: Any) -> ColumnElement[bool]:
    return and_(
        col(Authorship.person_id) == person_id,
        col(Authorship.state) == Agreement.ACCEPTED,
        col(Contribution.state).in_(SHOWABLE),
    )


_PROJECT = func.coalesce(Project.name, Track.name, "")


def own_contributions(db: Session, person_id: int) -> list[OwnWork]:
    """What the person may show: theirs, neither sent back nor given up, the latest first. One query."""
    rows = db.exec(
        select(
            Contribution.id, Contribution.kind, Contribution.title, _PROJECT, Contribution.done_on, Contribution.state
        )
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .join(Project, col(Project.id) == Contribution.project_id, isouter=True)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .where(_authored(person_id))
        .order_by(col(Contribution.done_on).desc(), col(Contribution.id))
    )
    return [
        OwnWork(key or 0, KINDS[kind], title, project, on, state == State.ACCEPTED)
        for key, kind, title, project, on, state in rows
    ]


def works_shown(db: Session, keys: Sequence[str], recruiter_id: int, now: datetime) -> dict[str, tuple[Work, ...]]:
    """The contributions shown beside the profiles of these keys, as the recruiter may read them. One query."""
    consented = and_(
        col(Consent.id) == TalentProfile.contributions_consent_id,
        col(Consent.expires_at) > now,
        col(Consent.notice_version) == current_version(),
    )
    agreed = (
        select(ContactRequest.id)
        .where(
            ContactRequest.profile_id == TalentProfile.id,
            ContactRequest.recruiter_id == recruiter_id,
            ContactRequest.state == RequestState.ACCEPTED,
        )
        .exists()
    )
    rows = db.exec(
        _works(agreed)
        .add_columns(col(TalentProfile.key))
        .join(ShownContribution, col(ShownContribution.contribution_id) == Contribution.id)
        .join(TalentProfile, col(TalentProfile.id) == ShownContribution.profile_id)
        .join(Consent, consented)
        .where(_authored(col(TalentProfile.person_id)), col(TalentProfile.key).in_(keys))
    )
    found: dict[str, list[Work]] = {}
    for *work, key in rows:
        found.setdefault(key, []).append(_work(*work))
    return {key: tuple(works) for key, works in found.items()}


def works_previewed(db: Session, person_id: int, ids: Sequence[int], *, is_agreed: bool) -> tuple[Work, ...]:
    """The same of contributions not shown yet, chosen among the person's own. One query."""
    rows = db.exec(_works(literal(is_agreed)).where(_authored(person_id), col(Contribution.id).in_(ids)))
    return tuple(_work(*row) for row in rows)


def _works(agreed: ColumnElement[bool]) -> Any:
    url = (
        select(Reference.url)
        .where(Reference.contribution_id == Contribution.id, col(Reference.released_at).is_(None))
        .order_by(col(Reference.id))
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            Contribution.kind,
            _PROJECT,
            Contribution.done_on,
            Contribution.state,
            case((agreed, Contribution.title), else_=null()),
            case((agreed, url), else_=null()),
        )
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .join(Project, col(Project.id) == Contribution.project_id, isouter=True)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .order_by(col(Contribution.done_on).desc(), col(Contribution.id))
    )


def _work(kind: Kind, project: str, on: date, state: State, title: str | None, url: str | None) -> Work:
    return Work(KINDS[kind], project, on.replace(day=1), state == State.ACCEPTED, title, url)
