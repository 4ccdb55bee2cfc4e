"""Taking a step; one that closes, hides or archives is read on a page of its own first, then confirmed."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.preparation.actions import take_step
from sprint.preparation.desk.life import HERE, Choice, choice_of
from sprint.preparation.desk.wording import DONE
from sprint.preparation.queries.days import people_registered
from sprint.preparation.rules import STEPS, Step
from sprint.programme.queries import EditionView
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.desk.returning import Back, way_back
from sprint.web.audience import ORGANISERS
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit


@dataclass(frozen=True)
class StepPage:
    """One step that changes much for many people, and the button that takes it."""

    edition: EditionView
    choice: Choice
    people: int

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/etapes/{step:slug}", "desk_step")
def confirm_step(visit: Visit, edition: str, step: str) -> Show:
    """What taking a step does, before it is taken; one that cannot be taken from here is not found."""
    found = edition_for(visit, edition)
    if step not in list(Step) or Step(step) not in STEPS[found.calendar.phase(visit.now)]:
        raise HTTPException(404)
    people = people_registered(visit.db, found.id)
    return Show("preparation/step.html", StepPage(found, choice_of(Step(step), found.calendar, people, visit), people))


@page(ORGANISERS, "POST /organisation/{edition:edition}/etapes/{step:slug}", "take_step", shows=HERE)
def step_on(visit: Visit, edition: str, step: str) -> Go:
    """Lead the edition to its next phase, now; then back to where that was asked."""
    found = edition_for(visit, edition)
    if step not in list(Step):
        raise HTTPException(404)
    take_step(visit.db, found.id, Step(step), visit.now, visit.me.id)
    return way_back(visit, edition, Back(HERE, {"edition": edition}, "")).go(DONE[Step(step)])
