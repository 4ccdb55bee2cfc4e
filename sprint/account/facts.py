"""What the journal says of accounts, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class AccountFact(StrEnum):
    """Each is about one person (`person_id`); `detail` holds the provider, or the right and its scope."""

    CREATED = "account.created"
    SIGNED_IN = "account.signed_in"
    LINKED = "account.linked"
    UNLINKED = "account.unlinked"
    RIGHT_GRANTED = "account.right_granted"
    RIGHT_REVOKED = "account.right_revoked"


LABELS: dict[AccountFact, Words] = {
    AccountFact.CREATED: say("Compte ouvert"),
    AccountFact.SIGNED_IN: say("Connexion"),
    AccountFact.LINKED: say("Moyen de connexion ajouté"),
    AccountFact.UNLINKED: say("Moyen de connexion retiré"),
    AccountFact.RIGHT_GRANTED: say("Droit accordé"),
    AccountFact.RIGHT_REVOKED: say("Droit retiré"),
}
