"""One track as organisers see it: its seats, which one may change, and its people."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.journal import new_act
from sprint.people.queries import holders_over, next_grant_end
from sprint.people.tables import Right, Scope
from sprint.programme.queries import DayOf, EditionView, track_called
from sprint.programme.tables import Track
from sprint.registrations.actions import Seats, set_seats
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.undoing import UndoLine, good_for, undo_lines, undoable_in
from sprint.registrations.foresight import Queued, foresee
from sprint.registrations.forms import SeatsForm
from sprint.registrations.queries import offers
from sprint.registrations.queries.people import PersonLine, Sought, people_of_track, people_sought
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.rules import HOW, Offer, why_waiting
from sprint.registrations.tables import Mode
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import PER_PAGE, Pagination, asked_page
from sprint.web.visit import Tried, Visit
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class SeatsRow:
    """The seats of a day in a mode: what is set, and the form that sets it (with what was typed, when it was refused)."""

    day: DayOf
    mode: Mode
    how: Words
    offer: Offer | None
    form: SeatsForm
    gets: tuple[Queued, ...] = ()
    """Whoever would get one of the seats typed, while that is to be confirmed."""


@dataclass(frozen=True)
class TrackDeskPage:
    """Seats and people of one track."""

    edition: EditionView
    track: Track
    rows: tuple[SeatsRow, ...]
    people: tuple[PersonLine, ...]
    pages: Pagination
    mentors: tuple[tuple[int, str], ...]
    candidates: tuple[tuple[int, str], ...]
    """People who come to the track and do not mentor it."""
    is_past: bool
    refusals: tuple[Words, ...]
    undoable: tuple[UndoLine, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def reasons(self) -> dict[tuple[int, Mode], Words]:
        """Why people wait, by day and mode."""
        return {(row.day.id, row.mode): why_waiting(row.offer) for row in self.rows}

    @property
    def free(self) -> int:
        """Seats one may still take on the day with most room."""
        days: dict[int, int] = {}
        for row in self.rows:
            days[row.day.id] = days.get(row.day.id, 0) + (row.offer.free if row.offer else 0)
        return max(days.values(), default=0)


@page(ORGANISERS, "GET /organisation/{edition:edition}/parcours/{track:slug}", "desk_track", own=())
def desk_track(visit: Visit, edition: str, track: str) -> Show:
    """One track: change its seats, see who comes and who waits."""
    found, offered = track_for(visit, edition, track)
    number = asked_page(visit.request.query_params.get("page"))
    total, people = people_sought(
        visit.db, found.id, Sought(track_id=offered.id), Pagination(number, 0).offset, PER_PAGE, by_arrival=True
    )
    mentors = holders_over(visit.db, Right.MENTOR, Scope.TRACK, offered.id or 0, visit.now)
    done = [one for one in undoable_in(visit, found) if offered.id in one.act.track_ids]
    shown = TrackDeskPage(
        found,
        offered,
        tuple(_rows(visit, found, offered)),
        tuple(people),
        Pagination(number, total),
        tuple(mentors),
        tuple(one for one in people_of_track(visit.db, offered.id or 0) if one not in mentors),
        found.calendar.is_over(visit.now),
        tuple(reason.words for reason in visit.refusals),
        undo_lines(found, done),
    )
    ends = good_for(done, next_grant_end(visit.db, visit.now))
    return Show("registrations/desk_track.html", shown, good_until=ends)


def track_for(visit: Visit, edition: str, track: str) -> tuple[EditionView, Track]:
    """A track of an edition the person organises, with the edition, else 404."""
    found = edition_for(visit, edition)
    offered = track_called(visit.db, found.id, track)
    if offered is None:
        raise HTTPException(404)
    return found, offered


def _rows(visit: Visit, edition: EditionView, track: Track) -> list[SeatsRow]:
    offered = {(offer.day_id, offer.mode): offer for offer in offers(visit.db, [track.id or 0])}
    rows = []
    for day in edition.days:
        for mode in Mode:
            offer, prefix = offered.get((day.id, mode)), f"{day.on.isoformat()}-{mode.value}"
            typed = typed_seats(visit, prefix)
            form = typed or SeatsForm(prefix=prefix, data={"places": offer.seats if offer else None})
            gets = _gets(visit, edition, offer, form) if typed and not typed.errors else ()
            rows.append(SeatsRow(day, mode, HOW[mode], offer, form, gets))
    return rows


def typed_seats(visit: Visit, prefix: str) -> SeatsForm | None:
    """What was posted for this row, with its errors; None when it was another row, or none."""
    if f"{prefix}-places" not in visit.data:
        return None
    typed = SeatsForm(Posted(visit.data), prefix=prefix)
    typed.validate()
    return typed


def _gets(visit: Visit, edition: EditionView, offer: Offer | None, form: SeatsForm) -> tuple[Queued, ...]:
    """Whoever waits and would get one of the seats typed."""
    more = (form.places.data or 0) - offer.seats if offer else 0
    if offer is None or more <= 0:
        return ()
    return tuple(foresee(waiting_room(visit.db, edition.id), {(offer.track_id, offer.day_id, offer.mode): more}))


@page(ORGANISERS, "POST /organisation/{edition:edition}/parcours/{track:slug}/places", "set_seats", shows="desk_track")
def change_seats(visit: Visit, edition: str, track: str) -> Go:
    """Set the seats of one day and mode; those who wait get what is added, in order, once one has read who."""
    edition_to_change(visit, edition)
    found, offered = track_for(visit, edition, track)
    day = next((day for day in found.days if day.on.isoformat() == visit.data.get("jour")), None)
    mode = next((mode for mode in Mode if mode.value == visit.data.get("mode")), None)
    if day is None or mode is None:
        raise HTTPException(404)
    form = valid(SeatsForm(Posted(visit.data), prefix=f"{day.on.isoformat()}-{mode.value}"))
    wish = Seats(offered.id, day.id, mode, form.places.data)
    promoted = set_seats(
        visit.db,
        found.id,
        [wish],
        visit.now,
        act=new_act(),
        actor_id=visit.me.id,
        foreseen=form.prevu.data,
    )
    if promoted and form.prevu.data is None:
        # Nobody has read yet who would get them: shown first, and nothing is kept of it.
        raise Tried(form)
    says = say_count(
        "Places enregistrées ; %(number)s personne en obtient une et en est prévenue.",
        "Places enregistrées ; %(number)s personnes en obtiennent une et en sont prévenues.",
        promoted,
    )
    return Go(
        "desk_track", {"edition": edition, "track": track}, says=says if promoted else say("Places enregistrées.")
    )
