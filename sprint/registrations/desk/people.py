"""The people of an edition: one line each with their days, searched and narrowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sprint.people.tables import Standing
from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.desk.undoing import UndoLine, good_for, undo_lines, undoable_in
from sprint.registrations.queries.people import PersonLine, Place, Sought, people_sought
from sprint.registrations.queries.waiting import reasons_for
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode, State
from sprint.registrations.undoing import Did
from sprint.web.audience import ORGANISERS
from sprint.web.forms import clean
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import ShortDay, Words, say

STATES: dict[State, Words] = {State.CONFIRMED: say("confirmée"), State.WAITING: say("en attente")}
STANDINGS: dict[Standing, Words] = {
    Standing.AGENT: say("agent·e public·que"),
    Standing.RESEARCHER: say("chercheur ou chercheuse"),
    Standing.OTHER: say("autre"),
}
BY_ARRIVAL = "arrivee"


@dataclass(frozen=True)
class Choice:
    """One list to choose from; the first choice, without value, asks nothing."""

    name: str
    label: Words
    options: tuple[tuple[str, Words], ...]
    chosen: str


@dataclass(frozen=True)
class PeoplePage:
    """Who comes and who waits."""

    edition: EditionView
    people: tuple[PersonLine, ...]
    pages: Pagination
    word: str
    choices: tuple[Choice, ...]
    by_arrival: bool
    reasons: dict[int, Words]
    """Why those who wait wait, by registration."""
    undoable: tuple[UndoLine, ...]
    today: date

    def is_to_come(self, place: Place) -> bool:
        """Whether one can still do something about it."""
        return place.on >= self.today

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def question(self) -> list[tuple[str, str]]:
        """What was asked, without the page."""
        return list(self.pages.question)

    @property
    def sought(self) -> bool:
        """Whether anything was asked."""
        return any(name != "tri" for name, _ in self.pages.question)

    def ordered(self, order: str) -> list[tuple[str, str]]:
        """The same question in another order."""
        return [
            *((name, value) for name, value in self.pages.question if name != "tri"),
            *([("tri", order)] * bool(order)),
        ]

    def asked_at(self, line: PersonLine) -> datetime:
        """When they asked, by the clocks of where the edition is."""
        return line.asked_at.astimezone(ZoneInfo(self.edition.calendar.zone))

    @property
    def standings(self) -> dict[Standing, Words]:
        return STANDINGS


@page(ORGANISERS, "GET /organisation/{edition:edition}/personnes", "desk_people", own=())
def desk_people(visit: Visit, edition: str) -> Show:
    """The people of an edition, one line each, by name or in the order in which they asked."""
    found = edition_for(visit, edition)
    cards = track_cards(visit.db, found.id)
    asked = visit.request.query_params
    sought, choices = sought_in(visit, found, cards)
    by_arrival, number = asked.get("tri") == BY_ARRIVAL, asked_page(asked.get("page"))
    question = question_of(sought.word, choices, by_arrival=by_arrival)
    first = Pagination(number, 0)
    total, people = people_sought(visit.db, found.id, sought, first.offset, first.per_page, by_arrival=by_arrival)
    pages = Pagination(number, total, question)
    reasons = reasons_for(visit.db, [place for one in people for place in one.places])
    done = [one for one in undoable_in(visit, found) if one.act.did != Did.SEATS]
    return Show(
        "registrations/desk_people.html",
        PeoplePage(
            found,
            tuple(people),
            pages,
            sought.word,
            choices,
            by_arrival,
            reasons,
            undo_lines(found, done),
            found.calendar.today(visit.now),
        ),
        good_until=good_for(done),
    )


def sought_in(visit: Visit, edition: EditionView, cards: Sequence[TrackCard]) -> tuple[Sought, tuple[Choice, ...]]:
    """What the address asks, and the lists to choose from; what it makes up is not asked."""
    asked = visit.request.query_params
    word = clean(asked.get("mot", "")).strip()[:100]
    days = {day.on.isoformat(): day for day in edition.days}
    tracks = {card.slug: card for card in cards}
    lists: dict[str, tuple[Words, dict[str, Words]]] = {
        "etat": (say("État"), {state.value: words for state, words in STATES.items()}),
        "jour": (say("Jour"), {key: say("%(day)s", day=ShortDay(day.on)) for key, day in days.items()}),
        "mode": (say("Comment"), {mode.value: HOW[mode] for mode in Mode}),
        "parcours": (say("Parcours"), {slug: say("%(track)s", track=card.name) for slug, card in tracks.items()}),
        "qualite": (say("Qualité"), {standing.value: words for standing, words in STANDINGS.items()}),
    }
    chosen = {name: value if (value := asked.get(name, "")) in values else "" for name, (_, values) in lists.items()}
    choices = tuple(
        Choice(name, label, (("", say("Indifférent")), *values.items()), chosen[name])
        for name, (label, values) in lists.items()
    )
    sought = Sought(
        word,
        State(chosen["etat"]) if chosen["etat"] else None,
        days[chosen["jour"]].id if chosen["jour"] else None,
        Mode(chosen["mode"]) if chosen["mode"] else None,
        tracks[chosen["parcours"]].id if chosen["parcours"] else None,
        Standing(chosen["qualite"]) if chosen["qualite"] else None,
    )
    return sought, choices


def question_of(word: str, choices: Sequence[Choice], *, by_arrival: bool) -> tuple[tuple[str, str], ...]:
    """What was asked, as the address holds it."""
    asked = [("mot", word), *((choice.name, choice.chosen) for choice in choices), ("tri", BY_ARRIVAL * by_arrival)]
    return tuple((name, value) for name, value in asked if value)
