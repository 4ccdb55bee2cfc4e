"""One person's file: what they hold in this edition, and what happened to it. Nothing of other editions, nothing of the pool."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView
from sprint.programme.rules import is_over
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.desk.people import STANDINGS
from sprint.registrations.desk.undoing import UndoLine, undo_lines, undoable_in
from sprint.registrations.facts import LABELS
from sprint.registrations.queries.files import Noted, Someone, history_of, someone_for
from sprint.registrations.queries.people import Place, places_of
from sprint.registrations.queries.waiting import reasons_for
from sprint.registrations.rules import HOW, WHY, Why
from sprint.web.audience import ORGANISERS
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, ShortDay, Words, say, say_count


@dataclass(frozen=True)
class NotedLine:
    """What happened, when and to what, in words."""

    at: Moment
    label: Words
    what: Words
    by: Words | None
    is_undone: bool


@dataclass(frozen=True)
class FilePage:
    """What an organiser of this edition may know of somebody."""

    edition: EditionView
    person: Someone
    standing: Words
    places: tuple[tuple[Place, bool], ...]
    """With whether the day is still to come, so that it can be cancelled."""
    reasons: dict[int, Words]
    """Why they wait, by registration."""
    history: tuple[NotedLine, ...]
    pages: Pagination
    undoable: tuple[UndoLine, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def may_cancel(self) -> bool:
        return any(is_to_come for _, is_to_come in self.places)


@page(ORGANISERS, "GET /organisation/{edition:edition}/personnes/{person:int}", "desk_person")
def desk_person(visit: Visit, edition: str, person: int) -> Show:
    """What somebody holds in the edition, and its history."""
    found = edition_for(visit, edition)
    someone = someone_for(visit.db, visit.me, found.id, person)
    if someone is None:
        raise HTTPException(404)
    number = asked_page(visit.request.query_params.get("page"))
    first = Pagination(number, 0)
    total, noted = history_of(visit.db, found.id, person, first.offset, first.per_page)
    places = places_of(visit.db, found.id, [person]).get(person, [])
    shown = FilePage(
        found,
        someone,
        STANDINGS[someone.standing],
        tuple((place, not is_over(place.on, found.calendar, visit.now)) for place in places),
        reasons_for(visit.db, places),
        tuple(_line(one, found) for one in noted),
        Pagination(number, total),
        undo_lines(found, [one for one in undoable_in(visit, found) if person in one.act.person_ids]),
    )
    return Show("registrations/desk_person.html", shown)


def _line(noted: Noted, edition: EditionView) -> NotedLine:
    what = say("tous ses jours")
    if noted.track_name is not None and noted.on is not None and noted.mode is not None:
        values = {"track": noted.track_name, "day": ShortDay(noted.on), "how": HOW[noted.mode]}
        what = say("%(track)s, %(day)s %(how)s", **values)
    return NotedLine(Moment(noted.at, edition.calendar.zone), LABELS[noted.kind], what, _by(noted), noted.is_undone)


def _by(noted: Noted) -> Words | None:
    if noted.ahead and noted.why in list(Why):
        return say_count(
            "par l’équipe, avant %(number)s personne qui attendait déjà : %(why)s",
            "par l’équipe, avant %(number)s personnes qui attendaient déjà : %(why)s",
            noted.ahead,
            why=WHY[Why(noted.why)],
        )
    if noted.why in list(Why):
        return say("par l’équipe : %(why)s", why=WHY[Why(noted.why)])
    return say("par l’équipe") if noted.by_team else None
