"""The five invented people of the demonstration. `demo/people.json` says the same of them; a test compares."""

from dataclasses import dataclass

from sprint.people.tables import Standing
from sprint.words import Words, say


@dataclass(frozen=True)
class Persona:
    """Somebody who may sign in to the demonstration; `organisation` is a slug."""

    key: str
    name: str
    email: str
    standing: Standing
    organisation: str | None
    is_about: Words


PERSONAS = (
    Persona(
        "ada",
        "Ada Lemoine",
        "ada.lemoine@agents.example",
        Standing.AGENT,
        "dgfip",
        say("Agente de l’État : elle s’inscrit aux parcours."),
    ),
    Persona(
        "barbara",
        "Barbara Keita",
        "barbara.keita@recherche.example",
        Standing.RESEARCHER,
        "inrae",
        say("Chercheuse, mentore d’un parcours."),
    ),
    Persona(
        "claude",
        "Claude Ferrand",
        "claude.ferrand@agents.example",
        Standing.AGENT,
        "dinum",
        say("Membre de l’équipe qui organise le sprint."),
    ),
    Persona(
        "denise",
        "Denise Okafor",
        "denise.okafor@agents.example",
        Standing.AGENT,
        "interieur",
        say("Recruteuse de la mission Talents."),
    ),
    Persona(
        "eve",
        "Eve Martin",
        "eve.martin@perso.example",
        Standing.OTHER,
        None,
        say("Venue de l’extérieur, sans aucun droit particulier."),
    ),
)


def persona_called(key: str) -> Persona | None:
    return next((persona for persona in PERSONAS if persona.key == key), None)
