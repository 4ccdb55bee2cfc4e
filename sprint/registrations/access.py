"""Why a list of who comes is handed to whoever keeps the door: a closed list, told to the journal. Pure."""

from enum import StrEnum

from sprint.words import Words, say


class Purpose(StrEnum):
    """What the list is for; the value is the word of the form."""

    BUILDING = "batiment"
    SAFETY = "securite"


class Form(StrEnum):
    """As what the list is handed out; the value is the word of the form."""

    SHEET = "csv"
    PAPER = "papier"


PURPOSES: dict[Purpose, Words] = {
    Purpose.BUILDING: say("laisser entrer dans le bâtiment les personnes attendues"),
    Purpose.SAFETY: say("compter les personnes présentes, en cas d’évacuation"),
}
