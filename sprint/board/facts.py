"""What the journal says of entries, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class BoardFact(StrEnum):
    """Each is about who proposed (`person_id`); `detail` holds `entry`, its id, and the place in the queue where it moved."""

    PROPOSED = "board.proposed"
    WITHDRAWN = "board.withdrawn"
    REMOVED = "board.removed"
    REORDERED = "board.reordered"


LABELS: dict[BoardFact, Words] = {
    BoardFact.PROPOSED: say("Proposition au tableau"),
    BoardFact.WITHDRAWN: say("Proposition reprise par son auteur ou son autrice"),
    BoardFact.REMOVED: say("Proposition retirée par l’équipe"),
    BoardFact.REORDERED: say("Présentation courte déplacée dans la file"),
}
