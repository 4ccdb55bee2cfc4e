"""Where an organiser begins: the editions they organise."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView, edition_of_organiser, editions_for
from sprint.programme.rules import still_prepared
from sprint.refusal import Refused
from sprint.registrations.queries import people_count
from sprint.web.audience import ORGANISERS
from sprint.web.page import Show, page
from sprint.web.visit import Visit


@dataclass(frozen=True)
class DeskPage:
    """The editions one organises."""

    editions: tuple[EditionView, ...]
    people: dict[int, int]


@page(ORGANISERS, "GET /organisation", "desk")
def desk(visit: Visit) -> Show:
    """Where an organiser begins."""
    mine = editions_for(visit.db, visit.me)
    return Show("registrations/desk.html", DeskPage(tuple(mine), people_count(visit.db, [view.id for view in mine])))


def edition_to_change(visit: Visit, slug: str) -> EditionView:
    """An edition the person organises and may still change, else 404 or the reason why not."""
    found = edition_for(visit, slug)
    reasons = still_prepared(found.calendar, visit.now)
    if reasons:
        raise Refused(*reasons)
    return found


def edition_for(visit: Visit, slug: str) -> EditionView:
    """An edition the person organises, else 404."""
    found = edition_of_organiser(visit.db, visit.me, slug)
    if found is None:
        raise HTTPException(404)
    return found
