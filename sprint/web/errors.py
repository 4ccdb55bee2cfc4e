"""The words of error pages: what happened, what was kept, what to do."""

from dataclasses import dataclass
from http import HTTPStatus

from sprint.words import Words, say


@dataclass(frozen=True)
class ErrorPage:
    """One error page; `reference` is the request id, the same as in the log."""

    status: int
    title: Words
    happened: Words
    advice: Words
    reference: str
    contact: str

    @staticmethod
    def of(status: int, reference: str, contact: str) -> "ErrorPage":
        """The page of an HTTP status; one without words of its own gets those of its family."""
        known = HTTPStatus.INTERNAL_SERVER_ERROR if status >= 500 else HTTPStatus.BAD_REQUEST
        title, happened, advice = _PAGES.get(status) or _PAGES[known]
        return ErrorPage(status, title, happened, advice, reference, contact)


_PAGES = {
    400: (
        say("Demande incomprise"),
        say("Votre navigateur a envoyé une demande que nous n’avons pas comprise. Rien n’a été modifié."),
        say("Revenez à la page précédente et recommencez."),
    ),
    403: (
        say("Accès refusé"),
        say("Cette demande vient d’un autre site, ou votre compte ne la permet pas. Rien n’a été modifié."),
        say("Revenez à l’accueil et recommencez depuis ce site."),
    ),
    404: (
        say("Page non trouvée"),
        say("Cette page n’existe pas, n’existe plus, ou n’est pas ouverte à votre compte."),
        say("Vérifiez l’adresse, ou cherchez depuis le programme."),
    ),
    405: (
        say("Action impossible à cette adresse"),
        say("Cette adresse ne répond pas à ce genre de demande. Rien n’a été modifié."),
        say("Revenez à l’accueil."),
    ),
    409: (
        say("Quelqu’un vous a devancé·e"),
        say("Ce que vous demandiez a changé entre-temps. Rien n’a été modifié."),
        say("Revenez à la page précédente, rechargez-la et recommencez."),
    ),
    410: (
        say("Page retirée"),
        say("Cette page a existé et a été retirée."),
        say("Revenez à l’accueil."),
    ),
    413: (
        say("Envoi trop volumineux"),
        say("Ce que vous avez envoyé dépasse un mégaoctet. Rien n’a été gardé."),
        say("Revenez à la page précédente et raccourcissez votre texte."),
    ),
    422: (
        say("Formulaire incomplet"),
        say("Il manque quelque chose dans le formulaire. Rien n’a été gardé."),
        say("Revenez à la page précédente : ce que vous aviez saisi y est encore."),
    ),
    429: (
        say("Trop de tentatives"),
        say("Trop de demandes sont venues de votre connexion en peu de temps. Rien n’a été modifié."),
        say("Attendez quelques minutes et recommencez."),
    ),
    500: (
        say("Erreur de notre côté"),
        say(
            "Le service a rencontré une erreur imprévue. Rien n’a été modifié ; l’équipe peut la retrouver par sa référence."
        ),
        say("Recommencez dans quelques minutes. Si l’erreur persiste, écrivez-nous en donnant la référence."),
    ),
    503: (
        say("Service momentanément indisponible"),
        say("Le service est très sollicité ou en cours d’entretien. Rien n’a été modifié."),
        say("Recommencez dans une minute."),
    ),
}
