"""When a letter may be sent again: pure."""

from sprint.notices.tables import LetterState
from sprint.refusal import Refusal
from sprint.words import Words, say

STATES: dict[LetterState, Words] = {
    LetterState.DUE: say("à envoyer"),
    LetterState.RETRYING: say("nouvelle tentative"),
    LetterState.UNDELIVERED: say("non distribué"),
    LetterState.POSTED: say("envoyé"),
    LetterState.DROPPED: say("sans destinataire"),
}
"""The states in the order in which they ask for attention, with the words an organiser reads."""


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
