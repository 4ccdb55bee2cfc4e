"""What the journal says of proposals, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class ProposalFact(StrEnum):
    """Each is about one edition and the person who proposed; `detail` holds `proposal` (its id)."""

    BEGUN = "proposal.begun"
    SUBMITTED = "proposal.submitted"
    RETURNED = "proposal.returned"
    DECLINED = "proposal.declined"
    WITHDRAWN = "proposal.withdrawn"
    PUBLISHED = "proposal.published"
    NOTED = "proposal.noted"
    MENTOR_JOINED = "proposal.mentor_joined"
    MENTOR_LEFT = "proposal.mentor_left"


class QuestionFact(StrEnum):
    """Each is about one track and the person who asked; `detail` holds `question` (its id)."""

    ASKED = "question.asked"
    ANSWERED = "question.answered"
    SET_ASIDE = "question.set_aside"


LABELS: dict[ProposalFact | QuestionFact, Words] = {
    QuestionFact.ASKED: say("Question posée à un parcours"),
    QuestionFact.ANSWERED: say("Réponse à une question"),
    QuestionFact.SET_ASIDE: say("Question écartée"),
    ProposalFact.BEGUN: say("Proposition de parcours commencée"),
    ProposalFact.SUBMITTED: say("Proposition de parcours envoyée"),
    ProposalFact.RETURNED: say("Proposition de parcours à compléter"),
    ProposalFact.DECLINED: say("Proposition de parcours déclinée"),
    ProposalFact.WITHDRAWN: say("Proposition de parcours retirée"),
    ProposalFact.PUBLISHED: say("Parcours publié"),
    ProposalFact.NOTED: say("Commentaire sur une proposition"),
    ProposalFact.MENTOR_JOINED: say("Mentor d’une proposition : invitation acceptée"),
    ProposalFact.MENTOR_LEFT: say("Mentor d’une proposition : retrait"),
}
