"""One's own sprint: the next thing, then day by day what one holds or waits for, and what can be changed."""

from dataclasses import dataclass
from datetime import date, time

from sprint.programme.queries import EditionView, SlotLine, editions, slots_of_tracks
from sprint.programme.rules import is_over
from sprint.registrations.queries import QueuePlace, held_by, offers, queue_places
from sprint.registrations.rules import HOW, Held, Offer, free_for
from sprint.registrations.tables import Mode, State
from sprint.site.pages.public import hours_by_day
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.visit import Visit
from sprint.words import Words

Hours = tuple[time, time | None]


@dataclass(frozen=True)
class MyPlace:
    """One registration of a day: a seat, or a place in a queue."""

    held: Held
    how: Words
    place: QueuePlace | None
    hours: Hours | None
    room: str
    other_mode: Mode | None

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

    @property
    def next(self) -> tuple[MyDay, MyPlace] | None:
        """The next seat I hold."""
        return next(((day, one) for day in self.days if not day.is_past for one in day.places if one.is_seat), None)


@dataclass(frozen=True)
class MinePage:
    """My sprint; `upcoming` holds editions not over, in order of time."""

    today: date
    upcoming: tuple[MyEdition, ...]
    past: tuple[MyEdition, ...]
    open_edition: EditionView | None
    once: str

    @property
    def next(self) -> tuple[MyEdition, MyDay, MyPlace] | None:
        found = ((mine, mine.next) for mine in self.upcoming)
        return next(((mine, day_place[0], day_place[1]) for mine, day_place in found if day_place), None)


@page(SIGNED_IN, "GET /moi", "mine")
def mine(visit: Visit) -> Show:
    """Today, next, before."""
    return Show("site/mine.html", _mine(visit))


@page(SIGNED_IN, "GET /moi/inscriptions", "my_registrations")
def my_registrations(visit: Visit) -> Show:
    """Change one's days or give them up."""
    return Show("site/my_registrations.html", _mine(visit))


def _mine(visit: Visit) -> MinePage:
    every = sorted((view for view in editions(visit.db) if view.days), key=lambda view: view.calendar.days)
    held = held_by(visit.db, visit.me.id)
    tracks = {one.track_id for one in held}
    known = _Known(
        offers(visit.db, tracks),
        queue_places(visit.db, visit.me.id, tracks),
        slots_of_tracks(visit.db, tracks),
    )
    ahead = [view for view in every if visit.now < view.calendar.ends_at]
    mine = [
        _my_edition(visit, view, [one for one in held if one.edition_id == view.id], known)
        for view in every
        if any(one.edition_id == view.id for one in held)
    ]
    still = {view.id for view in ahead}
    return MinePage(
        ahead[0].calendar.today(visit.now) if ahead else visit.now.date(),
        tuple(one for one in mine if one.edition.id in still),
        tuple(one for one in reversed(mine) if one.edition.id not in still),
        next((view for view in ahead if view.calendar.is_open(visit.now)), ahead[0] if ahead else None),
        visit.once(),
    )


@dataclass(frozen=True)
class _Known:
    """What was read about the tracks I am on, in three queries whatever their number."""

    offers: list[Offer]
    places: dict[int, QueuePlace]
    slots: list[SlotLine]


def _my_edition(visit: Visit, view: EditionView, held: list[Held], known: _Known) -> MyEdition:
    days = tuple(_my_day(visit, view, day.on, held, known) for day in view.days)
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
    own = [slot for slot in known.slots if slot.track_id == one.track_id and slot.on == one.on]
    here = [offer for offer in known.offers if (offer.track_id, offer.on) == (one.track_id, one.on)]
    others = (offer.mode for offer in here if offer.mode != one.mode and free_for(offer, one))
    rooms = [slot.room for slot in own if slot.room]
    return MyPlace(
        one,
        HOW[one.mode],
        known.places.get(one.registration_id),
        hours_by_day(own).get(one.on),
        rooms[0] if rooms and one.mode == Mode.SITE else "",
        next(others, None) if one.state == State.CONFIRMED else None,
    )
