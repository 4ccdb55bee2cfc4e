"""What the journal says of letters, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class LetterFact(StrEnum):
    """About the person written to; `detail` holds the number of the letter."""

    SENT_AGAIN = "letter.sent_again"


LABELS: dict[LetterFact, Words] = {LetterFact.SENT_AGAIN: say("Courrier relancé")}
