"""Signing in by a link sent by e-mail, for those who have no other account: whom it serves, for how long: pure."""

from datetime import datetime, timedelta

from sprint.refusal import Refusal
from sprint.words import say

EMAIL_PROVIDER = "courriel"
"""How this way of signing in is called in addresses and in the journal; no block of the declaration may have that name."""
EMAIL_ISSUER = "urn:sprint:courriel"
"""What names the accounts of addresses. No provider is called so: an address joins nothing that another one opens."""
EMAIL_LINK_LASTS = timedelta(minutes=15)
MOST_LINKS = 3
"""Links that leave for one address in that time: nobody’s mailbox is filled by somebody else."""


def subject_of(email: str) -> str:
    """Under what an address is known: its letters do not differ by their case."""
    return email.lower()


def using(expires_at: datetime, now: datetime, *, is_used: bool, is_same_browser: bool) -> list[Refusal]:
    """Why a link does not sign anybody in."""
    if is_used:
        return [Refusal("used", say("ce lien a déjà servi : demandez-en un autre"))]
    if expires_at <= now:
        return [Refusal("lapsed", say("ce lien a expiré : il vaut quinze minutes. Demandez-en un autre"))]
    if not is_same_browser:
        words = say(
            "ce lien ne sert que dans le navigateur qui l’a demandé : ouvrez-le là-bas, ou demandez-en un autre d’ici"
        )
        return [Refusal("other_browser", words)]
    return []
