"""What is accepted, for everybody and for what builds on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.catalogue.tables import Project
from sprint.contributions.queries.lists import LISTED
from sprint.contributions.rules import sorting_key
from sprint.contributions.tables import Authorship, Consent, Contribution, Kind, State
from sprint.people.tables import Organisation, Person
from sprint.programme.tables import Edition, Track


@dataclass(frozen=True)
class ResultLine:
    """An accepted contribution as everybody reads it; `names` are those of authors who chose to be named."""

    id: int
    kind: Kind
    title: str
    done_on: date
    track: str | None
    project: str | None
    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def results(db: Session, edition_id: int, track: str, kind: Kind | None, page: int) -> list[ResultLine]:
    """One page of the accepted contributions of an edition, by title as French sorts it; `track` is a slug, "" for all.

    Three queries. Titles are sorted here, for the two engines would not agree on where É stands.
    """
    where = [col(Contribution.edition_id) == edition_id, col(Contribution.state) == State.ACCEPTED]
    if track:
        where.append(col(Track.slug) == track)
    if kind is not None:
        where.append(col(Contribution.kind) == kind)
    titles = db.exec(
        select(Contribution.title, Contribution.id)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .where(*where)
    )
    ranked = [number for _, number in sorted(titles, key=lambda row: (sorting_key(row[0]), row[1]))]
    return _lines(db, ranked[(page - 1) * LISTED : page * LISTED])


def _lines(db: Session, contribution_ids: Sequence[int | None]) -> list[ResultLine]:
    rows = db.exec(
        select(Contribution.id, Contribution.kind, Contribution.title, Contribution.done_on, Track.name, Project.name)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .join(Project, col(Project.id) == Contribution.project_id, isouter=True)
        .where(col(Contribution.id).in_(contribution_ids))
    ).all()
    credits = _credits(db, [row[0] for row in rows if row[0]])
    return sorted(
        (_result_line(row, credits.get(row[0] or 0, [])) for row in rows),
        key=lambda line: contribution_ids.index(line.id),
    )


def _result_line(row, credits: list[tuple[str | None, str | None]]) -> ResultLine:  # type: ignore[no-untyped-def]
    names = tuple(name for name, _ in credits if name)
    return ResultLine(*row, names, tuple(dict.fromkeys(organisation for _, organisation in credits if organisation)))


def _credits(db: Session, contribution_ids: Iterable[int]) -> dict[int, list[tuple[str | None, str | None]]]:
    """(name or None, organisation or None) of each author: a name only of those who chose it."""
    rows = db.exec(
        select(Authorship.contribution_id, Person.name, col(Authorship.named_at).is_not(None), Organisation.name)
        .join(Person, col(Person.id) == Authorship.person_id)
        .join(Organisation, col(Organisation.id) == Authorship.organisation_id, isouter=True)
        .where(col(Authorship.contribution_id).in_(list(contribution_ids)), Authorship.state == Consent.ACCEPTED)
        .order_by(func.lower(Person.name), col(Authorship.id))
    )
    found: dict[int, list[tuple[str | None, str | None]]] = {}
    for contribution_id, name, is_named, organisation in rows:
        found.setdefault(contribution_id, []).append((name if is_named else None, organisation))
    return found


@dataclass(frozen=True)
class Accepted:
    """An accepted contribution of a person, for what builds on it: the pool, an attestation."""

    id: int
    kind: Kind
    title: str
    done_on: date
    edition: str
    track: str | None
    project: str | None


def accepted_by(db: Session, person_id: int) -> list[Accepted]:
    """The accepted contributions of a person, the latest first. One query."""
    rows = db.exec(
        select(
            Contribution.id,
            Contribution.kind,
            Contribution.title,
            Contribution.done_on,
            Edition.name,
            Track.name,
            Project.name,
        )
        .join(Authorship, col(Authorship.contribution_id) == Contribution.id)
        .join(Edition, col(Edition.id) == Contribution.edition_id)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .join(Project, col(Project.id) == Contribution.project_id, isouter=True)
        .where(
            Authorship.person_id == person_id,
            Authorship.state == Consent.ACCEPTED,
            Contribution.state == State.ACCEPTED,
        )
        .order_by(col(Contribution.done_on).desc(), col(Contribution.id).desc())
    )
    return [Accepted(*row) for row in rows]
