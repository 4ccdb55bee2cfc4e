"""The list for the door: who has a seat on site on a day. Asked for with its purpose, handed out once, kept nowhere."""

from dataclasses import dataclass
from datetime import date

from sprint.languages import gettext, speak
from sprint.programme.queries import DayOf, EditionView
from sprint.registrations.access import PURPOSES, Form, Purpose
from sprint.registrations.actions import note_access
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.forms import AccessForm, reject
from sprint.registrations.queries.access import let_in
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Plain, Show, page
from sprint.web.sheets import csv_sheet
from sprint.web.visit import Invalid, Visit
from sprint.words import Words, say

HERE = "desk_access"
HEADS = (say("Nom"), say("Organisme"))


@dataclass(frozen=True)
class AccessPage:
    """The days, and what a list may be for."""

    edition: EditionView
    days: tuple[tuple[str, Words], ...]
    purposes: dict[Purpose, Words]
    form: AccessForm

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(field.id, str(error)) for field in self.form for error in field.errors]


@page(ORGANISERS, "GET /organisation/{edition:edition}/acces", HERE)
def desk_access(visit: Visit, edition: str) -> Show:
    """Choose a day and say what the list is for."""
    found = edition_for(visit, edition)
    days = tuple((day.on.isoformat(), say("%(day)s", day=day.on)) for day in found.days)
    form = visit.form if isinstance(visit.form, AccessForm) else AccessForm()
    return Show("registrations/desk_access.html", AccessPage(found, days, PURPOSES, form))


@dataclass(frozen=True)
class AccessPaper:
    """The list to print: a line for each person."""

    edition: EditionView
    on: date
    purpose: Purpose
    people: tuple[tuple[str, str], ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def purpose_words(self) -> Words:
        return PURPOSES[self.purpose]


@dataclass(frozen=True)
class AccessSheet:
    """The sheet, for which day and purpose, and how many people it is about."""

    edition_id: int
    day: DayOf
    purpose: Purpose
    people: int
    sheet: Plain


def access_sheet(visit: Visit, edition: str) -> AccessSheet | None:
    """Read before the writing door opens: nobody waits for a long list. None for a form that asks for none."""
    found = edition_for(visit, edition)
    form = AccessForm(Posted(visit.data))
    day = next((one for one in found.days if one.on.isoformat() == form.jour.data), None)
    if not form.validate() or day is None:
        return None
    people, purpose = let_in(visit.db, found.id, day.id, day.on), Purpose(form.motif.data)
    if form.forme.data == Form.PAPER and visit.draw is not None:
        sheet = visit.draw(
            Show("registrations/desk_access_paper.html", AccessPaper(found, day.on, purpose, tuple(people)))
        )
    else:
        sheet = csv_sheet(f"acces-{found.slug}-{day.on}", [speak(head) for head in HEADS], people)
    return AccessSheet(found.id, day, purpose, len(people), sheet)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/acces",
    "export_access",
    shows=HERE,
    gathers=access_sheet,
    is_discreet=True,
)
def export_access(visit: Visit, edition: str) -> Plain:
    """Hand the list out once it is written down that it was, and for what."""
    edition_for(visit, edition)
    made: AccessSheet | None = visit.gathered
    if made is None:
        form = valid(AccessForm(Posted(visit.data)))
        reject(form, "jour", gettext("Choisissez un jour de la liste."))
        raise Invalid(form)
    note_access(visit.db, made.edition_id, made.day.id, made.purpose, made.people, visit.now, visit.me.id)
    return made.sheet
