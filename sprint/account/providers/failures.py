"""How a sign-in can go wrong, and what the person is told: what happened, and what to do."""

from collections.abc import Mapping
from enum import StrEnum

from sprint.words import Words, say


class Failure(StrEnum):
    """Why nobody was signed in."""

    LAPSED = "lapsed"
    CROSSED = "crossed"
    DECLINED = "declined"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    WEAK = "weak"
    SILENT = "silent"

    @property
    def words(self) -> Words:
        return _WORDS[self]


NOBODY_IS_THERE = frozenset(
    {"login_required", "interaction_required", "consent_required", "account_selection_required"}
)
"""What a provider says when it was asked to stay silent and would have to ask (OpenID Connect Core §3.1.2.6)."""


class SignInFailed(Exception):
    """Raised by a provider; the person reads why on the page where one signs in."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def heed_refusal(answer: Mapping[str, str]) -> None:
    """Raises SignInFailed when the return address says what the provider would not do, or the person."""
    error = answer.get("error")
    if error == "access_denied":
        raise SignInFailed(Failure.DECLINED)
    if error in NOBODY_IS_THERE:
        raise SignInFailed(Failure.SILENT)
    if error:
        raise SignInFailed(Failure.REFUSED)


_WORDS = {
    Failure.LAPSED: say(
        "Cette tentative a expiré ou a déjà servi : une connexion doit s’achever en dix minutes, dans le navigateur "
        "où elle a commencé. Recommencez."
    ),
    Failure.CROSSED: say(
        "La réponse reçue ne correspond pas à la connexion en cours dans ce navigateur, peut-être parce qu’une autre "
        "a été commencée dans un autre onglet. Recommencez."
    ),
    Failure.DECLINED: say("Vous n’avez pas confirmé la connexion. Recommencez quand vous le souhaitez."),
    Failure.REFUSED: say("Le fournisseur de votre compte a refusé de confirmer cette connexion. Recommencez."),
    Failure.UNREACHABLE: say(
        "Le fournisseur de votre compte ne répond pas, ou trop lentement. Recommencez dans quelques minutes."
    ),
    Failure.UNTRUSTED: say(
        "Le fournisseur de votre compte a donné une réponse que nous ne pouvons pas vérifier ; par prudence, nous "
        "l’ignorons. Recommencez dans quelques minutes ; si cela persiste, écrivez-nous."
    ),
    Failure.WEAK: say(
        "Le fournisseur de votre compte vous a reconnu·e, mais sans la double authentification que ce site demande. "
        "Activez-la auprès de lui, puis recommencez."
    ),
    Failure.SILENT: say(
        "Vous n’êtes connecté·e nulle part pour l’instant : choisissez avec quel compte vous connecter."
    ),
}
