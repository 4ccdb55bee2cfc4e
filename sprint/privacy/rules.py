"""How long something is kept, and what erasing does to it: the closed phrases of retention.toml, and their words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sprint.refusal import Refusal
from sprint.words import Words, say, say_count


class Erasure(StrEnum):
    """What erasing a person does to a column: the value goes, the row goes, or it stays and points to a tombstone."""

    EMPTIED = "emptied"
    DELETED = "deleted"
    KEPT = "kept"


class Since(StrEnum):
    """From when a duration counts."""

    ITSELF = ""
    END = "after its end"
    EDITION = "after the edition"


@dataclass(frozen=True)
class Span:
    """A duration: days or months, counted from something. Neither: as long as the account (`for_ever`: longer)."""

    months: int = 0
    days: int = 0
    since: Since = Since.ITSELF
    for_ever: bool = False

    @property
    def is_limited(self) -> bool:
        return bool(self.months or self.days)

    @property
    def words(self) -> Words:
        """As the person concerned reads it."""
        if self.for_ever:
            return say("sans limite, mais il n’en reste qu’un numéro après l’effacement")
        if not self.is_limited:
            return say("jusqu’à l’effacement de votre compte")
        return _SINCE[self.since](self._length)

    @property
    def _length(self) -> Words:
        if self.days:
            return say_count("un jour", "%(number)s jours", self.days)
        if self.months % 12 == 0 and self.months > 24:
            return say_count("un an", "%(number)s ans", self.months // 12)
        return say_count("un mois", "%(number)s mois", self.months)

    def before(self, now: datetime) -> datetime:
        """What began before that moment has lasted long enough."""
        years, month = divmod(now.year * 12 + now.month - 1 - self.months, 12)
        # No month is shorter than 28 days: a day or three more or less than a calendar says is no matter here.
        moment = now.replace(year=years, month=month + 1, day=min(now.day, 28) if self.months else now.day)
        return datetime.fromtimestamp(moment.timestamp() - self.days * 24 * 3600, tz=now.tzinfo)


_SINCE = {
    Since.ITSELF: lambda length: say("%(length)s", length=length),
    Since.END: lambda length: say("%(length)s après la fin", length=length),
    Since.EDITION: lambda length: say("%(length)s après l’édition", length=length),
}
_PHRASE = re.compile(r"(\d+) (day|month|year)s?(?: (after its end|after the edition))?")
UNITS = {"month": 1, "year": 12}


def span_of(phrase: str) -> Span:
    """What a phrase of retention.toml says; a comma begins a remark for whoever reads the file.

    Raises ValueError for another wording: then neither the page nor the purge would know what to do.
    """
    said = phrase.partition(",")[0]
    if said in ("until erasure", "for ever"):
        return Span(for_ever=said == "for ever")
    found = _PHRASE.fullmatch(said)
    if found is None:
        raise ValueError(
            f"{phrase!r}: say «until erasure», «for ever» or «N days|months|years [after its end|after the edition]»"
        )
    number, unit, since = int(found[1]), found[2], Since(found[3] or "")
    return Span(days=number, since=since) if unit == "day" else Span(months=number * UNITS[unit], since=since)


ERASED: dict[Erasure, Words] = {
    Erasure.DELETED: say("tout est supprimé"),
    Erasure.EMPTIED: say("tout est vidé, il n’en reste qu’un numéro"),
    Erasure.KEPT: say("rien ne change : cela ne désigne personne"),
}
"""What erasing does to a table, as the person concerned reads it."""

RECENT = timedelta(minutes=30)


def erasing(signed_in_at: datetime, now: datetime) -> list[Refusal]:
    """Why an account cannot be erased: a session left open somewhere is not its owner."""
    if now - signed_in_at <= RECENT:
        return []
    return [Refusal("not_recent", say("Reconnectez-vous d’abord : votre connexion date de plus d’une demi-heure."))]
