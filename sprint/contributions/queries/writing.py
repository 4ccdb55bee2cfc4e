"""What logging asks of the database: the ground for proposals, what is taken, what is still to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.catalogue.tables import Repository
from sprint.contributions.drafting import Ground, TrackChoice
from sprint.contributions.recognise import Recognised, Shape
from sprint.contributions.rules import Employer, takes_contributions
from sprint.contributions.tables import Authorship, Consent, Contribution, Kind, Reference, State
from sprint.people.tables import Affiliation, Organisation
from sprint.programme.queries import EditionView
from sprint.programme.rules import is_over
from sprint.programme.tables import Track, TrackRepository
from sprint.registrations.queries import held_by
from sprint.registrations.rules import Held
from sprint.registrations.tables import State as Seat


def employers_of(db: Session, person_id: int) -> tuple[Employer, ...]:
    """Where the person works or worked, by name. One query."""
    rows = db.exec(
        select(Organisation.id, Organisation.name, Affiliation.since_on, Affiliation.until_on)
        .join(Affiliation, col(Affiliation.organisation_id) == Organisation.id)
        .where(Affiliation.person_id == person_id)
        .order_by(col(Organisation.name), col(Affiliation.since_on))
    )
    return tuple(Employer(*row) for row in rows)


def ground_of(db: Session, person_id: int, edition: EditionView, link: Recognised | None) -> Ground:
    """What proposals are drawn from: the person's own tracks first. Three queries, and one for a recognised link."""
    mine = {held.track_id for held in held_by(db, person_id, edition.id)}
    rows = db.exec(
        select(Track.id, Track.slug, Track.name, Track.project_id)
        .where(Track.edition_id == edition.id)
        .order_by(col(Track.name), col(Track.id))
    )
    tracks = sorted((TrackChoice(*row, row[0] in mine) for row in rows), key=lambda one: not one.is_mine)
    linked = _track_of(db, edition.id, link) if link and link.shape != Shape.LINK else ""
    return Ground(edition.calendar, tuple(tracks), employers_of(db, person_id), linked)


def _track_of(db: Session, edition_id: int, link: Recognised) -> str:
    """The one track that works on the repository of the link."""
    rows = db.exec(
        select(Track.slug)
        .join(TrackRepository, col(TrackRepository.track_id) == Track.id)
        .join(Repository, col(Repository.id) == TrackRepository.repository_id)
        .where(
            Track.edition_id == edition_id,
            Repository.host == link.host,
            func.lower(Repository.path) == link.project.lower(),
        )
    ).all()
    return rows[0] if len(rows) == 1 else ""


def replayed(db: Session, person_id: int, once: str) -> int | None:
    """The contribution that this very form already logged, if any."""
    known = select(Authorship.contribution_id).where(Authorship.person_id == person_id, Authorship.once == once)
    return db.exec(known).first()


def waiting_of(db: Session, person_id: int, edition_id: int) -> int:
    """How many contributions of the person wait for a decision in an edition."""
    return db.exec(
        select(func.count())
        .select_from(Contribution)
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .where(
            Authorship.person_id == person_id,
            Contribution.edition_id == edition_id,
            Contribution.state == State.PROPOSED,
        )
    ).one()


def taken(db: Session, edition_id: int, kind: Kind, keys: Iterable[str], besides: int | None = None) -> list[str]:
    """Those of the keys that serve a contribution of this kind in the edition, other than `besides`."""
    statement = select(Reference.key).where(
        Reference.edition_id == edition_id,
        Reference.kind == kind,
        col(Reference.key).in_(list(keys)),
        col(Reference.released_at).is_(None),
    )
    if besides is not None:
        statement = statement.where(Reference.contribution_id != besides)
    return list(db.exec(statement))


# --- for one's own page


@dataclass(frozen=True)
class SentBack:
    """A contribution that waits for its author's answer."""

    id: int
    title: str
    reason: str


@dataclass(frozen=True)
class ToComplete:
    """What somebody could still do: answer what was sent back, note something for an edition in which they had a day."""

    sent_back: tuple[SentBack, ...]
    quiet: tuple[EditionView, ...]


def sent_back_to(db: Session, person_id: int) -> list[SentBack]:
    """The contributions that wait for the person's answer, those sent back longest ago first. One query."""
    rows = db.exec(
        select(Contribution.id, Contribution.title, Contribution.reason)
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .where(
            Authorship.person_id == person_id,
            Authorship.state == Consent.ACCEPTED,
            Contribution.state == State.SENT_BACK,
            col(Contribution.answered_at).is_(None),
        )
        .order_by(col(Contribution.decided_at))
    )
    return [SentBack(*row) for row in rows]


def to_complete(
    db: Session, person_id: int, every: Iterable[EditionView], held: Sequence[Held], now: datetime
) -> ToComplete:
    """What is left to do for one's contributions, given the editions and what one holds in them.

    One query; two once a day is behind in an edition that takes contributions.
    """
    over = [
        view
        for view in every
        if takes_contributions(view.calendar, now) and any(_was_there(one, view, now) for one in held)
    ]
    noted = _noted(db, person_id) if over else set()
    return ToComplete(tuple(sent_back_to(db, person_id)), tuple(view for view in over if view.id not in noted))


def _noted(db: Session, person_id: int) -> set[int]:
    """The editions in which the person noted something. One query."""
    mine = (
        select(Contribution.edition_id)
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .where(Authorship.person_id == person_id, Contribution.state != State.WITHDRAWN)
    )
    return set(db.exec(mine.distinct()))


def _was_there(one: Held, view: EditionView, now: datetime) -> bool:
    seated = one.edition_id == view.id and one.state == Seat.CONFIRMED
    return seated and is_over(one.on, view.calendar, now)
