"""The organisers' side: tracks with their seats, people with their days, and the numbers one may change."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.journal import new_act
from sprint.programme.queries import (
    DayOf,
    EditionView,
    TrackCard,
    edition_of_organiser,
    editions_for,
    mentor_counts,
    track_called,
    track_cards,
)
from sprint.programme.tables import Track
from sprint.registrations.actions import Seats, set_seats
from sprint.registrations.forms import SeatsForm
from sprint.registrations.queries import Listed, offers, people_count, registered_people
from sprint.registrations.rules import HOW, Offer
from sprint.registrations.tables import Mode, State
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, clean, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class DeskPage:
    """The editions one organises."""

    editions: tuple[EditionView, ...]
    people: dict[int, int]


@page(ORGANISERS, "GET /organisation", "desk")
def desk(visit: Visit) -> Show:
    """Where an organiser begins."""
    mine = editions_for(visit.db, visit.me)
    return Show("registrations/desk.html", DeskPage(tuple(mine), people_count(visit.db, [view.id for view in mine])))


def edition_for(visit: Visit, slug: str) -> EditionView:
    """An edition the person organises, else 404."""
    found = edition_of_organiser(visit.db, visit.me, slug)
    if found is None:
        raise HTTPException(404)
    return found


# --- tracks


@dataclass(frozen=True)
class TrackLine:
    """A track as organisers read it: all days and modes together, seat-days."""

    card: TrackCard
    seats: int
    taken: int
    waiting: int
    mentors: int

    @property
    def lacks_hands(self) -> bool:
        return self.seats > 0 and self.taken * 2 < self.seats


@dataclass(frozen=True)
class TracksPage:
    """The tracks of an edition, and the figures that open a list."""

    edition: EditionView
    lines: tuple[TrackLine, ...]
    people: int
    waiting: int
    lacking: int
    without_mentor: int
    only: str
    pages: Pagination

    @property
    def edition_name(self) -> str:
        return self.edition.name


NEEDS = {
    "attente": lambda line: line.waiting > 0,
    "bras": lambda line: line.lacks_hands,
    "mentor": lambda line: line.mentors == 0,
}


@page(ORGANISERS, "GET /organisation/{edition:edition}", "desk_edition")
def desk_edition(visit: Visit, edition: str) -> Show:
    """The tracks of an edition, all or those that need something."""
    found = edition_for(visit, edition)
    lines = _track_lines(visit, found)
    only = visit.request.query_params.get("seulement", "")
    kept = [line for line in lines if NEEDS[only](line)] if only in NEEDS else lines
    question = (("seulement", only),) if only in NEEDS else ()
    pages = Pagination(asked_page(visit.request.query_params.get("page")), len(kept), question)
    shown = TracksPage(
        found,
        tuple(kept[pages.offset : pages.offset + pages.per_page]),
        people_count(visit.db, [found.id]).get(found.id, 0),
        sum(line.waiting for line in lines),
        sum(line.lacks_hands for line in lines),
        sum(line.mentors == 0 for line in lines),
        only if only in NEEDS else "",
        pages,
    )
    return Show("registrations/desk_edition.html", shown)


def _track_lines(visit: Visit, edition: EditionView) -> list[TrackLine]:
    cards = track_cards(visit.db, edition.id)
    ids = [card.id for card in cards]
    by_track: dict[int, list[Offer]] = {}
    for offer in offers(visit.db, ids):
        by_track.setdefault(offer.track_id, []).append(offer)
    mentors = mentor_counts(visit.db, ids, visit.now)
    return [_track_line(card, by_track.get(card.id, []), mentors.get(card.id, 0)) for card in cards]


def _track_line(card: TrackCard, of_track: list[Offer], mentors: int) -> TrackLine:
    return TrackLine(
        card,
        sum(offer.seats for offer in of_track),
        sum(offer.taken for offer in of_track),
        sum(offer.waiting for offer in of_track),
        mentors,
    )


# --- one track


@dataclass(frozen=True)
class SeatsRow:
    """The seats of a day in a mode: what is set, and the form that sets it (with what was typed, when it was refused)."""

    day: DayOf
    mode: Mode
    how: Words
    offer: Offer | None
    form: SeatsForm


@dataclass(frozen=True)
class TrackDeskPage:
    """Seats and people of one track."""

    edition: EditionView
    track: Track
    rows: tuple[SeatsRow, ...]
    people: tuple[Listed, ...]
    pages: Pagination
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/parcours/{track:slug}", "desk_track")
def desk_track(visit: Visit, edition: str, track: str) -> Show:
    """One track: change its seats, see who comes and who waits."""
    found, offered = _track_for(visit, edition, track)
    number = asked_page(visit.request.query_params.get("page"))
    total, people = registered_people(visit.db, found.id, offered.id, None, "", number)
    shown = TrackDeskPage(
        found,
        offered,
        tuple(_rows(visit, found, offered)),
        tuple(people),
        Pagination(number, total),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_track.html", shown)


def _track_for(visit: Visit, edition: str, track: str) -> tuple[EditionView, Track]:
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
            typed = visit.form if isinstance(visit.form, SeatsForm) and visit.form._prefix == f"{prefix}-" else None
            form = typed or SeatsForm(prefix=prefix, data={"places": offer.seats if offer else None})
            rows.append(SeatsRow(day, mode, HOW[mode], offer, form))
    return rows


@page(ORGANISERS, "POST /organisation/{edition:edition}/parcours/{track:slug}/places", "set_seats", shows="desk_track")
def change_seats(visit: Visit, edition: str, track: str) -> Go:
    """Set the seats of one day and mode; those who wait get what is added, in order."""
    found, offered = _track_for(visit, edition, track)
    day = next((day for day in found.days if day.on.isoformat() == visit.data.get("jour")), None)
    mode = next((mode for mode in Mode if mode.value == visit.data.get("mode")), None)
    if day is None or mode is None:
        raise HTTPException(404)
    form = valid(SeatsForm(Posted(visit.data), prefix=f"{day.on.isoformat()}-{mode.value}"))
    wish = Seats(offered.id, day.id, mode, form.places.data)
    promoted = set_seats(visit.db, found.id, [wish], visit.now, act=new_act(), actor_id=visit.me.id)
    says = say_count(
        "Places enregistrées ; %(number)s personne en obtient une et en est prévenue.",
        "Places enregistrées ; %(number)s personnes en obtiennent une et en sont prévenues.",
        promoted,
    )
    return Go(
        "desk_track", {"edition": edition, "track": track}, says=says if promoted else say("Places enregistrées.")
    )


# --- people


@dataclass(frozen=True)
class PeoplePage:
    """Who comes and who waits, by name."""

    edition: EditionView
    people: tuple[Listed, ...]
    pages: Pagination
    word: str
    state: str
    states: tuple[tuple[str, Words], ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


STATES: tuple[tuple[str, Words], ...] = (
    ("", say("Toutes")),
    (State.CONFIRMED.value, say("Confirmées")),
    (State.WAITING.value, say("En attente")),
)


@page(ORGANISERS, "GET /organisation/{edition:edition}/personnes", "desk_people")
def desk_people(visit: Visit, edition: str) -> Show:
    """The people of an edition, one line a person and a day."""
    found = edition_for(visit, edition)
    asked = visit.request.query_params
    word, number = clean(asked.get("mot", "")).strip()[:100], asked_page(asked.get("page"))
    state = next((state for state in State if state.value == asked.get("etat")), None)
    total, people = registered_people(visit.db, found.id, None, state, word, number)
    question = tuple((name, value) for name, value in (("mot", word), ("etat", state.value if state else "")) if value)
    shown = PeoplePage(
        found, tuple(people), Pagination(number, total, question), word, state.value if state else "", STATES
    )
    return Show("registrations/desk_people.html", shown)
