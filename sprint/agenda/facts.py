"""What the journal says of calendars, with the words an organiser reads."""

from enum import StrEnum

from sprint.words import Words, say


class CalendarFact(StrEnum):
    """About the person whose feed it is; `detail` holds how often its address was renewed."""

    RENEWED = "calendar.renewed"


LABELS: dict[CalendarFact, Words] = {CalendarFact.RENEWED: say("Adresse du calendrier personnel renouvelée")}
