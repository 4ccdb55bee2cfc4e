"""A letter to a group as each person receives it: in their language, under their name. Pure."""

from dataclasses import dataclass, replace

from sprint.announcements.rules import BECAUSE
from sprint.announcements.tables import Group
from sprint.letter import LetterText, Link
from sprint.words import say


@dataclass(frozen=True)
class Wording:
    """What a letter to a group says, in both languages; bodies are Markdown."""

    group: Group
    subject_fr: str
    body_fr: str
    subject_en: str
    body_en: str


def group_letter(wording: Wording, edition: str, name: str, language: str) -> LetterText:
    """The letter for one person."""
    is_english = language == "en"
    because = BECAUSE[wording.group]
    return LetterText(
        purpose="group",
        subject=say("%(text)s", text=wording.subject_en if is_english else wording.subject_fr),
        opening=say("Bonjour %(name)s,", name=name),
        items=(),
        notes=(),
        action=Link(say("Voir mon sprint"), "/moi"),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
        body=wording.body_en if is_english else wording.body_fr,
        foot=replace(because, values={"edition": edition}),
    )
