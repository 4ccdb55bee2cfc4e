"""When a letter may be sent again: pure."""

from sprint.notices.tables import LetterState
from sprint.refusal import Refusal
from sprint.words import Words, say, say_count

MAY_STOP: dict[str, Words] = {
    "reminder": say("Le rappel de la veille"),
    "question.answered": say("Les réponses à vos questions sur un parcours"),
    "contribution.accepted": say("L’acceptation de vos contributions"),
}
"""The purposes of letters one may do without, with the words their readers know them by. Every other one is necessary: it says what
becomes of a seat, a proposal, an account, or what one must answer.
"""

STATES: dict[LetterState, Words] = {
    LetterState.DUE: say("à envoyer"),
    LetterState.RETRYING: say("nouvelle tentative"),
    LetterState.UNDELIVERED: say("non distribué"),
    LetterState.POSTED: say("envoyé"),
    LetterState.DROPPED: say("sans destinataire"),
    LetterState.LATE: say("périmé, pas envoyé"),
}
"""The states in the order in which they ask for attention, with the words an organiser reads."""


def stopping(purpose: str) -> list[Refusal]:
    """Letters that something depends on cannot be stopped."""
    if purpose in MAY_STOP:
        return []
    return [Refusal("necessary", say("ces courriels disent ce que deviennent vos places : ils ne s’arrêtent pas"))]


def sending_again(state: LetterState, is_worded: bool) -> list[Refusal]:
    """Only a letter given up is sent again, while its words are kept."""
    reasons = []
    if state != LetterState.UNDELIVERED:
        reasons.append(
            Refusal("not_given_up", say("Ce courrier n’est pas en échec : il est déjà parti, ou il va partir."))
        )
    if not is_worded:
        reasons.append(Refusal("forgotten", say("Le texte de ce courrier a été effacé, un an après son envoi.")))
    return reasons


def keeping_back(gone: int) -> list[Refusal]:
    """Whoever was told cannot be made not to have been."""
    if gone == 0:
        return []
    words = say_count("%(number)s courriel est déjà parti", "%(number)s courriels sont déjà partis", gone)
    return [Refusal("letters_left", words)]
