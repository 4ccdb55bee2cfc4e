"""Moving somebody to another track, day or mode: each place says what going there does; a reason, and one button acts."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView
from sprint.programme.rules import is_over
from sprint.registrations.actions import Move, move_by_team
from sprint.registrations.desk.destinations import Destination, Destinations, destinations, names_of, targets_of
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.returning import Back, to_file, way_back
from sprint.registrations.forms import MovingForm
from sprint.registrations.queries.people import Chosen, chosen_places
from sprint.registrations.queries.reassigning import person_of
from sprint.registrations.rules import MOVES, WHY, Why
from sprint.registrations.tables import Mode, State
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say

HERE = "desk_moving"


@dataclass(frozen=True)
class MovingPage:
    """Somebody's registration, and where it could go with what going there does."""

    edition: EditionView
    chosen: Chosen
    ways: Destinations
    form: MovingForm
    once: str
    back: Back
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def is_seated(self) -> bool:
        return self.chosen.place.state == State.CONFIRMED

    @property
    def may_wait(self) -> bool:
        """Whether one of the places is one to wait for."""
        return any(way.state == State.WAITING for _, ways in self.ways.groups for way in ways)

    @property
    def next_people(self) -> tuple[str, ...]:
        """Who would get a seat, wherever the person goes but where a choice says otherwise."""
        return names_of(self.ways.gets)

    @property
    def reasons(self) -> dict[Why, Words]:
        return {why: WHY[why] for why in MOVES}

    def is_wanted(self, way: Destination) -> bool:
        """Whether this place was chosen in the form that came back, whatever was announced of it then."""
        goal = self.form.vers.data
        return goal is not None and goal.place == way.key

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(field.id, str(error)) for field in (self.form.vers, self.form.motif) for error in field.errors]


@page(ORGANISERS, "GET /organisation/{edition:edition}/inscriptions/{registration:int}/deplacement", HERE)
def desk_moving(visit: Visit, edition: str, registration: int) -> Show:
    """Where a registration can go, and what would happen there."""
    found = edition_for(visit, edition)
    chosen = registration_of(visit, found, registration)
    shown = MovingPage(
        found,
        chosen,
        destinations(visit, found, chosen),
        visit.form if isinstance(visit.form, MovingForm) else MovingForm(Posted(visit.data)),
        visit.once(),
        way_back(visit, edition, to_file(edition, chosen.person_id, chosen.name)),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_moving.html", shown)


def registration_of(visit: Visit, edition: EditionView, registration: int) -> Chosen:
    """A live registration of the edition, for a day to come, else 404."""
    every = chosen_places(visit.db, edition.id, [], [registration])
    found = next((one for one in every if not is_over(one.place.on, edition.calendar, visit.now)), None)
    if found is None:
        raise HTTPException(404)
    return found


def person_behind(visit: Visit, edition: EditionView, registration: int) -> tuple[int, str]:
    """Whose registration it is or was, with their name; 404 when it is none of the edition's."""
    found = person_of(visit.db, edition.id, registration)
    if found is None:
        raise HTTPException(404)
    return found


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/inscriptions/{registration:int}/deplacement",
    "move_by_team",
    shows=HERE,
)
def move_somebody(visit: Visit, edition: str, registration: int) -> Go:
    """Move somebody as announced; they are told, and whoever gets their seat."""
    found = edition_to_change(visit, edition)
    person_id, name = person_behind(visit, found, registration)
    form = valid(MovingForm(Posted(visit.data)))
    goal = form.vers.data
    to = targets_of(visit, found).get(goal.place) if goal else None
    if goal is None or to is None:
        raise HTTPException(404)
    move = Move(registration, to.track_id, to.day.day_id, Mode(to.day.mode), goal.state, Why(form.motif.data))
    done = move_by_team(visit.db, found.id, move, goal.foreseen, form.once.data or "", visit.now, visit.me.id)
    says = say("C’est fait ; un courriel le dit à %(name)s.", name=name) if done else say("C’était déjà fait.")
    return way_back(visit, edition, to_file(edition, person_id, name)).go(says)
