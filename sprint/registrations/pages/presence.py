"""Saying that one comes: signed in, or from the link of a letter, which opens a page with one button."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView, editions, seen_by
from sprint.registrations.actions import confirm_presence
from sprint.registrations.letters.presence import SEALED
from sprint.registrations.presence import Call, Seated, answering
from sprint.registrations.queries import held_by
from sprint.registrations.queries.presence import calls_of, seat_of_letter, seated_in, was_released
from sprint.registrations.rules import HOW, Held
from sprint.registrations.tables import State
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.page import Go, Show, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

DONE = say("C’est noté : vous êtes attendu·e. À bientôt.")


@dataclass(frozen=True)
class MyPresence:
    """What one edition asks of me: my days there, what I answered, and why I may not answer (any more)."""

    edition: EditionView
    call: Call
    days: tuple[Held, ...]
    seated: Seated | None
    reasons: tuple[Words, ...]
    released_at: Moment | None

    @property
    def is_answered(self) -> bool:
        return self.seated is not None and self.seated.answered_at is not None

    @property
    def is_awaited(self) -> bool:
        """Whether there is a button to press."""
        return not self.is_answered and not self.reasons

    def how(self, held: Held) -> Words:
        return HOW[held.mode]


@dataclass(frozen=True)
class PresencePage:
    """Each edition that asks me something; `token` is that of a letter, when one came from there."""

    asked: tuple[MyPresence, ...]
    token: str = ""


@page(SIGNED_IN, "GET /moi/presence", "my_presence")
def my_presence(visit: Visit) -> Show:
    """What editions to come ask of me."""
    held = held_by(visit.db, visit.me.id)
    ahead = [view for view in seen_by(visit.kept(editions), None, visit.now) if visit.now < view.calendar.ends_at]
    return Show("registrations/presence.html", PresencePage(tuple(_asked(visit, visit.me.id, ahead, held))))


@page(SIGNED_IN, "POST /moi/presence", "confirm_presence", shows="my_presence")
def confirm(visit: Visit) -> Go:
    """I come."""
    known = {view.slug: view for view in seen_by(visit.kept(editions), None, visit.now)}
    edition = known.get(str(visit.data.get("edition", "")))
    if edition is None:
        raise HTTPException(404)
    said = confirm_presence(visit.db, visit.me.id, edition.id, visit.now)
    return Go("my_presence", says=DONE if said else None)


@page(ANYONE, "GET /moi/presence/{presence:key}", "presence_link", is_discreet=True)
def presence_link(visit: Visit, presence: str) -> Show:
    """What a letter opens. It changes nothing: programs that look at mail open links too."""
    person_id, edition = _of_letter(visit, presence)
    held = held_by(visit.db, person_id, edition.id)
    return Show("registrations/presence.html", PresencePage(tuple(_asked(visit, person_id, [edition], held)), presence))


@page(ANYONE, "POST /moi/presence/{presence:key}", "confirm_presence_link", shows="presence_link", is_discreet=True)
def confirm_from_letter(visit: Visit, presence: str) -> Go:
    """I come, whoever is signed in here."""
    person_id, edition = _of_letter(visit, presence)
    confirm_presence(visit.db, person_id, edition.id, visit.now)
    return Go("presence_link", {"presence": presence}, says=DONE)


def _of_letter(visit: Visit, token: str) -> tuple[int, EditionView]:
    """The person and the edition of a letter's link, else 404."""
    key = sealed_key(token)
    is_ours = key is not None and is_sealed(visit.settings, SEALED, key, 0, token)
    found = seat_of_letter(visit.db, key) if key is not None and is_ours else None
    edition = next((view for view in visit.kept(editions) if found and view.id == found[1]), None)
    if found is None or edition is None:
        raise HTTPException(404)
    return found[0], edition


def _asked(visit: Visit, person_id: int, views: list[EditionView], held: tuple[Held, ...]) -> list[MyPresence]:
    """What these editions ask of the person, who holds this; nothing of those that have nothing to do with them."""
    calls = calls_of(visit.db, views)
    seated = seated_in(visit.db, person_id, calls)
    asked = []
    for view in views:
        call = calls.get(view.id)
        released = was_released(visit.db, person_id, view.id) if call and view.id not in seated else None
        if call and visit.now >= call.asks_at and (view.id in seated or released):
            asked.append(
                MyPresence(
                    view,
                    call,
                    tuple(one for one in held if one.edition_id == view.id and one.state == State.CONFIRMED),
                    seated.get(view.id),
                    tuple(reason.words for reason in answering(call, seated.get(view.id), visit.now)),
                    Moment(released, view.calendar.zone) if released else None,
                )
            )
    return asked
