"""What the journal says of editions and their agenda, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class EditionFact(StrEnum):
    """Each is about one edition. Its phases come by date, and then nobody does it, or by the hand of an organiser.

    `detail` of CHANGED names the columns that changed; of the days, `day_id` says which.
    """

    ANNOUNCED = "edition.announced"
    HIDDEN = "edition.hidden"
    OPENED = "edition.opened"
    CLOSED = "edition.closed"
    STARTED = "edition.started"
    ENDED = "edition.ended"
    ARCHIVED = "edition.archived"
    REVIVED = "edition.revived"
    CHANGED = "edition.changed"
    DAY_ADDED = "edition.day_added"
    DAY_CHANGED = "edition.day_changed"
    DAY_REMOVED = "edition.day_removed"


class AgendaFact(StrEnum):
    """Each is about one edition; `detail` holds the number of the slot, where there is one. A room is of a day.

    MOVED says that a slot has another day, hour or room; CHANGED that it has another title, kind or track. `was` and `now` are its
    whereabouts before and after, `from_day` and `from_track` (0: none) what it left.
    """

    SLOT_PLACED = "slot.placed"
    SLOT_MOVED = "slot.moved"
    SLOT_CHANGED = "slot.changed"
    SLOT_CANCELLED = "slot.cancelled"
    SLOT_RESTORED = "slot.restored"
    ROOM_OFFERED = "room.offered"
    ROOM_REMOVED = "room.removed"
    JOIN_LINK = "track.join_link"


LABELS: dict[EditionFact | AgendaFact, Words] = {
    EditionFact.ANNOUNCED: say("Édition annoncée"),
    EditionFact.HIDDEN: say("Édition remise en brouillon"),
    EditionFact.STARTED: say("Début de l’édition"),
    EditionFact.ENDED: say("Fin de l’édition"),
    EditionFact.ARCHIVED: say("Édition archivée"),
    EditionFact.REVIVED: say("Édition sortie des archives"),
    EditionFact.CHANGED: say("Présentation ou dates de l’édition modifiées"),
    EditionFact.DAY_ADDED: say("Jour ajouté"),
    EditionFact.DAY_CHANGED: say("Lieu d’un jour modifié"),
    EditionFact.DAY_REMOVED: say("Jour retiré"),
    EditionFact.OPENED: say("Ouverture des inscriptions"),
    EditionFact.CLOSED: say("Clôture des inscriptions"),
    AgendaFact.SLOT_PLACED: say("Créneau ajouté"),
    AgendaFact.SLOT_MOVED: say("Créneau déplacé"),
    AgendaFact.SLOT_CHANGED: say("Créneau modifié"),
    AgendaFact.SLOT_CANCELLED: say("Créneau annulé"),
    AgendaFact.SLOT_RESTORED: say("Créneau rétabli"),
    AgendaFact.ROOM_OFFERED: say("Salle ajoutée ou modifiée"),
    AgendaFact.ROOM_REMOVED: say("Salle retirée"),
    AgendaFact.JOIN_LINK: say("Lien pour rejoindre le parcours à distance modifié"),
}
