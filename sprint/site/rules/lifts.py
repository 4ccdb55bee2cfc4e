"""What would lift each reason for which one cannot register: said beside the reason, with the page where one does it."""

from dataclasses import dataclass

from sprint.refusal import Refusal
from sprint.words import Words, say


@dataclass(frozen=True)
class Reason:
    """A reason and what would lift it; `way` names the page where that is done, if there is one."""

    words: Words
    lift: Words | None = None
    way: str = ""


_LIFTS: dict[str, tuple[Words, str]] = {
    "not_public": (say("faites attester votre administration"), "my_employer"),
    "other_seat": (say("rendez d’abord cette place"), "my_registrations"),
    "already_registered": (say("voir mes jours"), "my_registrations"),
    "already_waiting": (say("voir mes jours"), "my_registrations"),
    "day_over": (say("choisissez un autre parcours"), "programme"),
    "not_offered": (say("choisissez un autre parcours"), "programme"),
    "full": (say("choisissez un autre parcours"), "programme"),
    "kept": (say("attendez la reprise de la liste, ou choisissez un autre parcours"), "programme"),
    "no_seat": (say("voir mes jours"), "my_registrations"),
    "not_yet_open": (say("revenez ce jour-là"), "opening_calendar"),
    "closed": (say("les restitutions restent ouvertes"), "agenda"),
}
"""By the code of the refusal. What one types (days, answers, a box) says itself what it wants."""


def reason_of(refusal: Refusal) -> Reason:
    """The refusal with what would lift it."""
    lift, way = _LIFTS.get(refusal.code, (None, ""))
    return Reason(refusal.words, lift, way)
