"""A letter before it leaves: to one of those it would go to, as they would read it."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.notices.queries import recipient
from sprint.notices.render import body, subject
from sprint.programme.queries import edition_of_organiser
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.owed.practical import letters_to_all
from sprint.web.audience import ORGANISERS
from sprint.web.page import Show, page
from sprint.web.visit import Visit

PREVIEWED = {"pratique": RegistrationFact.PRACTICAL_SENT, "rappel": RegistrationFact.REMINDED}
"""What can be looked at before it leaves; the word of the address."""


@dataclass(frozen=True)
class PreviewPage:
    """The letter to the first of `people`; without anybody, no text."""

    edition: str
    edition_name: str
    people: int
    name: str
    language: str
    subject: str
    text: str


@page(ORGANISERS, "GET /organisation/{edition:edition}/courriers/apercu/{letter:slug}", "letter_preview")
def letter_preview(visit: Visit, edition: str, letter: str) -> Show:
    """What would leave now, with the real days and texts."""
    found = edition_of_organiser(visit.db, visit.me, edition)
    if found is None or letter not in PREVIEWED:
        raise HTTPException(404)
    owed = letters_to_all(visit.db, found, PREVIEWED[letter]) if found.days else []
    to = recipient(visit.db, owed[0].person_id) if owed else None
    shown = PreviewPage(
        edition=found.slug,
        edition_name=found.name,
        people=len(owed),
        name=to.name if to else "",
        language=to.language if to else visit.language,
        subject=subject(owed[0].text, to.language) if to else "",
        text=body(owed[0].text, to.language, visit.settings, "txt") if to else "",
    )
    return Show("notices/preview.html", shown)
