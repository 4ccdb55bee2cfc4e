"""The people of an edition as a sheet: those the list shows, with their days and their address."""

from collections.abc import Iterator
from dataclasses import dataclass

from sprint.languages import speak
from sprint.programme.queries import track_cards
from sprint.registrations.actions import note_export
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.desk.people import BY_ARRIVAL, STANDINGS, STATES, sought_in
from sprint.registrations.queries.people import Sought, addresses_of, people_sought
from sprint.registrations.rules import HOW
from sprint.web.audience import ORGANISERS
from sprint.web.page import Plain, page
from sprint.web.sheets import Cell, csv_sheet
from sprint.web.visit import Visit
from sprint.words import say

BATCH = 500
HEADS = (
    say("Nom"),
    say("Adresse électronique (pour ses inscriptions à cette édition)"),
    say("Qualité"),
    say("Jour"),
    say("Comment"),
    say("Parcours"),
    say("État"),
)


@dataclass(frozen=True)
class PeopleSheet:
    """The sheet, and how many people it is about."""

    edition_id: int
    people: int
    sheet: Plain


def people_sheet(visit: Visit, edition: str) -> PeopleSheet:
    """The people whom the list of the same question shows, a row for each day."""
    found = edition_for(visit, edition)
    sought, _ = sought_in(visit, found, track_cards(visit.db, found.id))
    by_arrival = visit.request.query_params.get("tri") == BY_ARRIVAL
    total, _ = people_sought(visit.db, found.id, sought, 0, 1)
    rows = _rows(visit, found.id, sought, total, by_arrival=by_arrival)
    return PeopleSheet(found.id, total, csv_sheet(f"inscriptions-{found.slug}", [speak(head) for head in HEADS], rows))


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/personnes/export",
    "export_people",
    shows="desk_people",
    gathers=people_sheet,
)
def export_people(visit: Visit, edition: str) -> Plain:
    """Hand the sheet out once it is written down that it was."""
    edition_for(visit, edition)
    made: PeopleSheet = visit.gathered
    note_export(visit.db, made.edition_id, made.people, visit.now, visit.me.id)
    return made.sheet


def _rows(visit: Visit, edition_id: int, sought: Sought, total: int, *, by_arrival: bool) -> Iterator[list[Cell]]:
    """Read some hundreds at a time, so that no list is too long for an engine."""
    for offset in range(0, total, BATCH):
        _, people = people_sought(visit.db, edition_id, sought, offset, BATCH, by_arrival=by_arrival)
        addresses = addresses_of(visit.db, [one.id for one in people])
        for one in people:
            standing = speak(STANDINGS[one.standing])
            for place in one.places:
                how, state = speak(HOW[place.mode]), speak(STATES[place.state])
                yield [one.name, addresses.get(one.id), standing, place.on, how, place.track_name, state]
