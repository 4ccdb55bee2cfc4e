"""What the journal says of people and their data, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class PrivacyFact(StrEnum):
    """About one person (`person_id`), who did it."""

    EXPORTED = "privacy.exported"
    ERASED = "privacy.erased"


LABELS: dict[PrivacyFact, Words] = {
    PrivacyFact.EXPORTED: say("Données personnelles remises"),
    PrivacyFact.ERASED: say("Compte effacé"),
}
