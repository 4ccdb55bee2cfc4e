"""What accounts owe by letter. Pure."""

from datetime import datetime

from sprint.letter import LetterText, Link
from sprint.words import Moment, Words, say

ZONE = "Europe/Paris"
"""Accounts belong to no edition."""
ADDRESS = "/moi/adresse"
PROOF = "address"
"""Purpose of the seal that proves an address."""
SIGN_IN_LINK = "sign-in"
"""Purpose of the seal that signs somebody in."""
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


def sign_in_link(link_id: int, minutes: int) -> LetterText:
    """To an address somebody gave in order to sign in: open the link in the same browser. The same for all addresses."""
    return LetterText(
        purpose="account.sign_in",
        subject=say("Votre lien de connexion à Sprint"),
        opening=say(
            "Ouvrez le lien ci-dessous **dans le navigateur qui l’a demandé**, dans les %(minutes)s minutes.",
            minutes=minutes,
        ),
        items=(),
        notes=(
            say(
                "Il sert une fois. Ne le transmettez à personne : qui l’ouvre dans ce navigateur se connecte à votre place."
            ),
            say(
                "Vous n’avez rien demandé ? Ne faites rien : sans le navigateur qui l’a demandé, ce lien n’ouvre rien."
            ),
        ),
        action=Link(say("Me connecter"), "/connexion/courriel", SIGN_IN_LINK, link_id),
        signature=say("L’équipe du sprint"),
    )


def address_changed(at: datetime) -> LetterText:
    """To the address that is left. It does not name the new one: whoever reads here need not know it."""
    return LetterText(
        purpose="account.address_changed",
        subject=say("Votre adresse a changé sur Sprint"),
        opening=say(
            "Rien à faire si c’est vous : depuis le **%(at)s**, nous vous écrivons à une autre adresse.",
            at=Moment(at, ZONE),
        ),
        items=(),
        notes=(
            say(
                "Ce n’est pas vous ? Connectez-vous, regardez le journal de votre compte et déconnectez vos appareils, puis "
                "écrivez à l’équipe. Vos moyens de connexion n’ont pas changé."
            ),
        ),
        action=Link(say("Voir mon compte"), "/moi/compte"),
        signature=say("L’équipe du sprint"),
    )
