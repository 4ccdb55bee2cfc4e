"""How proposals and their closed lists are told to people."""

from sprint.catalogue.tables import ProjectKind
from sprint.programme.tables import Audience, Openness
from sprint.proposals.tables import State
from sprint.words import Words, say

STATES: dict[State, Words] = {
    State.DRAFT: say("Brouillon"),
    State.SUBMITTED: say("En relecture"),
    State.RETURNED: say("À compléter"),
    State.DECLINED: say("Déclinée"),
    State.WITHDRAWN: say("Retirée"),
    State.PUBLISHED: say("Publiée"),
}
BADGES: dict[State, str] = {
    State.DRAFT: "",
    State.SUBMITTED: "info",
    State.RETURNED: "warning",
    State.DECLINED: "",
    State.WITHDRAWN: "",
    State.PUBLISHED: "success",
}
STANDS: dict[State, Words] = {
    State.DRAFT: say("C’est un brouillon : vous et vos mentors êtes seul·es à le lire."),
    State.SUBMITTED: say("L’équipe du sprint relit votre proposition ; vous pouvez encore la préciser."),
    State.RETURNED: say("L’équipe du sprint vous demande de la compléter : lisez son mot, puis envoyez-la à nouveau."),
    State.DECLINED: say("L’équipe du sprint ne l’a pas retenue ; son mot dit pourquoi."),
    State.WITHDRAWN: say("Vous l’avez retirée."),
    State.PUBLISHED: say(
        "Le parcours est publié ; ce que vous changez ici l’est quand l’équipe du sprint le publie à nouveau."
    ),
}
KINDS: dict[str, Words] = {
    ProjectKind.SOFTWARE: say("Un logiciel libre"),
    ProjectKind.COMMONS: say("Un commun numérique : données, documentation, référentiel"),
}
AUDIENCES: dict[str, Words] = {
    Audience.OPEN: say("Tout le monde"),
    Audience.AGENTS: say("Le secteur public seulement"),
    Audience.MIXED: say("Secteur public et public extérieur"),
}
LANGUAGES: dict[str, Words] = {"fr": say("Français"), "en": say("Anglais")}
OPENNESS: dict[str, Words] = {
    "": say("Je ne sais pas"),
    Openness.PUBLISHED: say("Publié : le code se lit, les contributions ne sont pas encore organisées"),
    Openness.OPEN: say("Ouvert : les contributions sont bienvenues et relues"),
    Openness.CONTRIBUTIVE: say("Contributif : une communauté décide et relit ensemble"),
}
