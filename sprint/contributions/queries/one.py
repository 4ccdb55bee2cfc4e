"""One contribution: who may see it, and everything about it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from sprint.catalogue.tables import Project
from sprint.contributions import rules
from sprint.contributions.rules import Case
from sprint.contributions.tables import Authorship, Consent, Contribution, Evidence, Kind, Reference, State
from sprint.people.rules import Member
from sprint.people.tables import Organisation, Person
from sprint.programme.queries import EditionView, edition_with
from sprint.programme.tables import Track


@dataclass(frozen=True)
class Author:
    """Somebody who did it. Without `organisation` on own time; `is_named` when they chose to be named in public."""

    person_id: int
    name: str
    organisation_id: int | None
    organisation: str | None
    minutes: int | None
    is_named: bool
    consent: Consent


@dataclass(frozen=True)
class Sight:
    """A contribution with all that is known of it; what of it a person may read, the page decides by `case` and `authors`."""

    edition: EditionView
    case: Case
    kind: Kind
    description: str
    done_on: date
    logged_at: datetime
    decided_at: datetime | None
    reason: str
    answer: str
    track_slug: str | None
    track: str | None
    project: str | None
    authors: tuple[Author, ...]
    links: tuple[str, ...]
    sha256: str | None

    @property
    def everyone_is_named(self) -> bool:
        return bool(self.authors) and all(one.is_named for one in self.authors)


def contribution_for(db: Session, member: Member | None, contribution_id: int) -> Sight | None:
    """The contribution for those who may see it: its authors, those who review it, everybody once it is accepted."""
    found = _sight(db, contribution_id)
    return found if found and is_visible_to(member, found.case) else None


def contribution_of(db: Session, member: Member, contribution_id: int) -> Sight | None:
    """The contribution for one of its authors; for anybody else it is not found."""
    found = _sight(db, contribution_id)
    return found if found and member.id in found.case.author_ids else None


def is_visible_to(member: Member | None, case: Case) -> bool:
    """Whether the address of the contribution leads anywhere for this person."""
    if case.state == State.ACCEPTED:
        return True
    if member is None:
        return False
    if member.id in case.author_ids:
        return True
    return case.state != State.WITHDRAWN and rules.reviews(member, case)


def case_of(contribution: Contribution, edition: EditionView, author_ids: tuple[int, ...]) -> Case:
    """The contribution as the rules see it."""
    return Case(
        contribution.id or 0,
        contribution.title,
        contribution.edition_id,
        contribution.track_id,
        contribution.state,
        rules.is_late(contribution.logged_at, edition.calendar),
        contribution.answered_at is not None,
        author_ids,
    )


def _sight(db: Session, contribution_id: int) -> Sight | None:
    row = db.exec(
        select(Contribution, Track.slug, Track.name, Project.name, Evidence.sha256)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .join(Project, col(Project.id) == Contribution.project_id, isouter=True)
        .join(Evidence, col(Evidence.contribution_id) == Contribution.id, isouter=True)
        .where(Contribution.id == contribution_id)
    ).first()
    if row is None:
        return None
    contribution, track_slug, track, project, sha256 = row
    authors = _authors(db, contribution_id)
    links = db.exec(
        select(Reference.url).where(Reference.contribution_id == contribution_id).order_by(col(Reference.id))
    )
    edition = edition_with(db, contribution.edition_id)
    return Sight(
        edition,
        case_of(contribution, edition, tuple(one.person_id for one in authors)),
        contribution.kind,
        contribution.description,
        contribution.done_on,
        contribution.logged_at,
        contribution.decided_at,
        contribution.reason,
        contribution.answer,
        track_slug,
        track,
        project,
        authors,
        tuple(links),
        sha256,
    )


def _authors(db: Session, contribution_id: int) -> tuple[Author, ...]:
    rows = db.exec(
        select(
            Authorship.person_id,
            Person.name,
            Authorship.organisation_id,
            Organisation.name,
            Authorship.minutes,
            col(Authorship.named_at).is_not(None),
            Authorship.state,
        )
        .join(Person, col(Person.id) == Authorship.person_id)
        .join(Organisation, col(Organisation.id) == Authorship.organisation_id, isouter=True)
        .where(Authorship.contribution_id == contribution_id, Authorship.state == Consent.ACCEPTED)
        .order_by(col(Authorship.id))
    )
    return tuple(Author(*row) for row in rows)
