"""Giving a seat to somebody who waits: who is passed over is read first, and said."""

from dataclasses import dataclass

from sprint.programme.queries import EditionView
from sprint.registrations import reassigning
from sprint.registrations.actions import Acceptance, accept_by_team
from sprint.registrations.desk.destinations import names_of
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.moving import person_behind, registration_of
from sprint.registrations.desk.returning import Back, to_file, way_back
from sprint.registrations.foresight import GivenUp, Queued, moved
from sprint.registrations.forms import AcceptingForm
from sprint.registrations.queries import applicant_for, offers
from sprint.registrations.queries.people import Chosen
from sprint.registrations.queries.reassigning import ahead_of, asked_as
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.rules import ACCEPTS, WHY, Offer, Why
from sprint.registrations.tables import State
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say

HERE = "desk_accepting"


@dataclass(frozen=True)
class AcceptingPage:
    """Somebody who waits, who asked before, and what giving them a seat does."""

    edition: EditionView
    chosen: Chosen
    offer: Offer | None
    ahead: tuple[str, ...]
    against: tuple[Words, ...]
    gets: tuple[Queued, ...]
    form: AcceptingForm
    back: Back
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def is_seated(self) -> bool:
        return self.chosen.place.state == State.CONFIRMED

    @property
    def adds_seat(self) -> bool:
        return self.offer is not None and self.offer.track_free <= 0

    @property
    def reasons(self) -> dict[Why, Words]:
        return {why: WHY[why] for why in ACCEPTS}

    @property
    def next_people(self) -> tuple[str, ...]:
        """Who would get a seat, once each."""
        return names_of(self.gets)

    @property
    def error(self) -> str:
        return " ".join(str(one) for one in self.form.motif.errors)


@page(ORGANISERS, "GET /organisation/{edition:edition}/inscriptions/{registration:int}/acceptation", HERE)
def desk_accepting(visit: Visit, edition: str, registration: int) -> Show:
    """What giving this person a seat would do."""
    found = edition_for(visit, edition)
    chosen = registration_of(visit, found, registration)
    place = chosen.place
    who = applicant_for(visit.db, chosen.person_id, found, visit.now)
    seat = who.seat_on(place.day_id)
    offered = {(one.day_id, one.mode): one for one in offers(visit.db, [place.track_id])}
    offer = offered.get((place.day_id, place.mode))
    ahead = ahead_of(visit.db, asked_as(found.id, place))
    left = (
        GivenUp(seat.registration_id, chosen.person_id, (seat.track_id, seat.day_id, seat.mode), sits=True)
        if seat
        else None
    )
    goal = (place.track_id, place.day_id, place.mode)
    shown = AcceptingPage(
        found,
        chosen,
        offer,
        tuple(ahead),
        tuple(one.words for one in reassigning.accepting(offer, seat, 0, None)),
        tuple(moved(waiting_room(visit.db, found.id), chosen.person_id, left, goal)),
        visit.form if isinstance(visit.form, AcceptingForm) else AcceptingForm(Posted(visit.data)),
        way_back(visit, edition, to_file(edition, chosen.person_id, chosen.name)),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_accepting.html", shown)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/inscriptions/{registration:int}/acceptation",
    "accept_by_team",
    shows=HERE,
)
def accept_somebody(visit: Visit, edition: str, registration: int) -> Go:
    """Give the seat as announced; the person is told, and whoever gets the one they leave."""
    found = edition_to_change(visit, edition)
    person_id, name = person_behind(visit, found, registration)
    form = valid(AcceptingForm(Posted(visit.data)))
    ahead = form.devant.data or 0
    told = Acceptance(
        Why(form.motif.data), form.places.data or 0, ahead, ahead if form.passe.data else None, form.prevu.data or 0
    )
    done = accept_by_team(visit.db, found.id, registration, told, visit.now, visit.me.id)
    says = say("%(name)s a une place ; un courriel le lui dit.", name=name) if done else say("C’était déjà fait.")
    return way_back(visit, edition, to_file(edition, person_id, name)).go(says)
