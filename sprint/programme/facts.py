"""What the journal says of editions, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class EditionFact(StrEnum):
    """Each is about one edition; nobody does it, time does."""

    OPENED = "edition.opened"
    CLOSED = "edition.closed"


LABELS: dict[EditionFact, Words] = {
    EditionFact.OPENED: say("Ouverture des inscriptions"),
    EditionFact.CLOSED: say("Clôture des inscriptions"),
}
