"""What somebody may agree to and say of themselves, how long it holds, and who reads what by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sprint.refusal import Refusal
from sprint.talents.tables import Contract, Purpose, Region, Visibility
from sprint.words import Words, say

CONSENT_MONTHS = 12
REMINDERS = (30, 7)
"""Days before the end at which one is told."""
FORGOTTEN_AFTER = timedelta(days=730)
"""Since the person's own last contact; whoever looked at the card changes nothing."""
VIEWS_KEPT = timedelta(days=365)
WITHDRAWN_KEPT = timedelta(days=365)

FIELDS: dict[str, Words] = {
    "name": say("Nom"),
    "employer": say("Employeur actuel"),
    "orcid": say("Identifiant ORCID"),
    "headline": say("Titre du profil"),
    "skills": say("Compétences"),
    "region": say("Région"),
    "contracts": say("Contrats, disponibilité"),
    "languages": say("Langues"),
}
"""The closed list of what a profile may show, contributions aside."""

LATER: dict[str, Words] = {
    "name": say("nom"),
    "employer": say("employeur"),
    "orcid": say("identifiant ORCID"),
    "headline": say("titre du profil"),
    "skills": say("compétences"),
    "region": say("région"),
    "contracts": say("contrats et disponibilité"),
    "languages": say("langues"),
}
"""The same, inside a sentence."""

_LATE = {"name", "employer", "orcid"}
DEFAULTS = MappingProxyType(
    {field: Visibility.AGREEMENT if field in _LATE else Visibility.RECRUITERS for field in FIELDS}
)


@dataclass(frozen=True)
class Portrait:
    """What somebody says of themselves, and who reads each field."""

    headline: str
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    region: Region | None = None
    contracts: tuple[Contract, ...] = ()
    available_on: date | None = None
    readers: tuple[tuple[str, Visibility], ...] = tuple(DEFAULTS.items())
    organisation_ids: tuple[int, ...] = ()
    domains: tuple[str, ...] = ()
    contribution_ids: tuple[int, ...] = ()

    def readable(self, field: str) -> bool:
        """Whether every recruiter may read the field."""
        return dict(self.readers)[field] == Visibility.RECRUITERS


def consent_until(now: datetime) -> datetime:
    """Twelve months later, at the same hour; 29 February becomes the 28th."""
    try:
        return now.replace(year=now.year + 1)
    except ValueError:
        return now.replace(year=now.year + 1, day=28)


def agreeing(purposes: Sequence[Purpose]) -> list[Refusal]:
    """Why one cannot be in the pool: without that box nobody would see the profile."""
    if Purpose.VISIBLE in purposes:
        return []
    words = say("Cochez « Être visible » : sans cet accord, personne ne verrait votre profil.")
    return [Refusal("not_agreed", words, "but-visible")]


def belonging(*, is_in: bool) -> list[Refusal]:
    """Why nothing can be done with a profile: there is none."""
    return [] if is_in else [Refusal("not_in", say("Vous n’avez pas de profil dans le vivier."))]
