"""What is counted of an edition's contributions: for the results, the home page and the desk."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sprint.contributions.rules import FEW, hide_few, sorting_key
from sprint.contributions.tables import Authorship, Consent, Contribution, Kind, State
from sprint.people.tables import Organisation
from sprint.programme.tables import Track


@dataclass(frozen=True)
class TrackCount:
    """Accepted contributions of a track."""

    slug: str
    name: str
    number: int


@dataclass(frozen=True)
class Credit:
    """Accepted contributions credited to an organisation, or done on own time (no name); `people` is None when they are few."""

    name: str
    number: int
    people: int | None


@dataclass(frozen=True)
class Cell:
    """How many contributions of one state, kind, day, project and track there are."""

    state: State
    kind: Kind
    done_on: date
    project_id: int | None
    track: str
    track_name: str
    number: int


@dataclass(frozen=True)
class Figures:
    """Of one edition. Lists are in alphabetical order, never by size; `people` is None when they are few."""

    cells: tuple[Cell, ...]
    credits: tuple[Credit, ...]
    people: int | None

    @property
    def states(self) -> dict[State, int]:
        """Contributions by state, each present."""
        return {state: sum(cell.number for cell in self.cells if cell.state == state) for state in State}

    @property
    def accepted(self) -> int:
        return self.number()

    def number(self, track: str = "", kind: Kind | None = None) -> int:
        """Accepted contributions, of one track or kind or of all."""
        return sum(
            cell.number for cell in self._accepted if (not track or cell.track == track) and kind in (None, cell.kind)
        )

    @property
    def kinds(self) -> dict[Kind, int]:
        """Accepted contributions by kind, each of the fourteen present."""
        return {kind: self.number(kind=kind) for kind in Kind}

    @property
    def tracks(self) -> tuple[TrackCount, ...]:
        """Tracks with accepted contributions, by name."""
        names = {cell.track: cell.track_name for cell in self._accepted if cell.track}
        by_name = sorted(names.items(), key=lambda item: (sorting_key(item[1]), item[0]))
        return tuple(TrackCount(slug, name, self.number(slug)) for slug, name in by_name)

    @property
    def months(self) -> dict[date, int]:
        """Accepted contributions by the first day of the month in which they were done, in order."""
        months: Counter[date] = Counter()
        for cell in self._accepted:
            months[cell.done_on.replace(day=1)] += cell.number
        return dict(sorted(months.items()))

    @property
    def projects(self) -> int:
        """How many projects were made better."""
        return len({cell.project_id for cell in self._accepted if cell.project_id is not None})

    @property
    def organisations(self) -> int:
        """How many organisations are credited."""
        return sum(1 for one in self.credits if one.name)

    @property
    def _accepted(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.state == State.ACCEPTED]


def figures_of_edition(db: Session, edition_id: int) -> Figures:
    """Everything that is counted of an edition. Three queries, whatever the numbers."""
    return Figures(_cells(db, edition_id), _credits(db, edition_id), _people(db, edition_id))


def figures_in_short(db: Session, edition_id: int) -> Figures:
    """The same without who is credited, for a page that shows many things. Two queries."""
    return Figures(_cells(db, edition_id), (), _people(db, edition_id))


def _cells(db: Session, edition_id: int) -> tuple[Cell, ...]:
    grouped = (
        col(Contribution.state),
        col(Contribution.kind),
        col(Contribution.done_on),
        col(Contribution.project_id),
        col(Track.slug),
        col(Track.name),
    )
    rows = db.exec(
        select(*grouped, func.count())
        .select_from(Contribution)
        .join(Track, col(Track.id) == Contribution.track_id, isouter=True)
        .where(Contribution.edition_id == edition_id)
        .group_by(*grouped)
    )
    return tuple(Cell(*told, slug or "", name or "", number) for *told, slug, name, number in rows)


def _accepted(edition_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Contribution.edition_id) == edition_id,
        col(Contribution.state) == State.ACCEPTED,
        col(Authorship.state) == Consent.ACCEPTED,
    )


def _credits(db: Session, edition_id: int) -> tuple[Credit, ...]:
    rows = db.exec(
        select(
            Organisation.name,
            func.count(func.distinct(Authorship.contribution_id)),
            func.count(func.distinct(Authorship.person_id)),
        )
        .select_from(Authorship)
        .join(Contribution, col(Contribution.id) == Authorship.contribution_id)
        .join(Organisation, col(Organisation.id) == Authorship.organisation_id, isouter=True)
        .where(*_accepted(edition_id))
        .group_by(col(Organisation.id), col(Organisation.name))
    ).all()
    counted = [(name or "", number, people) for name, number, people in rows]
    shown = hide_few({name: people for name, _, people in counted})
    ranked = sorted(counted, key=lambda row: _order(row[0]))
    return tuple(Credit(name, number, shown[name]) for name, number, _ in ranked)


def _order(name: str) -> tuple[bool, str]:
    """By name; own time, which has none, comes last."""
    return name == "", sorting_key(name)


def _people(db: Session, edition_id: int) -> int | None:
    number = db.exec(
        select(func.count(func.distinct(Authorship.person_id)))
        .join(Contribution, col(Contribution.id) == Authorship.contribution_id)
        .where(*_accepted(edition_id))
    ).one()
    return number if number == 0 or number >= FEW else None
