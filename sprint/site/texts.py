"""The texts of public duties: Markdown of `content/`, which an operator replaces file by file and completes by settings.

`{publisher}` is the setting of that name, or the mark that says that it is missing; `{publisher|words}` has words of its
own for that. Nothing about a real organisation is written in the files themselves.
"""

import re
from functools import cache
from pathlib import Path

from sprint import languages
from sprint.settings import Settings
from sprint.words import Words, say

CONTENT = Path(__file__).parent.parent.parent / "content"
FIELD = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")
STATUS: dict[str, Words] = {
    "non": say("non conforme"),
    "partiellement": say("partiellement conforme"),
    "totalement": say("totalement conforme"),
}
"""What an audit may find, in the words of the law."""


def text(name: str, settings: Settings) -> str:
    """The Markdown of a text in the language of the page, completed. KeyError for a field there is no value for."""
    values = _values(settings)

    def complete(found: re.Match[str]) -> str:
        return values[found[1]] or found[2] or _missing()

    return languages.typeset(
        FIELD.sub(complete, _read(settings.content, languages.current(), name)), languages.current()
    )


@cache
def _read(folder: str, language: str, name: str) -> str:
    """The operator's text if there is one, else ours. Read once: texts change with a restart."""
    file = f"{language}/{name}.md"
    own = Path(folder) / file if folder else CONTENT / file
    return (own if own.is_file() else CONTENT / file).read_text(encoding="utf-8")


def _missing() -> str:
    words = languages.gettext("à compléter par l’exploitant")
    return f"**[{words}]**"


def _values(settings: Settings) -> dict[str, str]:
    return {
        "to_complete": "",
        "address": f"<{settings.base_url}>",
        "contact": _mailbox(settings.contact),
        "security_contact": security_contact(settings) and f"<{security_contact(settings)}>",
        "source_url": settings.source_url and f"<{settings.source_url}>",
        "publisher": settings.publisher,
        "publication_director": settings.publication_director,
        "hosting": settings.hosting,
        "data_protection": _mailbox(settings.data_protection),
        "accessibility": languages.speak(STATUS[settings.accessibility]),
        "audit": _audit(settings),
        "declared_on": languages.day(settings.declared_on) if settings.declared_on else "",
    }


def _mailbox(text: str) -> str:
    """A link when the text is an address and nothing else."""
    return f"<{text}>" if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text) else text


def security_contact(settings: Settings) -> str:
    """Where to report a flaw, as an address one can follow; empty when nobody said."""
    said = settings.security_contact or settings.contact
    return said if not said or said.startswith("https://") else f"mailto:{said}"


def _audit(settings: Settings) -> str:
    if settings.audited_on is None:
        return ""
    return languages.speak(
        say(
            "L’audit de conformité a été réalisé le %(day)s par %(who)s.",
            day=settings.audited_on,
            who=settings.audited_by or _missing(),
        )
    )
