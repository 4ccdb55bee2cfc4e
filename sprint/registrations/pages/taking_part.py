"""Cancelling and changing: what the registration block posts. The track's page shows what was refused."""

from datetime import date

from starlette.exceptions import HTTPException

from sprint.plans import planned
from sprint.programme.queries import EditionView, TrackKey, track_key
from sprint.registrations.actions import HeldEdition, cancel, change, locked_called
from sprint.registrations.forms import DaysForm, RegistrationForm
from sprint.registrations.tables import Mode
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Go, page
from sprint.web.visit import Visit, local_path
from sprint.words import Words, say, say_count


@page(SIGNED_IN, "POST /{edition:edition}/parcours/{track:slug}/desistement", "cancel", shows="track", form=DaysForm)
def give_up(visit: Visit, edition: str, track: str) -> Go:
    """Give up days of a track, held or waited for."""
    form = visit.sent(DaysForm)
    found, offered = track_of(visit, edition, track)
    ended = cancel(visit.db, visit.me.id, offered, day_ids(found, form.jour.data), visit.now)
    says = say_count("C’est noté : une journée est libérée.", "C’est noté : %(number)s journées sont libérées.", ended)
    return back(visit, edition, track, says if ended else None)


@page(
    SIGNED_IN,
    "POST /{edition:edition}/parcours/{track:slug}/changement",
    "change",
    shows="track",
    form=RegistrationForm,
)
def exchange(visit: Visit, edition: str, track: str) -> Go:
    """Exchange the seat of a day, held elsewhere or in the other mode, for one here."""
    form = visit.sent(RegistrationForm)
    found, offered = track_of(visit, edition, track)
    (day_id, *_) = day_ids(found, form.jour.data)
    change(visit.db, visit.me.id, offered, day_id, Mode(form.mode.data), form.once.data, visit.now)
    return back(visit, edition, track, say("C’est changé : votre place est ici."))


def track_of(visit: Visit, edition: str, track: str) -> tuple[HeldEdition, TrackKey]:
    """The track of an address with its edition, which is held from now on, else 404."""
    return track_in(visit, locked_called(visit.db, edition, visit.me, visit.now), track)


def track_in(visit: Visit, found: HeldEdition | None, track: str) -> tuple[HeldEdition, TrackKey]:
    """An edition that is held, and a track of it by its address, else 404."""
    offered = planned(visit.db, visit.now, track_key, found.id, track) if found else None
    if found is None or offered is None:
        raise HTTPException(404)
    return found, offered


def day_ids(edition: EditionView, days: list[date]) -> list[int]:
    """The days of the edition on these dates, else 404."""
    known = {day.on: day.id for day in edition.days}
    if not set(days) <= set(known):
        raise HTTPException(404)
    return [known[on] for on in days]


def back(visit: Visit, edition: str, track: str, says: Words | None) -> Go:
    """To the track, or to one's own page when the form came from there."""
    to = local_path(str(visit.data.get("retour", "")))
    return Go("track", {"edition": edition, "track": track}, says=says, anchor="inscription", address=to)
