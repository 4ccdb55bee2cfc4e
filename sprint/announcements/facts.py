"""What the journal says of letters to groups and of notices: how many, never the words."""

from enum import StrEnum

from sprint.words import Words, say


class AnnouncementFact(StrEnum):
    """Each is about one edition; `detail` holds a number, the letter's or the notice's, and `people`, how many."""

    GROUP_SENT = "group.sent"
    GROUP_WITHDRAWN = "group.withdrawn"
    SAID = "announcement.said"
    TAKEN_DOWN = "announcement.taken_down"


LABELS: dict[AnnouncementFact, Words] = {
    AnnouncementFact.GROUP_SENT: say("Courrier envoyé à un groupe"),
    AnnouncementFact.GROUP_WITHDRAWN: say("Courrier à un groupe rattrapé avant son départ"),
    AnnouncementFact.SAID: say("Annonce du moment affichée"),
    AnnouncementFact.TAKEN_DOWN: say("Annonce du moment retirée"),
}
