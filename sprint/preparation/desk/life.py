"""An edition in its organisers' hands: where it stands, its next step, its days, what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.alerts.queries import waiting_count
from sprint.board.desk.grid import warnings_of
from sprint.preparation.actions import add_day, move_day, remove_day, revise_edition
from sprint.preparation.desk.wording import AUDIENCES, NAMES, ONWARD, STANDS, STEP_WORDS, WARNED
from sprint.preparation.forms import ZONES, DayForm, EditionForm, local_text, summary
from sprint.preparation.queries.days import DayUse, day_uses, people_registered
from sprint.preparation.rules import STEPS, Step, opens, stepping
from sprint.programme.queries import EditionView, agenda_slots
from sprint.programme.rules import Calendar, Deed, Phase
from sprint.registrations.desk.editions import edition_for
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say, say_count

HERE = "desk_life"


@dataclass(frozen=True)
class Stage:
    """One phase in the line of an edition's life; `when` is known for some."""

    phase: Phase
    name: Words
    when: Words | None
    is_here: bool


@dataclass(frozen=True)
class Choice:
    """A step one may take now: what its button says, what it does, and why it cannot be taken yet.

    `is_onward`: it leads on, and may be taken at once; any other is confirmed on a page of its own. `tells`: who wrote to be told.
    """

    step: Step
    label: Words
    effect: Words
    reasons: tuple[Words, ...]
    tells: Words | None = None

    @property
    def is_onward(self) -> bool:
        return self.step in ONWARD


@dataclass(frozen=True)
class DayRow:
    """A day and the form that says where it takes place."""

    day: DayUse
    form: DayForm


@dataclass(frozen=True)
class LifePage:
    """Where an edition stands and what can be done about it."""

    edition: EditionView
    stands: Words
    stages: tuple[Stage, ...]
    choices: tuple[Choice, ...]
    days: tuple[DayRow, ...]
    new_day: DayForm
    form: EditionForm
    is_draft: bool
    may_change: bool
    zones: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, Words], ...]
    refusals: tuple[Words, ...]
    warnings: tuple[Words, ...]
    """What the agenda lacks, and who is expected in two places at once."""

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form, self.new_day, *(row.form for row in self.days)))


@page(ORGANISERS, "GET /organisation/{edition:edition}/etapes", HERE)
def life(visit: Visit, edition: str) -> Show:
    """Where the edition stands, and the form that describes it."""
    found = edition_for(visit, edition)
    phase, people = found.calendar.phase(visit.now), people_registered(visit.db, found.id)
    opening = any(opens(step, found.calendar, visit.now) for step in STEPS[phase])
    waiting = waiting_count(visit.db, found.id) if opening else 0
    shown = LifePage(
        found,
        STANDS[phase],
        tuple(_stages(found.calendar, phase)),
        tuple(choice_of(step, found.calendar, people, visit, waiting) for step in STEPS[phase]),
        tuple(DayRow(day, _day_form(visit, day)) for day in day_uses(visit.db, found.id)),
        _typed_day(visit, "nouveau") or DayForm(prefix="nouveau"),
        visit.form if isinstance(visit.form, EditionForm) else _form(found),
        phase == Phase.DRAFT,
        found.calendar.allows(Deed.PREPARE, visit.now),
        tuple((zone, zone) for zone in ZONES),
        tuple(AUDIENCES.items()),
        tuple(reason.words for reason in visit.refusals),
        tuple(warnings_of(visit, found, agenda_slots(visit.db, found.id))) if phase in WARNED else (),
    )
    return Show("preparation/life.html", shown)


def _stages(calendar: Calendar, here: Phase) -> list[Stage]:
    days = calendar.days
    whens: Mapping[Phase, Words | None] = {
        Phase.ANNOUNCED: _since(calendar, "announced_at"),
        Phase.OPEN: _since(calendar, "opens_at"),
        Phase.CLOSED: _since(calendar, "closes_at"),
        Phase.RUNNING: say("%(day)s", day=days[0]) if days else None,
        Phase.PAST: say("après le %(day)s", day=days[-1]) if days else None,
        Phase.ARCHIVED: _since(calendar, "archived_at"),
    }
    return [Stage(phase, name, whens.get(phase), phase == here) for phase, name in NAMES.items()]


def _since(calendar: Calendar, name: str) -> Words | None:
    moments = {
        "announced_at": calendar.announced_at,
        "opens_at": calendar.opens_at,
        "closes_at": calendar.closes_at,
        "archived_at": calendar.archived_at,
    }
    moment = moments[name]
    return say("%(moment)s", moment=Moment(moment, calendar.zone)) if moment else None


