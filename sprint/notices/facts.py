"""What the journal says of letters, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class LetterFact(StrEnum):
    """About the person written to; `detail` holds the number of the letter, or the purpose one does without."""

    SENT_AGAIN = "letter.sent_again"
    STOPPED = "letter.stopped"
    WANTED = "letter.wanted"


LABELS: dict[LetterFact, Words] = {
    LetterFact.SENT_AGAIN: say("Courrier relancé"),
    LetterFact.STOPPED: say("Courriels d’un genre arrêtés"),
    LetterFact.WANTED: say("Courriels d’un genre repris"),
}
