"""Moving somebody to another track, day or mode: choose where, read what will happen, then a reason and one button."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.programme.rules import is_over
from sprint.registrations import reassigning
from sprint.registrations.actions import Move, move_by_team
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.foresight import GivenUp, Queued, moved
from sprint.registrations.forms import MovingForm
from sprint.registrations.queries import applicant_for, offers
from sprint.registrations.queries.people import Chosen, chosen_places
from sprint.registrations.queries.reassigning import held_as, person_of
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.reassigning import Target
from sprint.registrations.rules import HOW, MOVES, WHY, Offer, WantedDay, Why
from sprint.registrations.tables import Mode, State
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import ShortDay, Words, say, say_count

HERE = "desk_moving"


@dataclass(frozen=True)
class MovingPage:
    """Somebody's registration, where it could go and, once a place is chosen, what going there does."""

    edition: EditionView
    chosen: Chosen
    places: tuple[tuple[str, Words], ...]
    to: str
    state: State | None
    """As what the person would be there; None: there is no way in, or nothing is chosen yet."""
    against: tuple[Words, ...]
    """Why not, or why only waiting."""
    gets: tuple[Queued, ...]
    form: MovingForm
    once: str
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def next_people(self) -> list[str]:
        """Who would get a seat, once each."""
        return list({one.person_id: one.name for one in self.gets}.values())

    @property
    def reasons(self) -> dict[Why, Words]:
        return {why: WHY[why] for why in MOVES}

    @property
    def keeps_seat(self) -> bool:
        return self.state == State.WAITING and self.chosen.place.state == State.CONFIRMED

    @property
    def error(self) -> str:
        return " ".join(str(one) for one in self.form.motif.errors)

    @property
    def where(self) -> Words | str:
        return dict(self.places).get(self.to, "")


@page(ORGANISERS, "GET /organisation/{edition:edition}/inscriptions/{registration:int}/deplacement", HERE)
def desk_moving(visit: Visit, edition: str, registration: int) -> Show:
    """Where a registration can go (`vers` names one place), and what would happen."""
    found = edition_for(visit, edition)
    chosen = registration_of(visit, found, registration)
    targets = _targets(visit, found)
    form = visit.form if isinstance(visit.form, MovingForm) else MovingForm()
    asked = visit.request.query_params.get("vers", "") or str(visit.data.get("vers", ""))
    to = targets.get(asked)
    state, against, gets = _foreseen(visit, found, chosen, to) if to else (None, [], [])
    shown = MovingPage(
        found,
        chosen,
        tuple((key, _label(one)) for key, one in targets.items() if not _is_here(chosen, one)),
        asked if to else "",
        state,
        tuple(against),
        tuple(gets),
        form,
        visit.once(),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_moving.html", shown)


def registration_of(visit: Visit, edition: EditionView, registration: int) -> Chosen:
    """A live registration of the edition, for a day to come, else 404."""
    every = chosen_places(visit.db, edition.id, [], [registration])
    found = next((one for one in every if not is_over(one.place.on, edition.calendar, visit.now)), None)
    if found is None:
        raise HTTPException(404)
    return found


def person_behind(visit: Visit, edition: EditionView, registration: int) -> tuple[int, str]:
    """Whose registration it is or was, with their name; 404 when it is none of the edition's."""
    found = person_of(visit.db, edition.id, registration)
    if found is None:
        raise HTTPException(404)
    return found


def _targets(visit: Visit, edition: EditionView) -> dict[str, Target]:
    """Every place offered on the days to come, by what the form calls it, in the order of tracks and days. Two queries."""
    cards = track_cards(visit.db, edition.id)
    by_track: dict[int, list[Offer]] = {}
    for offer in offers(visit.db, [card.id for card in cards]):
        if not is_over(offer.on, edition.calendar, visit.now):
            by_track.setdefault(offer.track_id, []).append(offer)
    return {
        f"{card.slug}.{offer.on.isoformat()}.{offer.mode.value}": _target(card, offer)
        for card in cards
        for offer in by_track.get(card.id, ())
    }


def _target(card: TrackCard, offer: Offer) -> Target:
    return Target(card.id, card.name, card.audience, WantedDay(offer.day_id, offer.on, offer.mode, offer))


def _is_here(chosen: Chosen, to: Target) -> bool:
    place = chosen.place
    return (place.track_id, place.day_id, place.mode) == (to.track_id, to.day.day_id, to.day.mode)


def _label(to: Target) -> Words:
    free = to.day.offer.free if to.day.offer else 0
    left = say_count("%(number)s place", "%(number)s places", free) if free > 0 else say("complet")
    day, how = ShortDay(to.day.on), HOW[to.day.mode]
    return say("%(track)s, %(day)s %(how)s : %(left)s", track=to.track_name, day=day, how=how, left=left)


def _foreseen(
    visit: Visit, edition: EditionView, chosen: Chosen, to: Target
) -> tuple[State | None, list[Words], list[Queued]]:
    """As what the person would be there, what stands against it, and who would get the seat they leave."""
    place = chosen.place
    who = applicant_for(visit.db, chosen.person_id, edition, visit.now)
    held = held_as(who, place.registration_id)
    days = reassigning.days_of(held, to, edition.calendar, visit.now)
    against = reassigning.moving(who, held, to, days)
    full = reassigning.sitting(held, to)
    if against:
        return None, [one.words for one in against + full], []
    if full:
        queue = reassigning.queueing(who, held, to)
        return (None if queue else State.WAITING), [one.words for one in full + queue], []
    left = GivenUp(
        held.registration_id,
        chosen.person_id,
        (place.track_id, place.day_id, place.mode),
        held.state == State.CONFIRMED,
    )
    goal = (to.track_id, to.day.day_id, to.day.mode)
    return State.CONFIRMED, [], moved(waiting_room(visit.db, edition.id), chosen.person_id, left, goal)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/inscriptions/{registration:int}/deplacement",
    "move_by_team",
    shows=HERE,
)
def move_somebody(visit: Visit, edition: str, registration: int) -> Go:
    """Move somebody as announced; they are told, and whoever gets their seat."""
    found = edition_to_change(visit, edition)
    person_id, name = person_behind(visit, found, registration)
    form = valid(MovingForm(Posted(visit.data)))
    to = _targets(visit, found).get(form.vers.data or "")
    if to is None:
        raise HTTPException(404)
    state = State(form.etat.data)
    move = Move(registration, to.track_id, to.day.day_id, Mode(to.day.mode), state, Why(form.motif.data))
    done = move_by_team(visit.db, found.id, move, form.prevu.data or 0, form.once.data or "", visit.now, visit.me.id)
    says = say("C’est fait ; un courriel le dit à %(name)s.", name=name) if done else say("C’était déjà fait.")
    return Go("desk_person", {"edition": edition, "person": person_id}, says=says)
