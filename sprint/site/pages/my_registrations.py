"""The days one holds or waits for, and what can be changed about them."""

from dataclasses import dataclass
from datetime import date

from sprint.programme.queries import EditionView, editions, seen_by
from sprint.programme.rules import is_over
from sprint.registrations.presence import Call
from sprint.registrations.queries import QueuePlace, held_by, offers, queue_places
from sprint.registrations.queries.presence import open_call
from sprint.registrations.rules import HOW, Held, Offer, free_for, why_waiting
from sprint.registrations.tables import Mode, State
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.visit import Visit
from sprint.words import Words


@dataclass(frozen=True)
class MyPlace:
    """One registration of a day: a seat, or a place in a queue."""

    held: Held
    how: Words
    place: QueuePlace | None
    other_mode: Mode | None
    why: Words | None = None
    """Why a place in a queue is no seat yet."""
    is_kept: bool = False
    """The waiting list is paused: what is free is kept, in order."""

    @property
    def is_seat(self) -> bool:
        return self.held.state == State.CONFIRMED


@dataclass(frozen=True)
class MyDay:
    """One day of an edition: what I have there, and the track I could add it to."""

    on: date
    is_past: bool
    places: tuple[MyPlace, ...]
    addable: Held | None = None


@dataclass(frozen=True)
class MyEdition:
    """An edition with my days in it."""

    edition: EditionView
    days: tuple[MyDay, ...]
    is_open: bool


@dataclass(frozen=True)
class MyRegistrationsPage:
    """My editions that are not over, in order of time, and those that are, the latest first."""

    upcoming: tuple[MyEdition, ...]
    past: tuple[MyEdition, ...]
    open_edition: EditionView | None
    once: str
    presence: Call | None
    """What an edition asks of me now: whether I come."""


@page(SIGNED_IN, "GET /moi/inscriptions", "my_registrations")
def my_registrations(visit: Visit) -> Show:
    """Change one's days or give them up."""
    seen = seen_by(visit.kept(editions), None, visit.now)
    every = sorted((view for view in seen if view.days), key=lambda view: view.calendar.days)
    held = held_by(visit.db, visit.me.id)
    tracks = {one.track_id for one in held}
    known = _Known(offers(visit.db, tracks), queue_places(visit.db, visit.me.id, tracks))
    mine = {one.edition_id for one in held}
    own = [_my_edition(visit, view, held, known) for view in every if view.id in mine]
    ahead = [view for view in every if visit.now < view.calendar.ends_at]
    shown = MyRegistrationsPage(
        tuple(one for one in own if one.edition in ahead),
        tuple(one for one in reversed(own) if one.edition not in ahead),
        next((view for view in ahead if view.calendar.is_open(visit.now)), ahead[0] if ahead else None),
        visit.once(),
        open_call(visit.db, visit.me.id, [view for view in ahead if view.id in mine], visit.now),
    )
    return Show("site/my_registrations.html", shown)


@dataclass(frozen=True)
class _Known:
    """What was read about the tracks I am on, in two queries whatever their number."""

    offers: list[Offer]
    places: dict[int, QueuePlace]


def _my_edition(visit: Visit, view: EditionView, held: tuple[Held, ...], known: _Known) -> MyEdition:
    here = [one for one in held if one.edition_id == view.id]
    days = tuple(_my_day(visit, view, day.on, here, known) for day in view.days)
    return MyEdition(view, days, view.calendar.is_open(visit.now))


def _my_day(visit: Visit, view: EditionView, on: date, held: list[Held], known: _Known) -> MyDay:
    here = [one for one in held if one.on == on]
    past = is_over(on, view.calendar, visit.now)
    seats = [one for one in held if one.state == State.CONFIRMED]
    # Somebody who comes on another day may add this one to the same track in one gesture.
    addable = next((one for one in seats if not here and not past and _free(known, one, on) > 0), None)
    return MyDay(on, past, tuple(_my_place(one, known) for one in here), addable)


def _free(known: _Known, one: Held, on: date) -> int:
    same = (offer for offer in known.offers if (offer.track_id, offer.on, offer.mode) == (one.track_id, on, one.mode))
    return next((offer.free for offer in same), 0)


def _my_place(one: Held, known: _Known) -> MyPlace:
    here = [offer for offer in known.offers if (offer.track_id, offer.on) == (one.track_id, one.on)]
    own = next((offer for offer in here if offer.mode == one.mode), None)
    waits = one.state == State.WAITING
    others = (offer.mode for offer in here if offer.mode != one.mode and free_for(offer, one))
    return MyPlace(
        one,
        HOW[one.mode],
        known.places.get(one.registration_id),
        None if waits else next(others, None),
        why_waiting(own) if waits else None,
        waits and own is not None and own.is_kept,
    )