def choice_of(step: Step, calendar: Calendar, people: int, visit: Visit, waiting: int = 0) -> Choice:
    """A step in words, with why it cannot be taken yet, and how many it tells that registration is open."""
    label, effect = STEP_WORDS[step]
    reasons = tuple(one.words for one in stepping(step, calendar, people, visit.now))
    return Choice(step, label, effect, reasons, _tells(waiting) if opens(step, calendar, visit.now) else None)


def _tells(waiting: int) -> Words | None:
    if not waiting:
        return None
    return say_count(
        "**Une personne** a demandé à être prévenue : un courriel lui part deux minutes après, "
        "et ne part pas si vous fermez avant.",
        "**%(number)s personnes** ont demandé à être prévenues : un courriel leur part deux minutes après, "
        "et ne part pas si vous fermez avant.",
        waiting,
    )


def _form(edition: EditionView) -> EditionForm:
    calendar = edition.calendar
    return EditionForm(
        data={
            "nom": edition.name,
            "lieu": edition.place,
            "adresse": edition.address,
            "fuseau": calendar.zone,
            "public": edition.audience.value,
            "annonce": local_text(calendar.announced_at, calendar.zone),
            "ouverture": local_text(calendar.opens_at, calendar.zone),
            "cloture": local_text(calendar.closes_at, calendar.zone),
            "charte": edition.conduct_url,
            "version": edition.conduct_version,
        }
    )


def _day_form(visit: Visit, day: DayUse) -> DayForm:
    data = {"jour": day.on.isoformat(), "lieu": day.place}
    return _typed_day(visit, _prefix(day.on)) or DayForm(prefix=_prefix(day.on), data=data)


def _prefix(on: date) -> str:
    return f"jour-{on.isoformat()}"


def _typed_day(visit: Visit, prefix: str) -> DayForm | None:
    """What was typed of this day, when it was refused."""
    return visit.form if isinstance(visit.form, DayForm) and visit.form._prefix == f"{prefix}-" else None


# --- what is posted


@page(ORGANISERS, "POST /organisation/{edition:edition}/etapes", "revise_edition", shows=HERE)
def revise(visit: Visit, edition: str) -> Go:
    """Say what the edition is, where and when."""
    found = edition_for(visit, edition)
    form = valid(EditionForm(Posted(visit.data)))
    changed = revise_edition(visit.db, found.id, form.values, visit.now, visit.me.id)
    return _back(edition, say("C’est enregistré.") if changed else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/etapes/jours/ajout", "add_day", shows=HERE)
def add(visit: Visit, edition: str) -> Go:
    """One day more."""
    found = edition_for(visit, edition)
    form = valid(DayForm(Posted(visit.data), prefix="nouveau"))
    on = date.fromisoformat(str(form.jour.data))
    add_day(visit.db, found.id, on, form.lieu.data or "", visit.now, visit.me.id)
    return _back(edition, say("Jour ajouté : ouvrez-y des places dans chaque parcours."), "jours")


@page(ORGANISERS, "POST /organisation/{edition:edition}/etapes/jours/lieu", "move_day", shows=HERE)
def move(visit: Visit, edition: str) -> Go:
    """Say where a day takes place."""
    found, day = _day(visit, edition)
    form = valid(DayForm(Posted(visit.data), prefix=_prefix(day.on)))
    changed = move_day(visit.db, found.id, day.id, form.lieu.data or "", visit.now, visit.me.id)
    return _back(edition, say("C’est enregistré.") if changed else None, "jours")


@page(ORGANISERS, "POST /organisation/{edition:edition}/etapes/jours/retrait", "remove_day", shows=HERE)
def remove(visit: Visit, edition: str) -> Go:
    """Take a day away."""
    found, day = _day(visit, edition)
    remove_day(visit.db, found.id, day.id, visit.now, visit.me.id)
    return _back(edition, say("Jour retiré."), "jours")


def _day(visit: Visit, edition: str) -> tuple[EditionView, DayUse]:
    """The day that the form names, of an edition the person organises, else 404."""
    found = edition_for(visit, edition)
    asked = visit.data.get("quand")
    day = next((day for day in day_uses(visit.db, found.id) if day.on.isoformat() == asked), None)
    if day is None:
        raise HTTPException(404)
    return found, day


def _back(edition: str, says: Words | None, anchor: str = "") -> Go:
    return Go(HERE, {"edition": edition}, says=says, anchor=anchor)
