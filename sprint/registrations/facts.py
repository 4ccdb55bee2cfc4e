"""What the journal says of registrations, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class RegistrationFact(StrEnum):
    """Each is about one person (`person_id`), one track and one day; `detail` holds the mode. The last ones are about an edition."""

    CONFIRMED = "registration.confirmed"
    WAITING = "registration.waiting"
    PROMOTED = "registration.promoted"
    CANCELLED = "registration.cancelled"
    LEFT_QUEUE = "registration.left_queue"
    MOVED = "registration.moved"
    SEATS = "registration.seats"
    EXPORTED = "registration.exported"
    PAUSED = "registration.queue_paused"
    RESUMED = "registration.queue_resumed"


LABELS: dict[RegistrationFact, Words] = {
    RegistrationFact.CONFIRMED: say("Inscription confirmée"),
    RegistrationFact.WAITING: say("Entrée en liste d’attente"),
    RegistrationFact.PROMOTED: say("Place obtenue depuis la liste d’attente"),
    RegistrationFact.CANCELLED: say("Désistement"),
    RegistrationFact.LEFT_QUEUE: say("Sortie de la liste d’attente"),
    RegistrationFact.MOVED: say("Place quittée pour une autre"),
    RegistrationFact.SEATS: say("Nombre de places modifié"),
    RegistrationFact.EXPORTED: say("Liste des personnes téléchargée"),
    RegistrationFact.PAUSED: say("Liste d’attente mise en pause"),
    RegistrationFact.RESUMED: say("Liste d’attente reprise"),
}
