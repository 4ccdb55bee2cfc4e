"""Meals and needs: how many, by day. Names only after the organiser said what for, which is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.participation.actions import declare_purpose
from sprint.participation.forms import PurposeForm
from sprint.participation.queries.care import Named, last_declared, meals_by_day, needs_by_day, people_named
from sprint.participation.rules import CARE_KEPT_DAYS, MEALS, NEEDS, PURPOSES, Purpose, shows_names
from sprint.participation.tables import Meal, Need
from sprint.programme.queries import EditionView
from sprint.registrations.desk.editions import edition_for
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say

NOT_SAID = say("Sans réponse")
ALL = say("Places sur place, en tout")


@dataclass(frozen=True)
class CountRow:
    """One answer, and how many gave it each day."""

    words: Words
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class CarePage:
    """Numbers by day; the names are one declared purpose away."""

    edition: EditionView
    days: tuple[date, ...]
    meals: tuple[CountRow, ...]
    needs: tuple[CountRow, ...]
    purposes: Mapping[Purpose, Words]
    kept_days: int
    form: PurposeForm

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/accueil", "desk_care")
def desk_care(visit: Visit, edition: str) -> Show:
    """How many eat what and need what."""
    found = edition_for(visit, edition)
    days = found.calendar.days
    form = visit.form if isinstance(visit.form, PurposeForm) else PurposeForm()
    meals, needs = _meals(visit, found.id, days), _needs(visit, found.id, days)
    return Show("participation/desk_care.html", CarePage(found, days, meals, needs, PURPOSES, CARE_KEPT_DAYS, form))


def _meals(visit: Visit, edition_id: int, days: tuple[date, ...]) -> tuple[CountRow, ...]:
    counts = meals_by_day(visit.db, edition_id)
    every: tuple[Meal | None, ...] = (*Meal, None)
    rows = [
        CountRow(MEALS[meal] if meal else NOT_SAID, tuple(counts.get((on, meal), 0) for on in days)) for meal in every
    ]
    total = CountRow(ALL, tuple(sum(counts.get((on, meal), 0) for meal in every) for on in days))
    return (*(row for row in rows if any(row.numbers)), total) if any(total.numbers) else ()


def _needs(visit: Visit, edition_id: int, days: tuple[date, ...]) -> tuple[CountRow, ...]:
    counts = needs_by_day(visit.db, edition_id)
    rows = (CountRow(NEEDS[need], tuple(counts.get((on, need), 0) for on in days)) for need in Need)
    return tuple(row for row in rows if any(row.numbers))


@page(ORGANISERS, "POST /organisation/{edition:edition}/accueil", "declare_purpose", shows="desk_care")
def declare(visit: Visit, edition: str) -> Go:
    """Say what I read names for, and be shown them for a while."""
    found = edition_for(visit, edition)
    form = valid(PurposeForm(Posted(visit.data)))
    declare_purpose(visit.db, found.id, Purpose(form.motif.data), visit.now, visit.me.id)
    return Go("desk_care_names", {"edition": edition, "purpose": form.motif.data})


@dataclass(frozen=True)
class NamesPage:
    """Those who said something, for one purpose."""

    edition: EditionView
    purpose: Words
    rows: tuple[tuple[Named, tuple[Words, ...]], ...]
    pages: Pagination

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(
    ORGANISERS,
    "GET /organisation/{edition:edition}/accueil/{purpose:slug}",
    "desk_care_names",
    is_discreet=True,
)
def desk_care_names(visit: Visit, edition: str, purpose: str) -> Show | Go:
    """Names, as long as the declared purpose shows them; then one declares it again."""
    found = edition_for(visit, edition)
    if purpose not in list(Purpose):
        raise HTTPException(404)
    wanted = Purpose(purpose)
    if not shows_names(last_declared(visit.db, found.id, visit.me.id, wanted), visit.now):
        return Go("desk_care", {"edition": edition}, anchor="noms")
    number = asked_page(visit.request.query_params.get("page"))
    first = Pagination(number, 0)
    total, people = people_named(visit.db, found.id, wanted, first.offset, first.per_page)
    rows = tuple((one, tuple(_words(said) for said in one.said)) for one in people)
    return Show("participation/desk_names.html", NamesPage(found, PURPOSES[wanted], rows, Pagination(number, total)))


def _words(said: Meal | Need) -> Words:
    return MEALS[said] if isinstance(said, Meal) else NEEDS[said]
