"""What a team writes about its track, field by field, as it is kept: texts by the name of their field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sprint.catalogue.rules import canonical_url
from sprint.catalogue.tables import ProjectKind
from sprint.programme.tables import Audience, Openness
from sprint.registrations.tables import Mode


class Part(StrEnum):
    """The fields of the canvas; the value is the name of the field."""

    NAME = "nom"
    ORGANISATION = "organisation"
    KIND = "genre"
    OBJECTIVE = "objectif"
    DESCRIPTION = "description"
    KEYWORDS = "motscles"
    PROJECT = "projet"
    REPOSITORIES = "depots"
    NEEDS = "besoins"
    TASKS = "taches"
    SKILLS = "savoirs"
    AUDIENCE = "public"
    LANGUAGE = "langue"
    PLACE = "lieu"
    JOIN_URL = "visio"
    CHAT_URL = "salon"
    SUPPORTED = "soutien"
    OPENNESS = "ouverture"
    GUIDES = "guides"
    LICENCE = "licence"
    CONTRIBUTING = "contribuer"
    TESTED_ON = "essaye_le"
    TESTED_WITH = "essaye_sur"


LONGEST: dict[Part, int] = {
    Part.NAME: 160,
    Part.ORGANISATION: 160,
    Part.OBJECTIVE: 400,
    Part.DESCRIPTION: 8000,
    Part.KEYWORDS: 1000,
    Part.PROJECT: 160,
    Part.REPOSITORIES: 5000,
    Part.NEEDS: 2000,
    Part.TASKS: 5000,
    Part.SKILLS: 1000,
    Part.PLACE: 160,
    Part.JOIN_URL: 400,
    Part.CHAT_URL: 400,
    Part.GUIDES: 3000,
    Part.LICENCE: 60,
    Part.CONTRIBUTING: 400,
    Part.TESTED_WITH: 160,
}
"""Signs a text may have."""
ONE_A_LINE = frozenset({Part.KEYWORDS, Part.SKILLS, Part.REPOSITORIES, Part.TASKS, Part.GUIDES})
LONGEST_LABEL, MOST_LINES = 60, 30
YES = "oui"


def seats_part(on: date, mode: Mode) -> str:
    """The field that holds the seats of a day in a mode."""
    return f"places-{on.isoformat()}-{mode.value}"


def lines_of(text: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


@dataclass(frozen=True)
class Canvas:
    """A canvas read back. What is left out is empty."""

    texts: Mapping[str, str]
    tested_by: str = ""

    def text(self, part: Part) -> str:
        return self.texts.get(part.value, "")

    def lines(self, part: Part) -> list[str]:
        return lines_of(self.text(part))

    @property
    def kind(self) -> ProjectKind:
        return ProjectKind(self.text(Part.KIND) or ProjectKind.SOFTWARE)

    @property
    def audience(self) -> Audience:
        return Audience(self.text(Part.AUDIENCE) or Audience.OPEN)

    @property
    def openness(self) -> Openness | None:
        value = self.text(Part.OPENNESS)
        return Openness(value) if value else None

    @property
    def is_supported(self) -> bool:
        return self.text(Part.SUPPORTED) == YES

    @property
    def repositories(self) -> list[str]:
        """Canonical addresses; two that mean the same repository are one."""
        found = (canonical_url(line) for line in self.lines(Part.REPOSITORIES))
        return list(dict.fromkeys(url for url in found if url))

    @property
    def tasks(self) -> list[dict[str, str]]:
        """First tasks: a title, and after a bar the address where it is told."""
        return [dict(_task(line)) for line in self.lines(Part.TASKS)]

    @property
    def guides(self) -> list[str]:
        """Links to read first; the guide for contributors is one."""
        own = [self.text(Part.CONTRIBUTING)] if self.text(Part.CONTRIBUTING) else []
        return list(dict.fromkeys([*own, *self.lines(Part.GUIDES)]))

    def seats(self, on: date, mode: Mode) -> int:
        return int(self.texts.get(seats_part(on, mode)) or 0)

    def offered_on(self, days: Sequence[date]) -> list[date]:
        """The days on which it offers seats."""
        return [on for on in days if any(self.seats(on, mode) for mode in Mode)]


def _task(line: str) -> Iterator[tuple[str, str]]:
    title, _, url = line.rpartition("|") if "|" in line else (line, "", "")
    yield "title", title.strip()
    if url.strip():
        yield "url", url.strip()
