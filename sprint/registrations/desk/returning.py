"""Where an organiser came from, and goes back to once it is done: a closed word in the address, never an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sprint.web.page import Go
from sprint.web.visit import Visit
from sprint.words import Words, say

ASKED = "retour"


class Came(StrEnum):
    """The page one came from; the value is the word of the address."""

    OVERVIEW = "ensemble"
    QUEUE = "attente"
    PEOPLE = "personnes"


ROUTES: dict[Came, tuple[str, Words]] = {
    Came.OVERVIEW: ("desk_edition", say("Vue d’ensemble")),
    Came.QUEUE: ("desk_queue", say("Liste d’attente")),
    Came.PEOPLE: ("desk_people", say("Inscriptions")),
}


@dataclass(frozen=True)
class Back:
    """The page to go back to, and the question with which a form remembers it."""

    route: str
    params: Mapping[str, object]
    label: Words | str
    question: Mapping[str, str] = field(default_factory=dict)

    def go(self, says: Words | None) -> Go:
        return Go(self.route, self.params, says=says)


def way_back(visit: Visit, edition: str, usual: Back) -> Back:
    """Back to the page that the address names, else to the usual one."""
    came = visit.request.query_params.get(ASKED, "")
    if came not in list(Came):
        return usual
    route, label = ROUTES[Came(came)]
    return Back(route, {"edition": edition}, label, {ASKED: came})


def to_file(edition: str, person_id: int, name: str) -> Back:
    """Back to somebody's file."""
    return Back("desk_person", {"edition": edition, "person": person_id}, name)


def to_overview(edition: str) -> Back:
    """Back to the desk's first page."""
    route, label = ROUTES[Came.OVERVIEW]
    return Back(route, {"edition": edition}, label)
