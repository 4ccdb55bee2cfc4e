"""What the journal says of editions and their agenda, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class EditionFact(StrEnum):
    """Each is about one edition; nobody does it, time does."""

    OPENED = "edition.opened"
    CLOSED = "edition.closed"


class AgendaFact(StrEnum):
    """Each is about one edition, by an organiser; `detail` holds the number of the slot, where there is one."""

    SLOT_CANCELLED = "slot.cancelled"
    SLOT_RESTORED = "slot.restored"
    JOIN_LINK = "track.join_link"


LABELS: dict[EditionFact | AgendaFact, Words] = {
    EditionFact.OPENED: say("Ouverture des inscriptions"),
    EditionFact.CLOSED: say("Clôture des inscriptions"),
    AgendaFact.SLOT_CANCELLED: say("Créneau annulé"),
    AgendaFact.SLOT_RESTORED: say("Créneau rétabli"),
    AgendaFact.JOIN_LINK: say("Lien pour rejoindre le parcours à distance modifié"),
}
