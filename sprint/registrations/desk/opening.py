"""Opening seats in several tracks at once: first what it will do to whom, then one button."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.journal import new_act
from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.registrations.actions import Addition, open_seats
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.returning import Back, to_overview, way_back
from sprint.registrations.foresight import Queued, Room, foresee
from sprint.registrations.forms import MOST_OPENED, OpenedLine, OpeningForm
from sprint.registrations.queries import offers
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.rules import HOW, Offer, worth_opening
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say

USUAL = 5
NAMED = 20
"""People a page names before it counts the others."""


@dataclass(frozen=True)
class OpeningRow:
    """What a track offers on a day in a mode, and who would get a seat of it."""

    card: TrackCard
    offer: Offer
    how: Words
    gets: int

    @property
    def value(self) -> str:
        return OpenedLine(self.card.slug, self.offer.on, self.offer.mode, self.offer.seats).value


@dataclass(frozen=True)
class OpeningPage:
    """What adding `places` seats to each row will do, before it is done."""

    edition: EditionView
    rows: tuple[OpeningRow, ...]
    tracks: tuple[TrackCard, ...]
    places: int
    foreseen: tuple[Queued, ...]
    waiting: int
    back: Back
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def told(self) -> list[str]:
        """Those who will be told, once each, in the order of the queue."""
        return list({one.person_id: one.name for one in self.foreseen}.values())

    @property
    def named(self) -> list[str]:
        return self.told[:NAMED]

    @property
    def question(self) -> list[tuple[str, str]]:
        """What shows this page again."""
        tracks = (("parcours", card.slug) for card in self.tracks)
        return [*tracks, ("places", str(self.places)), *self.back.question.items()]

    @property
    def is_limited(self) -> bool:
        """Whether one of the days has a limit of its own."""
        return any(row.offer.day_seats is not None for row in self.rows)

    @property
    def most(self) -> int:
        return MOST_OPENED


@page(ORGANISERS, "GET /organisation/{edition:edition}/places", "opening")
def opening(visit: Visit, edition: str) -> Show:
    """What would happen if seats were added to the chosen tracks (`parcours`, or with `attente` those where people wait)."""
    found = edition_for(visit, edition)
    cards = track_cards(visit.db, found.id)
    offered = _to_come(visit, found, offers(visit.db, [card.id for card in cards]))
    chosen = _chosen(visit, cards, offered)
    lines = worth_opening([offer for card in chosen for offer in offered if offer.track_id == card.id])
    places, room = _places(visit), waiting_room(visit.db, found.id)
    foreseen = foresee(room, {(line.track_id, line.day_id, line.mode): places for line in lines})
    by_id = {card.id: card for card in chosen}
    shown = OpeningPage(
        found,
        tuple(_row(by_id[line.track_id], line, foreseen) for line in lines),
        tuple(chosen),
        places,
        tuple(foreseen),
        _still_waiting(room, chosen, foreseen),
        way_back(visit, edition, to_overview(edition)),
        tuple(reason.words for reason in visit.refusals) + _complaints(visit),
    )
    return Show("registrations/opening.html", shown)


def _to_come(visit: Visit, edition: EditionView, offered: Sequence[Offer]) -> list[Offer]:
    today = edition.calendar.today(visit.now)
    return [offer for offer in offered if offer.on >= today]


def _chosen(visit: Visit, cards: Sequence[TrackCard], offered: Sequence[Offer]) -> list[TrackCard]:
    asked = visit.request.query_params
    slugs = set(asked.getlist("parcours"))
    if asked.get("attente"):
        wanted = {offer.track_id for offer in offered if offer.waiting}
        return [card for card in cards if card.id in wanted]
    return [card for card in cards if card.slug in slugs]


def _places(visit: Visit) -> int:
    asked = visit.request.query_params.get("places", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) <= MOST_OPENED else USUAL


def _row(card: TrackCard, offer: Offer, foreseen: Sequence[Queued]) -> OpeningRow:
    place = (offer.track_id, offer.day_id, offer.mode)
    return OpeningRow(card, offer, HOW[offer.mode], sum(one.place == place for one in foreseen))


def _still_waiting(room: Room, chosen: Sequence[TrackCard], foreseen: Sequence[Queued]) -> int:
    """People who will wait on in the chosen tracks."""
    ids, seated = {card.id for card in chosen}, {one.registration_id for one in foreseen}
    rows = (one for one in room.queue if one.track_id in ids and one.registration_id not in seated)
    return len({one.person_id for one in rows})


def _complaints(visit: Visit) -> tuple[Words, ...]:
    """A form that does not hold was not filled in by hand: what it lacks is said without a field to point at."""
    errors = visit.form.errors if isinstance(visit.form, OpeningForm) else {}
    return (say("indiquez combien de places ajouter, de 1 à %(most)s", most=MOST_OPENED),) if errors else ()


@page(ORGANISERS, "POST /organisation/{edition:edition}/places", "open_seats", shows="opening")
def open_more_seats(visit: Visit, edition: str) -> Go:
    """Add the seats that were announced; whoever gets one is told."""
    found = edition_to_change(visit, edition)
    form = valid(OpeningForm(Posted(visit.data)))
    additions = _additions(visit, found, form.ligne.data, form.places.data or 0)
    promoted = open_seats(
        visit.db, found.id, additions, form.prevu.data or 0, visit.now, act=new_act(), actor_id=visit.me.id
    )
    says = say("Places ouvertes ; les personnes annoncées en sont prévenues.") if promoted else say("Places ouvertes.")
    return way_back(visit, edition, to_overview(edition)).go(says)


def _additions(visit: Visit, edition: EditionView, lines: Sequence[OpenedLine], more: int) -> list[Addition]:
    tracks = {card.slug: card.id for card in track_cards(visit.db, edition.id)}
    days = {day.on: day.id for day in edition.days}
    if any(line.track not in tracks or line.on not in days for line in lines):
        raise HTTPException(404)
    return [Addition(tracks[line.track], days[line.on], line.mode, line.seats, more) for line in lines]
