"""Inviting somebody whom the team added by hand, and whom an invitation serves: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sprint.refusal import Refusal
from sprint.words import Words, say

INVITATION_LASTS = timedelta(days=14)
"""How long the link of an invitation may be used."""


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


INVITATION_STATES: dict[InvitationState, Words] = {
    InvitationState.OPEN: say("sans réponse, valable jusqu’au %(when)s"),
    InvitationState.ACCEPTED: say("acceptée le %(when)s"),
    InvitationState.WITHDRAWN: say("retirée le %(when)s"),
    InvitationState.LAPSED: say("sans réponse, expirée depuis le %(when)s"),
}


@dataclass(frozen=True)
class Times:
    """The moments of an invitation that decide where it stands."""

    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None

    def state(self, now: datetime) -> InvitationState:
        """An expiry is a comparison: nothing has to run for it to hold."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.OPEN if self.expires_at > now else InvitationState.LAPSED

    def of(self, state: InvitationState) -> datetime:
        """The moment that goes with where it stands."""
        told = {InvitationState.ACCEPTED: self.accepted_at, InvitationState.WITHDRAWN: self.withdrawn_at}
        return told.get(state) or self.expires_at


def inviting(*, is_invited: bool) -> list[Refusal]:
    """Why the team cannot add somebody at this address: they did so already."""
    if not is_invited:
        return []
    words = say("une personne invitée à cette édition a déjà cette adresse : renvoyez-lui plutôt son invitation")
    return [Refusal("invited_already", words, "adresse")]


def inviting_again(state: InvitationState) -> list[Refusal]:
    """Why another link is not sent."""
    if state is not InvitationState.ACCEPTED:
        return []
    return [Refusal("accepted", say("la personne a déjà accepté : elle se connecte désormais elle-même"))]


def withdrawing(state: InvitationState, *, holds_places: bool) -> list[Refusal]:
    """Why an invitation cannot be withdrawn."""
    if state is InvitationState.ACCEPTED:
        return [Refusal("accepted", say("la personne a déjà accepté : le compte est désormais le sien"))]
    if state is InvitationState.WITHDRAWN:
        return [Refusal("withdrawn", say("cette invitation est déjà retirée"))]
    if holds_places:
        words = say("la personne a des inscriptions à venir : annulez-les d’abord, leurs places iront à qui attend")
        return [Refusal("holds_places", words)]
    return []


OVER: dict[InvitationState, Words] = {
    InvitationState.ACCEPTED: say("cette invitation a déjà servi : connectez-vous comme d’habitude"),
    InvitationState.WITHDRAWN: say("l’équipe du sprint a retiré cette invitation"),
    InvitationState.LAPSED: say(
        "cette invitation a expiré ou a été remplacée par une plus récente : demandez-en une autre"
    ),
}
"""Why the link of an invitation opens nothing any more."""


def joining(state: InvitationState, owner: int | None) -> list[Refusal]:
    """Why an account elsewhere is not attached to whom the invitation is for; `owner` is whose it is, if anybody's."""
    if state is not InvitationState.OPEN:
        return [Refusal("over", OVER[state])]
    if owner is None:
        return []
    words = say(
        "vous avez déjà un compte ici avec ce moyen de connexion, et nous ne réunissons jamais deux comptes. Gardez-le : "
        "connectez-vous, inscrivez-vous vous-même et dites à l’équipe de retirer l’invitation. Ou acceptez-la avec un autre "
        "moyen de connexion"
    )
    return [Refusal("has_account", words)]
