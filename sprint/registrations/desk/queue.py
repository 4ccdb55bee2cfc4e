"""The waiting list of an edition: who is next, why nobody moves, and the switch that pauses it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sprint.programme.queries import EditionView
from sprint.registrations.actions import pause_queue, resume_queue
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.undoing import UndoLine, good_for, undo_lines, undoable_in
from sprint.registrations.foresight import Queued, resumed
from sprint.registrations.forms import ResumingForm
from sprint.registrations.queries import is_paused, offers
from sprint.registrations.queries.waiting import QueueLine, queue_lines, waiting_room
from sprint.registrations.rules import why_waiting
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class QueuePage:
    """Those who wait, in order, each with what keeps them waiting."""

    edition: EditionView
    rows: tuple[tuple[QueueLine, Words], ...]
    pages: Pagination
    is_paused: bool
    gets: tuple[Queued, ...]
    """Whoever would get a seat if the pause ended now."""
    today: date
    may_open: bool
    undoable: tuple[UndoLine, ...]
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def told(self) -> list[str]:
        """Who would be told, once each."""
        return list({one.person_id: one.name for one in self.gets}.values())

    def is_to_come(self, line: QueueLine) -> bool:
        """Whether one can still do something about it."""
        return line.on >= self.today

    def asked_at(self, line: QueueLine) -> datetime:
        """When they asked, by the clocks of where the edition is."""
        return line.queued_at.astimezone(ZoneInfo(self.edition.calendar.zone))


@page(ORGANISERS, "GET /organisation/{edition:edition}/attente", "desk_queue", own=())
def desk_queue(visit: Visit, edition: str) -> Show:
    """Everybody who waits, in the order in which seats will be given."""
    found = edition_for(visit, edition)
    number = asked_page(visit.request.query_params.get("page"))
    first = Pagination(number, 0)
    total, lines = queue_lines(visit.db, found.id, first.offset, first.per_page)
    offered = {(one.track_id, one.day_id, one.mode): one for one in offers(visit.db, {line.track_id for line in lines})}
    paused, done = is_paused(visit.db, found.id), undoable_in(visit, found)
    shown = QueuePage(
        found,
        tuple((line, why_waiting(offered.get((line.track_id, line.day_id, line.mode)))) for line in lines),
        Pagination(number, total),
        paused,
        tuple(resumed(waiting_room(visit.db, found.id))) if paused else (),
        found.calendar.today(visit.now),
        not found.calendar.is_over(visit.now),
        undo_lines(found, done),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_queue.html", shown, good_until=good_for(done))


@page(ORGANISERS, "POST /organisation/{edition:edition}/attente/pause", "pause_queue", shows="desk_queue")
def pause(visit: Visit, edition: str) -> Go:
    """Keep every seat that is freed or added until one goes on."""
    found = edition_to_change(visit, edition)
    pause_queue(visit.db, found.id, visit.now, visit.me.id)
    says = say("La liste d’attente est en pause : les places qui se libèrent sont gardées.")
    return Go("desk_queue", {"edition": edition}, says=says)


@page(ORGANISERS, "POST /organisation/{edition:edition}/attente/reprise", "resume_queue", shows="desk_queue")
def resume(visit: Visit, edition: str) -> Go:
    """Go on: seats kept meanwhile are given in order, as announced."""
    found = edition_to_change(visit, edition)
    form = valid(ResumingForm(Posted(visit.data)))
    promoted = resume_queue(visit.db, found.id, form.prevu.data or 0, visit.now, visit.me.id)
    says = say_count(
        "La liste d’attente a repris ; %(number)s place trouve preneur, la personne en est prévenue.",
        "La liste d’attente a repris ; %(number)s places trouvent preneur, les personnes en sont prévenues.",
        promoted,
    )
    return Go("desk_queue", {"edition": edition}, says=says if promoted else say("La liste d’attente a repris."))
