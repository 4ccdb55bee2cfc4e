"""The words of an edition's life: its phases, its steps, what each of them did."""

from sprint.preparation.rules import Step
from sprint.programme.rules import Phase
from sprint.programme.tables import Audience
from sprint.words import Words, say

ONWARD = (Step.ANNOUNCE, Step.OPEN, Step.REVIVE)
WARNED = (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, Phase.RUNNING)
NAMES: dict[Phase, Words] = {
    Phase.DRAFT: say("Brouillon"),
    Phase.ANNOUNCED: say("Annoncée"),
    Phase.OPEN: say("Inscriptions ouvertes"),
    Phase.CLOSED: say("Inscriptions closes"),
    Phase.RUNNING: say("En cours"),
    Phase.PAST: say("Terminée"),
    Phase.ARCHIVED: say("Archivée"),
}
STANDS: dict[Phase, Words] = {
    Phase.DRAFT: say("C’est un brouillon : son équipe est seule à le voir."),
    Phase.ANNOUNCED: say("L’édition est annoncée : tout le monde la lit, les équipes proposent des parcours."),
    Phase.OPEN: say("Les inscriptions sont ouvertes."),
    Phase.CLOSED: say("Les inscriptions sont closes ; les places déjà données le restent."),
    Phase.RUNNING: say("L’édition a lieu en ce moment."),
    Phase.PAST: say("L’édition est terminée ; les contributions se complètent encore."),
    Phase.ARCHIVED: say("L’édition est archivée : elle se lit, plus rien n’y change."),
}
STEP_WORDS: dict[Step, tuple[Words, Words]] = {
    Step.ANNOUNCE: (
        say("Annoncer maintenant"),
        say("Les pages, l’agenda et les calendriers de l’édition deviennent publics."),
    ),
    Step.HIDE: (
        say("Remettre en brouillon"),
        say("L’édition disparaît pour tout le monde, sauf pour son équipe."),
    ),
    Step.OPEN: (
        say("Ouvrir les inscriptions maintenant"),
        say(
            "Chacun·e peut s’inscrire dès cet instant ; une date d’ouverture à venir ou une clôture passée est effacée."
        ),
    ),
    Step.CLOSE: (
        say("Clore les inscriptions maintenant"),
        say("Plus personne ne s’inscrit ; la liste d’attente continue de recevoir les places rendues."),
    ),
    Step.ARCHIVE: (
        say("Archiver l’édition"),
        say("Elle reste publique, et plus rien n’y change : ni places, ni agenda, ni contributions."),
    ),
    Step.REVIVE: (
        say("Sortir des archives"),
        say("L’équipe peut à nouveau la modifier."),
    ),
}
DONE: dict[Step, Words] = {
    Step.ANNOUNCE: say("L’édition est annoncée."),
    Step.HIDE: say("L’édition est de nouveau un brouillon."),
    Step.OPEN: say("Les inscriptions sont ouvertes."),
    Step.CLOSE: say("Les inscriptions sont closes."),
    Step.ARCHIVE: say("L’édition est archivée."),
    Step.REVIVE: say("L’édition est sortie des archives."),
}
AUDIENCES: dict[Audience, Words] = {
    Audience.MIXED: say("Selon le parcours"),
    Audience.OPEN: say("Tout le monde, dans tous les parcours"),
    Audience.AGENTS: say("Le secteur public seulement"),
}
