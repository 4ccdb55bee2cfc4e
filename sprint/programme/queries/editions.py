"""Reading editions and their days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from sprint.people.rules import Member
from sprint.people.tables import Right, Scope
from sprint.prepared import Prepared
from sprint.programme.rules import Calendar, Deed, current_of
from sprint.programme.tables import Audience, Day, Edition


@dataclass(frozen=True)
class DayOf:
    """One day of an edition."""

    id: int
    on: date
    place: str


@dataclass(frozen=True)
class EditionView:
    """An edition with its days in order."""

    id: int
    slug: str
    name: str
    place: str
    address: str
    days: tuple[DayOf, ...]
    calendar: Calendar
    audience: Audience = Audience.MIXED
    conduct_url: str = ""
    conduct_version: str = ""

    def day_on(self, on: date) -> DayOf | None:
        return next((day for day in self.days if day.on == on), None)


_Moment = datetime | None
_EditionRow = tuple[
    int | None, str, str, str, str, str, Audience, str, str, _Moment, _Moment, _Moment, _Moment, int | None, date, str
]
"""An edition with one of its days; without any, the last three are NULL."""
_EDITIONS = (
    select(
        Edition.id,
        Edition.slug,
        Edition.name,
        Edition.place,
        Edition.address,
        Edition.timezone,
        Edition.audience,
        Edition.conduct_url,
        Edition.conduct_version,
        Edition.opens_at,
        Edition.closes_at,
        Edition.announced_at,
        Edition.archived_at,
        Day.id,
        Day.on,
        Day.place,
    )
    .join(Day, col(Day.edition_id) == Edition.id, isouter=True)
    .order_by(col(Edition.id), col(Day.on))
)
_EVERY, _CALLED, _WITH = (
    Prepared(_EDITIONS),
    Prepared(_EDITIONS.where(Edition.slug == bindparam("slug"))),
    Prepared(_EDITIONS.where(Edition.id == bindparam("edition_id"))),
)


def editions(db: Session) -> tuple[EditionView, ...]:
    """Every edition, drafts too, the most recent first: `seen_by` says which of them somebody may know of. One query."""
    views = _views(_EVERY.rows(db))
    return tuple(sorted(views, key=lambda view: view.calendar.days[:1] or (date.min,), reverse=True))


def _views(rows: Sequence[_EditionRow]) -> list[EditionView]:
    return [_view(list(of_edition)) for _, of_edition in groupby(rows, key=lambda row: row[0])]


def _view(rows: Sequence[_EditionRow]) -> EditionView:
    key, slug, name, place, address, zone, audience, conduct_url, conduct_version, *moments = rows[0][:13]
    days = tuple(DayOf(day_id, on, day_place) for *_, day_id, on, day_place in rows if day_id is not None)
    calendar = Calendar(zone, tuple(day.on for day in days), *moments)
    return EditionView(key or 0, slug, name, place, address, days, calendar, audience, conduct_url, conduct_version)


def current_edition(all_editions: Sequence[EditionView], now: datetime) -> EditionView | None:
    """The edition people mean when they name none."""
    key = current_of([(view.id, view.calendar) for view in all_editions], now)
    return next((view for view in all_editions if view.id == key), None)


def seen_by(every: Sequence[EditionView], member: Member | None, now: datetime) -> tuple[EditionView, ...]:
    """Those that exist for the person: the announced ones, and the drafts they organise."""
    return tuple(view for view in every if _is_seen(view, member, now))


def _is_seen(view: EditionView, member: Member | None, now: datetime) -> bool:
    organises = member is not None and member.holds_over(Right.ORGANISER, Scope.EDITION, view.id)
    return organises or view.calendar.allows(Deed.READ, now)


def edition_seen(db: Session, slug: str, member: Member | None, now: datetime) -> EditionView | None:
    """The edition of an address, when it exists for the person."""
    found = edition_called(db, slug)
    return found if found and _is_seen(found, member, now) else None


def edition_called(db: Session, slug: str) -> EditionView | None:
    """The edition of an address, were it a draft: for who has a right over it, and for the operator."""
    return next(iter(_views(_CALLED.rows(db, slug=slug))), None)


def edition_with(db: Session, edition_id: int) -> EditionView:
    """The edition of an id that is known to exist."""
    for found in _views(_WITH.rows(db, edition_id=edition_id)):
        return found
    raise LookupError(f"no edition {edition_id}")


def edition_of_organiser(db: Session, member: Member, slug: str) -> EditionView | None:
    """An edition the person organises; for anybody else it is not found."""
    found = edition_called(db, slug)
    return found if found and member.holds_over(Right.ORGANISER, Scope.EDITION, found.id) else None


def editions_for(db: Session, member: Member) -> list[EditionView]:
    """The editions the person organises, the most recent first."""
    return [view for view in editions(db) if member.holds_over(Right.ORGANISER, Scope.EDITION, view.id)]
