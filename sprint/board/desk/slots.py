"""One slot in the organisers' hands: where, when, what."""

from dataclasses import dataclass
from datetime import time

from starlette.exceptions import HTTPException

from sprint.board.actions import move_slot
from sprint.board.desk.grid import SlotChoices, back, choices_of, wish_of
from sprint.board.forms import DURATIONS, SlotForm, summary
from sprint.programme.queries import EditionView, SlotLine, agenda_slots, rooms_of, slot_line
from sprint.programme.rules import HALF_HOUR, Deed, minute_of
from sprint.registrations.desk.editions import edition_for
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import say

HERE = "desk_slot"


@dataclass(frozen=True)
class SlotPage:
    """A slot and the form that moves it."""

    edition: EditionView
    slot: SlotLine
    choices: SlotChoices
    form: SlotForm
    may_change: bool

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form,))


@page(ORGANISERS, "GET /organisation/{edition:edition}/grille/creneaux/{slot:int}", HERE)
def desk_slot(visit: Visit, edition: str, slot: int) -> Show:
    """The slot, to move or to correct."""
    found, held = _slot(visit, edition, slot)
    choices = choices_of(visit, found, rooms_of(visit.db, found.id), agenda_slots(visit.db, found.id))
    may_change = found.calendar.allows(Deed.PREPARE, visit.now)
    return Show("board/desk_slot.html", SlotPage(found, held, choices, _form(visit, held), may_change))


def _slot(visit: Visit, edition: str, slot: int) -> tuple[EditionView, SlotLine]:
    """A slot of an edition the person organises, else 404."""
    found = edition_for(visit, edition)
    held = slot_line(visit.db, found.id, slot)
    if held is None:
        raise HTTPException(404)
    return found, held


def _form(visit: Visit, held: SlotLine) -> SlotForm:
    """What was typed when it was refused, else what is known; an hour off the grid is shown as the half hour it is in."""
    if isinstance(visit.form, SlotForm):
        return visit.form
    if "titre" in visit.data:
        return SlotForm(Posted(visit.data))
    starts = held.starts or time(9, 30)
    values = {
        "titre": held.title,
        "genre": held.kind.value,
        "jour": held.on.isoformat(),
        "debut": f"{starts.hour:02}:{starts.minute // HALF_HOUR * HALF_HOUR:02}",
        "duree": str(_duration(held)),
        "salle": held.room,
        "parcours": held.track_slug or "",
    }
    return SlotForm(data=values)


def _duration(held: SlotLine) -> int:
    """The shortest of the list that is long enough."""
    if held.starts is None or held.ends is None:
        return 2 * HALF_HOUR
    minutes = minute_of(held.ends) - minute_of(held.starts)
    return next((one for one in DURATIONS if one >= minutes), DURATIONS[-1])


@page(ORGANISERS, "POST /organisation/{edition:edition}/grille/creneaux/{slot:int}", "move_slot", shows=HERE)
def move(visit: Visit, edition: str, slot: int) -> Go:
    """Give the slot another place, hour or title; calendars that hold it take the new one."""
    found, held = _slot(visit, edition, slot)
    form = SlotForm(Posted(visit.data))
    # The form of what exists creates nothing.
    del form.once
    wish = wish_of(visit, found, valid(form))
    changed = move_slot(visit.db, held.id, wish, visit.now, visit.me.id)
    says = say("Créneau enregistré : l’agenda et les calendriers abonnés le suivent.")
    return back(edition, form.jour.data or "", says if changed else None)
