"""What the journal says of how people take part, with the words an organiser reads. Never what somebody eats or needs."""

from enum import StrEnum

from sprint.words import Words, say


class ParticipationFact(StrEnum):
    """Each is about one person and one edition, save what an organiser does: `detail` holds the purpose, or the question."""

    CHOSEN = "participation.chosen"
    CONDUCT = "participation.conduct_accepted"
    CARE_TOLD = "participation.care_told"
    CARE_WITHDRAWN = "participation.care_withdrawn"
    NAMES_READ = "participation.names_read"
    TEAM_MADE = "participation.team_made"
    TEAM_JOINED = "participation.team_joined"
    TEAM_LEFT = "participation.team_left"
    ANSWERED = "participation.answered"
    QUESTION_ASKED = "participation.question_asked"
    QUESTION_CHANGED = "participation.question_changed"
    QUESTION_CLOSED = "participation.question_closed"
    ANSWERS_TAKEN = "participation.answers_taken"
    ANSWERS_PURGED = "participation.answers_purged"


LABELS: dict[ParticipationFact, Words] = {
    ParticipationFact.CHOSEN: say("Droit à l’image ou nom dans les résultats modifié"),
    ParticipationFact.CONDUCT: say("Charte de conduite acceptée"),
    ParticipationFact.CARE_TOLD: say("Réponse sur les repas et l’accueil donnée"),
    ParticipationFact.CARE_WITHDRAWN: say("Réponse sur les repas et l’accueil retirée"),
    ParticipationFact.NAMES_READ: say("Noms consultés pour les repas ou l’accueil"),
    ParticipationFact.TEAM_MADE: say("Équipe créée"),
    ParticipationFact.TEAM_JOINED: say("Équipe rejointe"),
    ParticipationFact.TEAM_LEFT: say("Équipe quittée"),
    ParticipationFact.ANSWERED: say("Réponses aux questions de l’inscription"),
    ParticipationFact.QUESTION_ASKED: say("Question ajoutée à l’inscription"),
    ParticipationFact.QUESTION_CHANGED: say("Question de l’inscription modifiée"),
    ParticipationFact.QUESTION_CLOSED: say("Question de l’inscription fermée ou retirée"),
    ParticipationFact.ANSWERS_TAKEN: say("Réponses à une question téléchargées"),
    ParticipationFact.ANSWERS_PURGED: say("Réponses à une question effacées"),
}
