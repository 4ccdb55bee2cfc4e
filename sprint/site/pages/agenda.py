"""The agenda of an edition, and the editions that are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.exceptions import HTTPException

from sprint.board.queries import talks_in_order
from sprint.board.running import TalkAt, by_session
from sprint.programme.queries import DayOf, EditionView, SlotLine, agenda_slots, editions, seen_by
from sprint.programme.tables import SlotKind
from sprint.web.audience import ANYONE
from sprint.web.page import Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say


@dataclass(frozen=True)
class AgendaPage:
    """The slots by day, then by hour or block; what happens at the same hour stands together."""

    edition: EditionView
    days: tuple[tuple[DayOf, tuple[tuple[SlotLine, tuple[SlotLine, ...]], ...]], ...]
    kinds: dict[SlotKind, Words]
    talks: dict[int, tuple[TalkAt, ...]]
    """The lightning talks of each slot that holds some, in their order."""


@page(ANYONE, "GET /{edition:edition}/agenda", "agenda", kept=True, own=())
def agenda(visit: Visit, edition: str) -> Show:
    """The agenda of an edition."""
    found = next(
        (view for view in seen_by(visit.kept(editions), visit.member, visit.now) if view.slug == edition), None
    )
    if found is None:
        raise HTTPException(404)
    lines = agenda_slots(visit.db, found.id)
    days = tuple((day, _by_hour([line for line in lines if line.on == day.on])) for day in found.days)
    has_sessions = any(line.kind == SlotKind.LIGHTNING_TALK for line in lines)
    talks = by_session(talks_in_order(visit.db, found.id)) if has_sessions else {}
    return Show("site/agenda.html", AgendaPage(found, days, KINDS, talks))


def _by_hour(lines: Sequence[SlotLine]) -> tuple[tuple[SlotLine, tuple[SlotLine, ...]], ...]:
    grouped = [tuple(of_hour) for _, of_hour in groupby(lines, key=lambda slot: (slot.starts, slot.ends, slot.block))]
    return tuple((of_hour[0], of_hour) for of_hour in grouped)


KINDS: dict[SlotKind, Words] = {
    SlotKind.PLENARY: say("Plénière"),
    SlotKind.WORKSHOP: say("Atelier"),
    SlotKind.TALK: say("Présentation"),
    SlotKind.LIGHTNING_TALK: say("Présentations courtes"),
    SlotKind.SHOWCASE: say("Restitution"),
    SlotKind.BREAK: say("Pause"),
}


@dataclass(frozen=True)
class PastPage:
    """Editions that are over, the latest first."""

    editions: tuple[EditionView, ...]


@page(ANYONE, "GET /editions", "past_editions", kept=True, own=())
def past_editions(visit: Visit) -> Show:
    """Where earlier sprints are found."""
    every = seen_by(visit.kept(editions), visit.member, visit.now)
    past = [view for view in every if view.calendar.is_over(visit.now)]
    return Show("site/past.html", PastPage(tuple(past)))
