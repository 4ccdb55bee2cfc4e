"""What the journal says of the preparation of an edition, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class PreparationFact(StrEnum):
    """Each is about one edition; `detail` counts what it made or changed."""

    IMPORTED = "edition.imported"


LABELS: dict[PreparationFact, Words] = {
    PreparationFact.IMPORTED: say("Édition importée d’un fichier"),
}
