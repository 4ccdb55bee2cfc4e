"""What the journal says of accounts, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class AccountFact(StrEnum):
    """Each is about one person (`person_id`); `detail` holds the provider, the right and its scope, the proof, or the organisation."""

    CREATED = "account.created"
    SIGNED_IN = "account.signed_in"
    LINKED = "account.linked"
    UNLINKED = "account.unlinked"
    EMAIL_ASKED = "account.email_asked"
    EMAIL_CONFIRMED = "account.email_confirmed"
    INVITED = "account.invited"
    INVITED_AGAIN = "account.invited_again"
    INVITATION_ACCEPTED = "account.invitation_accepted"
    INVITATION_WITHDRAWN = "account.invitation_withdrawn"
    EMPLOYER_ATTESTED = "account.employer_attested"
    EMPLOYER_DECLARED = "account.employer_declared"
    EMPLOYER_VOUCHED = "account.employer_vouched"
    EMPLOYER_DECLINED = "account.employer_declined"
    RIGHT_GRANTED = "account.right_granted"
    RIGHT_CONFIRMED = "account.right_confirmed"
    RIGHT_REVOKED = "account.right_revoked"


LABELS: dict[AccountFact, Words] = {
    AccountFact.CREATED: say("Compte ouvert"),
    AccountFact.SIGNED_IN: say("Connexion"),
    AccountFact.LINKED: say("Moyen de connexion ajouté"),
    AccountFact.UNLINKED: say("Moyen de connexion retiré"),
    AccountFact.EMAIL_ASKED: say("Adresse électronique à confirmer"),
    AccountFact.EMAIL_CONFIRMED: say("Adresse électronique confirmée"),
    AccountFact.INVITED: say("Personne ajoutée par l’équipe, et invitée"),
    AccountFact.INVITED_AGAIN: say("Invitation renvoyée"),
    AccountFact.INVITATION_ACCEPTED: say("Invitation acceptée"),
    AccountFact.INVITATION_WITHDRAWN: say("Invitation retirée"),
    AccountFact.EMPLOYER_ATTESTED: say("Employeur attesté par le fournisseur du compte"),
    AccountFact.EMPLOYER_DECLARED: say("Employeur déclaré"),
    AccountFact.EMPLOYER_VOUCHED: say("Employeur attesté par l’organisation"),
    AccountFact.EMPLOYER_DECLINED: say("Employeur non confirmé"),
    AccountFact.RIGHT_GRANTED: say("Droit accordé"),
    AccountFact.RIGHT_CONFIRMED: say("Droit confirmé"),
    AccountFact.RIGHT_REVOKED: say("Droit retiré"),
}
