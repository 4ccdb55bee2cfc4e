"""What accounts owe by letter. Pure."""

from datetime import datetime

from sprint.letter import LetterText, Link
from sprint.words import Moment, Words, say

ZONE = "Europe/Paris"
"""Accounts belong to no edition."""
ADDRESS = "/moi/adresse"
PROOF = "address"
"""Purpose of the seal that proves an address."""
INVITED = "invitation"
"""Purpose of the seal that lets somebody attach an account to the person the team added."""
INVITATION = "/invitation"


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


def invited(
    inviter: str, edition: str, zone: str, places: tuple[Words, ...], invitation_id: int, expires_at: datetime
) -> LetterText:
    """To somebody whom the team added by hand: open the link and sign in with an account of yours."""
    until = Moment(expires_at, zone)
    return LetterText(
        purpose="account.invitation",
        subject=say("%(inviter)s vous invite : %(edition)s", inviter=inviter, edition=edition),
        opening=say(
            "Ouvrez le lien ci-dessous avant le **%(until)s**, puis connectez-vous avec un compte que vous avez déjà : "
            "vous retrouverez ce que %(inviter)s a préparé pour vous.",
            until=until,
            inviter=inviter,
        ),
        items=places,
        notes=(
            say("Ce lien ne sert qu’une fois, et à vous seul·e : ne le transférez pas."),
            say(
                "Vous ne souhaitez pas venir ? Ne faites rien, ou dites-le à l’équipe : sans réponse, ce qui est noté de vous "
                "(nom, adresse, langue, employeur) est effacé un mois après l’édition."
            ),
        ),
        action=Link(say("Ouvrir mon invitation"), INVITATION, INVITED, invitation_id),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
    )
