"""What the next edition takes of the last one: each table of an edition, whether it is copied, asked or never."""

from enum import StrEnum

from sprint.words import Words, say


class Taken(StrEnum):
    """What a box of the checklist takes; the value is the word of the form."""

    LIMITS = "limites"
    TRACKS = "parcours"
    SEATS = "places"
    SLOTS = "agenda"
    QUESTIONS = "questions"


class Fate(StrEnum):
    """What becomes of the rows of a table."""

    COPIED = "copied"
    ASKED = "asked"
    NEVER = "never"


TABLES: dict[str, Fate] = {
    "edition": Fate.COPIED,
    "day": Fate.COPIED,
    "daycapacity": Fate.ASKED,
    "track": Fate.ASKED,
    "trackrepository": Fate.ASKED,
    "trackcapacity": Fate.ASKED,
    "slot": Fate.ASKED,
    "room": Fate.ASKED,
    "roomtime": Fate.ASKED,
    "groupletter": Fate.NEVER,
    "announcement": Fate.NEVER,
    "alert": Fate.NEVER,
    "boardentry": Fate.NEVER,
    "proposal": Fate.NEVER,
    "proposalmentor": Fate.NEVER,
    "proposalnote": Fate.NEVER,
    "question": Fate.NEVER,
    "invitation": Fate.NEVER,
    "practical": Fate.COPIED,
    "presencecall": Fate.COPIED,
    "presenceanswer": Fate.NEVER,
    "queuepause": Fate.NEVER,
    "participation": Fate.NEVER,
    "conductacceptance": Fate.NEVER,
    "mealchoice": Fate.NEVER,
    "registrationquestion": Fate.ASKED,
    "answer": Fate.NEVER,
    "team": Fate.NEVER,
    "teammember": Fate.NEVER,
    "accessneed": Fate.NEVER,
    "registration": Fate.NEVER,
    "fact": Fate.NEVER,
    "contribution": Fate.NEVER,
    "authorship": Fate.NEVER,
    "reference": Fate.NEVER,
    "evidence": Fate.NEVER,
    "showncontribution": Fate.NEVER,
    "letter": Fate.NEVER,
}
"""Every table that belongs to an edition: a test finds them by their keys. People and what they did are never taken."""
LEFT = {
    "edition": frozenset(
        {"id", "slug", "name", "opens_at", "closes_at", "announced_at", "archived_at", "uid", "revision", "changed_at"}
    ),
    "day": frozenset({"id", "edition_id", "on", "uid"}),
    "room": frozenset({"id", "day_id"}),
    "practical": frozenset({"edition_id"}),
    "presencecall": frozenset({"edition_id"}),
    "track": frozenset({"id", "edition_id", "join_url", "chat_url", "revision", "changed_at"}),
    "registrationquestion": frozenset({"id", "edition_id", "track_id", "closed_at", "once"}),
    "slot": frozenset(
        {"id", "edition_id", "day_id", "track_id", "identity", "uid", "cancelled_at", "revision", "changed_at"}
    ),
}
"""Columns that the new rows do not take: their own, their moments, and where a track met online."""
BOXES: dict[Taken, tuple[Words, Words]] = {
    Taken.LIMITS: (say("Les limites de chaque jour"), say("Les salles et les repas, pas ce qui en était pris.")),
    Taken.TRACKS: (
        say("Les parcours"),
        say("Leur canevas et leurs dépôts ; ni leurs mentors, ni leur lien de visioconférence."),
    ),
    Taken.SEATS: (say("Les places des parcours"), say("Le nombre de places offertes par jour, toutes libres.")),
    Taken.SLOTS: (
        say("L’agenda"),
        say("Les salles et les créneaux maintenus ; ceux d’un parcours, si le parcours est repris."),
    ),
    Taken.QUESTIONS: (
        say("Les questions de l’inscription"),
        say("Celles qui sont posées, sans aucune réponse ; celles d’un parcours, si le parcours est repris."),
    ),
}
