"""What the journal says of the pool. For the person and the TALENTS desk only: these facts name no edition, and no
organiser's page, file, export or figure reads them.
"""

from enum import StrEnum

from sprint.words import Words, say

PREFIX = "talents."
"""Every kind of this room begins so: other rooms leave out what does."""


class TalentFact(StrEnum):
    """Each is about one person (`person_id`); `detail` holds a request's number, or days."""

    JOINED = "talents.joined"
    CHANGED = "talents.changed"
    RENEWED = "talents.renewed"
    CONTRIBUTIONS_SHOWN = "talents.contributions_shown"
    CONTRIBUTIONS_HIDDEN = "talents.contributions_hidden"
    EXCLUDED = "talents.excluded"
    REMINDED = "talents.reminded"
    LEFT = "talents.left"
    PURGED = "talents.purged"
    REQUESTED = "talents.requested"
    ACCEPTED = "talents.accepted"
    DECLINED = "talents.declined"
    TOO_MANY_VIEWS = "talents.too_many_views"


LABELS: dict[TalentFact, Words] = {
    TalentFact.JOINED: say("Entrée dans le vivier"),
    TalentFact.CHANGED: say("Profil du vivier modifié"),
    TalentFact.RENEWED: say("Consentement renouvelé"),
    TalentFact.CONTRIBUTIONS_SHOWN: say("Contributions montrées dans le vivier"),
    TalentFact.CONTRIBUTIONS_HIDDEN: say("Contributions retirées du vivier"),
    TalentFact.EXCLUDED: say("Organisme exclu du profil"),
    TalentFact.REMINDED: say("Fin du consentement annoncée"),
    TalentFact.LEFT: say("Sortie du vivier"),
    TalentFact.PURGED: say("Profil du vivier effacé, faute de contact"),
    TalentFact.REQUESTED: say("Mise en relation demandée"),
    TalentFact.ACCEPTED: say("Mise en relation acceptée"),
    TalentFact.DECLINED: say("Mise en relation déclinée"),
    TalentFact.TOO_MANY_VIEWS: say("Trop de profils ouverts en une heure"),
}
