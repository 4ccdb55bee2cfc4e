"""What the journal says of alerts, with the words an organiser reads. No Fact holds an address."""

from enum import StrEnum

from sprint.words import Words, say


class AlertFact(StrEnum):
    """`edition_id` names the edition, if one was named; `detail` the alert, or how many are told."""

    CONFIRMED = "alert.confirmed"
    GIVEN_UP = "alert.given_up"
    OWED = "alert.owed"


LABELS: dict[AlertFact, Words] = {
    AlertFact.CONFIRMED: say("Demande d’être prévenu·e de l’ouverture des inscriptions"),
    AlertFact.GIVEN_UP: say("Fin de cette demande"),
    AlertFact.OWED: say("Ouverture des inscriptions à annoncer par courriel"),
}
