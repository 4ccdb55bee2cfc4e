"""What accounts owe by letter. Pure."""

from datetime import datetime

from sprint.letter import LetterText, Link
from sprint.words import Moment, say

ZONE = "Europe/Paris"
"""Accounts belong to no edition."""
ADDRESS = "/moi/adresse"
PROOF = "address"
"""Purpose of the seal that proves an address."""


def confirm(name: str, proof_id: int, expires_at: datetime) -> LetterText:
    """To an address somebody gave: open the link, if it is yours."""
    return LetterText(
        purpose="account.address",
        subject=say("Confirmez votre adresse pour Sprint"),
        opening=say(
            "Ouvrez le lien ci-dessous avant le **%(until)s** : les courriels destinés à %(name)s arriveront alors ici.",
            until=Moment(expires_at, ZONE),
            name=name,
        ),
        items=(),
        notes=(
            say(
                "Vous n’avez rien demandé ? Ne faites rien : cette adresse ne sera pas utilisée et vous ne recevrez rien de plus."
            ),
        ),
        action=Link(say("Confirmer mon adresse"), ADDRESS, PROOF, proof_id),
        signature=say("L’équipe du sprint"),
    )
