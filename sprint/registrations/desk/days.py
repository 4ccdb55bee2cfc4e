"""The limits of whole days: the room, the meals."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.journal import new_act
from sprint.programme.queries import EditionView
from sprint.registrations.actions import Seats, set_seats
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.tracks import typed_seats
from sprint.registrations.desk.undoing import UndoLine, undo_lines, undoable_in
from sprint.registrations.foresight import Queued, limited
from sprint.registrations.forms import SeatsForm
from sprint.registrations.queries.days import DayLine, day_lines
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Tried, Visit
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class DayRow:
    """A day in a mode, and the form that limits it (with what was typed, when it was refused)."""

    line: DayLine
    how: Words
    form: SeatsForm
    gets: tuple[Queued, ...] = ()
    """Whoever would get a seat if the limit typed held, while that is to be confirmed."""


@dataclass(frozen=True)
class DaysPage:
    """Every day in both modes."""

    edition: EditionView
    rows: tuple[DayRow, ...]
    refusals: tuple[Words, ...]
    undoable: tuple[UndoLine, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/jours", "desk_days")
def desk_days(visit: Visit, edition: str) -> Show:
    """How many may come each day, all tracks together."""
    found = edition_for(visit, edition)
    rows = tuple(_row(visit, found, line) for line in day_lines(visit.db, found.id))
    done = [one for one in undoable_in(visit, found) if one.act.limits_days]
    refusals = tuple(one.words for one in visit.refusals)
    return Show("registrations/desk_days.html", DaysPage(found, rows, refusals, undo_lines(found, done)))


def _row(visit: Visit, found: EditionView, line: DayLine) -> DayRow:
    prefix = _prefix(line.on, line.mode)
    typed = typed_seats(visit, prefix)
    if typed is None:
        return DayRow(line, HOW[line.mode], SeatsForm(prefix=prefix, data={"places": line.limit}))
    gets = () if typed.errors else _gets(visit, found.id, line, typed)
    return DayRow(line, HOW[line.mode], typed, gets)


def _gets(visit: Visit, edition_id: int, line: DayLine, form: SeatsForm) -> tuple[Queued, ...]:
    """Whoever waits and would get a seat with the limit typed; a limit that is new or lower gives none."""
    if line.limit is None or (form.places.data is not None and form.places.data <= line.limit):
        return ()
    more = None if form.places.data is None else form.places.data - line.limit
    return tuple(limited(waiting_room(visit.db, edition_id), (line.day_id, line.mode), more))


def _prefix(on: date, mode: Mode) -> str:
    return f"jour-{on.isoformat()}-{mode.value}"


@page(ORGANISERS, "POST /organisation/{edition:edition}/jours/places", "set_day_seats", shows="desk_days")
def change_day_seats(visit: Visit, edition: str) -> Go:
    """Limit a whole day in a mode, or lift its limit; those who wait get what is added, in order."""
    found = edition_to_change(visit, edition)
    day = next((day for day in found.days if day.on.isoformat() == visit.data.get("jour")), None)
    mode = next((mode for mode in Mode if mode.value == visit.data.get("mode")), None)
    if day is None or mode is None:
        raise HTTPException(404)
    form = valid(SeatsForm(Posted(visit.data), prefix=_prefix(day.on, mode)))
    wish = Seats(None, day.id, mode, form.places.data)
    foreseen = form.prevu.data
    promoted = set_seats(visit.db, found.id, [wish], visit.now, act=new_act(), actor_id=visit.me.id, foreseen=foreseen)
    if promoted and foreseen is None:
        raise Tried(form)
    says = say_count(
        "Limite enregistrée ; %(number)s place trouve preneur, la personne en est prévenue.",
        "Limite enregistrée ; %(number)s places trouvent preneur, les personnes en sont prévenues.",
        promoted,
    )
    return Go("desk_days", {"edition": edition}, says=says if promoted else say("Limite enregistrée."))
