"""Who counts as a recruiter, how much they may open, when they may propose a post, and how a request ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sprint.refusal import Refusal
from sprint.talents.tables import RequestState
from sprint.words import Words, say

MOST_AN_HOUR = 60
"""Profiles of different people opened within an hour."""
REASON_HOLDS = timedelta(days=30)
REQUEST_HOLDS = timedelta(days=30)


@dataclass(frozen=True)
class Recruiter:
    """Somebody with a live right to recruit and a public employer: without one, nobody could be told who looked.

    `organisation_ids` are all their employers of today; `domains` their mail domain and those above it.
    """

    id: int
    name: str
    organisation_id: int
    organisation: str
    organisation_ids: tuple[int, ...]
    domains: tuple[str, ...]


def domains_above(email: str | None) -> tuple[str, ...]:
    """The domain of an address and those above it: `a@x.cerema.fr` gives x.cerema.fr, cerema.fr, fr."""
    parts = (email or "").rpartition("@")[2].lower().split(".")
    return tuple(".".join(parts[start:]) for start in range(len(parts))) if all(parts) else ()


def opening(opened_last_hour: int, *, is_among_them: bool) -> list[Refusal]:
    """Why a recruiter may not open one profile more; going back to one of the last hour costs nothing."""
    if is_among_them or opened_last_hour < MOST_AN_HOUR:
        return []
    words = say("Vous avez ouvert %(number)s profils en une heure : reprenez plus tard.", number=MOST_AN_HOUR)
    return [Refusal("too_many", words)]


def state_of(state: RequestState, expires_at: datetime, now: datetime) -> RequestState:
    """The state of a request now: an open one lapses with its date, although nobody wrote so."""
    return RequestState.LAPSED if state == RequestState.OPEN and expires_at <= now else state


def requesting(pending: RequestState | None) -> list[Refusal]:
    """Why a recruiter cannot propose a post: `pending` is their live request to this profile, if any."""
    if pending == RequestState.OPEN:
        return [Refusal("pending", say("Votre demande précédente attend encore une réponse."))]
    if pending == RequestState.ACCEPTED:
        return [Refusal("met", say("Cette personne a déjà accepté votre demande : écrivez-lui."))]
    return []


def answering(state: RequestState | None) -> list[Refusal]:
    """Why a request cannot be answered; `state` is its state now, None when there is no such request."""
    if state == RequestState.OPEN:
        return []
    said: dict[RequestState | None, Words] = {
        RequestState.LAPSED: say("Cette demande s’est éteinte : son délai de 30 jours est passé."),
        RequestState.ACCEPTED: say("Vous avez déjà accepté cette demande."),
        RequestState.DECLINED: say("Vous avez déjà décliné cette demande."),
    }
    return [Refusal("not_open", said.get(state, say("Cette demande n’attend plus de réponse.")))]
