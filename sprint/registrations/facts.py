"""What the journal says of registrations, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class RegistrationFact(StrEnum):
    """Each is about one person (`person_id`), one track and one day; `detail` holds the mode and the number of the
    registration.

    Those of EDITION_WIDE are about an edition, PRESENCE_CONFIRMED about a person in one. `detail` of UNDONE holds the
    number of the act that was taken back, which is that of its first fact. `site` and `remote` of PRACTICAL_SENT and
    PRACTICAL_SENT_AGAIN are the versions of what was told.
    """

    CONFIRMED = "registration.confirmed"
    WAITING = "registration.waiting"
    PROMOTED = "registration.promoted"
    CANCELLED = "registration.cancelled"
    LEFT_QUEUE = "registration.left_queue"
    MOVED = "registration.moved"
    SEATS = "registration.seats"
    EXPORTED = "registration.exported"
    ACCESS_LISTED = "registration.access_listed"
    PAUSED = "registration.queue_paused"
    RESUMED = "registration.queue_resumed"
    RELEASED = "registration.released"
    PRESENCE_SETTLED = "registration.presence_settled"
    PRESENCE_ASKED = "registration.presence_asked"
    PRESENCE_REMINDED = "registration.presence_reminded"
    PRESENCE_CONFIRMED = "registration.presence_confirmed"
    PRACTICAL_WRITTEN = "registration.practical_written"
    PRACTICAL_SENT = "registration.practical_sent"
    PRACTICAL_SENT_AGAIN = "registration.practical_sent_again"
    REMINDED = "registration.reminded"
    UNDONE = "registration.undone"


LABELS: dict[RegistrationFact, Words] = {
    RegistrationFact.CONFIRMED: say("Inscription confirmée"),
    RegistrationFact.WAITING: say("Entrée en liste d’attente"),
    RegistrationFact.PROMOTED: say("Place obtenue depuis la liste d’attente"),
    RegistrationFact.CANCELLED: say("Désistement"),
    RegistrationFact.LEFT_QUEUE: say("Sortie de la liste d’attente"),
    RegistrationFact.MOVED: say("Place quittée pour une autre"),
    RegistrationFact.SEATS: say("Nombre de places modifié"),
    RegistrationFact.EXPORTED: say("Liste des personnes téléchargée"),
    RegistrationFact.ACCESS_LISTED: say("Liste d’accès au bâtiment téléchargée"),
    RegistrationFact.PAUSED: say("Liste d’attente mise en pause"),
    RegistrationFact.RESUMED: say("Liste d’attente reprise"),
    RegistrationFact.RELEASED: say("Place rendue, faute de réponse"),
    RegistrationFact.PRESENCE_SETTLED: say("Réglages de la confirmation de présence modifiés"),
    RegistrationFact.PRESENCE_ASKED: say("Confirmation de présence demandée"),
    RegistrationFact.PRESENCE_REMINDED: say("Confirmation de présence demandée à nouveau"),
    RegistrationFact.PRESENCE_CONFIRMED: say("Présence confirmée"),
    RegistrationFact.PRACTICAL_WRITTEN: say("Informations pratiques modifiées"),
    RegistrationFact.PRACTICAL_SENT: say("Informations pratiques envoyées"),
    RegistrationFact.PRACTICAL_SENT_AGAIN: say("Informations pratiques envoyées à nouveau"),
    RegistrationFact.REMINDED: say("Rappel de la veille envoyé"),
    RegistrationFact.UNDONE: say("Changement de l’équipe annulé aussitôt"),
}

EDITION_WIDE = frozenset(
    (
        RegistrationFact.SEATS,
        RegistrationFact.EXPORTED,
        RegistrationFact.ACCESS_LISTED,
        RegistrationFact.PAUSED,
        RegistrationFact.RESUMED,
        RegistrationFact.PRESENCE_SETTLED,
        RegistrationFact.PRESENCE_ASKED,
        RegistrationFact.PRESENCE_REMINDED,
        RegistrationFact.PRACTICAL_WRITTEN,
        RegistrationFact.PRACTICAL_SENT,
        RegistrationFact.PRACTICAL_SENT_AGAIN,
        RegistrationFact.REMINDED,
        RegistrationFact.UNDONE,
    )
)
"""Facts that are not about a person."""
