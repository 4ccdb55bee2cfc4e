"""What the journal says of contributions, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class ContributionFact(StrEnum):
    """Each is about one author (`person_id`); `detail` holds `contribution` (its id) and `kind`."""

    LOGGED = "contribution.logged"
    EDITED = "contribution.edited"
    ANSWERED = "contribution.answered"
    ACCEPTED = "contribution.accepted"
    SENT_BACK = "contribution.sent_back"
    WITHDRAWN = "contribution.withdrawn"
    NAMED = "contribution.named"
    UNNAMED = "contribution.unnamed"


LABELS: dict[ContributionFact, Words] = {
    ContributionFact.LOGGED: say("Contribution notée"),
    ContributionFact.EDITED: say("Contribution corrigée"),
    ContributionFact.ANSWERED: say("Réponse à un renvoi"),
    ContributionFact.ACCEPTED: say("Contribution acceptée"),
    ContributionFact.SENT_BACK: say("Contribution renvoyée"),
    ContributionFact.WITHDRAWN: say("Contribution retirée"),
    ContributionFact.NAMED: say("Nom affiché dans les résultats"),
    ContributionFact.UNNAMED: say("Nom retiré des résultats"),
}
