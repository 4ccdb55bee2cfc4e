"""What the journal says of the preparation of an edition, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class PreparationFact(StrEnum):
    """Each is about one edition; `detail` counts what it made or changed."""

    IMPORTED = "edition.imported"
    CLONED = "edition.cloned"


LABELS: dict[PreparationFact, Words] = {
    PreparationFact.CLONED: say("Édition préparée d’après une autre"),
    PreparationFact.IMPORTED: say("Édition importée d’un fichier"),
}
