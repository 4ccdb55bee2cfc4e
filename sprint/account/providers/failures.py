"""How a sign-in can go wrong, and what the person is told: what happened, and what to do."""

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

    @property
    def words(self) -> Words:
        return _WORDS[self]


class SignInFailed(Exception):
    """Raised by a provider; the person reads why on the page where one signs in."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


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
}
