"""Preparing the next edition after one: a checklist of what it takes, then one button."""

from dataclasses import dataclass
from datetime import date

from sprint.preparation.actions import CloneWish, clone_edition
from sprint.preparation.cloning import BOXES, Taken
from sprint.preparation.forms import CloneForm, summary
from sprint.programme.queries import EditionView
from sprint.registrations.desk.editions import edition_for
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say


@dataclass(frozen=True)
class Box:
    """One line of the checklist."""

    value: str
    label: Words
    hint: Words
    is_ticked: bool


@dataclass(frozen=True)
class ClonePage:
    """What the new edition is called, and what it takes."""

    edition: EditionView
    form: CloneForm
    boxes: tuple[Box, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form,))


@page(ORGANISERS, "GET /organisation/{edition:edition}/suivante", "desk_clone")
def cloning(visit: Visit, edition: str) -> Show:
    """The checklist."""
    found = edition_for(visit, edition)
    typed = visit.form if isinstance(visit.form, CloneForm) else None
    if typed is None and visit.refusals:
        typed = CloneForm(Posted(visit.data))
    ticked = frozenset(typed.reprend.data) if typed else frozenset(Taken)
    boxes = tuple(Box(one.value, *BOXES[one], one in ticked) for one in Taken)
    return Show("preparation/cloning.html", ClonePage(found, typed or CloneForm(), boxes))


@page(ORGANISERS, "POST /organisation/{edition:edition}/suivante", "clone_edition", shows="desk_clone")
def clone(visit: Visit, edition: str) -> Go:
    """Make the draft of the next edition; whoever does so organises it."""
    found = edition_for(visit, edition)
    form = valid(CloneForm(Posted(visit.data)))
    slug = str(form.adresse.data)
    wish = CloneWish(slug, str(form.nom.data), date.fromisoformat(str(form.jour.data)), frozenset(form.reprend.data))
    clone_edition(visit.db, found.id, wish, visit.now, visit.me)
    says = say("Le brouillon est prêt : relisez ses dates, puis annoncez-le.")
    return Go("desk_life", {"edition": slug}, says=says)
