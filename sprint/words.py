"""Sentences as data: a French message, its plural and its values, translated and dressed only where they are shown.

Messages hold values as %(name)s and weight as **bold**.

Rules and letters speak through `Words`, so that they know neither the language of the reader nor a template.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Union
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Moment:
    """A moment shown in a zone: `at` is aware, `zone` an IANA name."""

    at: datetime
    zone: str

    @property
    def local(self) -> datetime:
        return self.at.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True)
class ShortDay:
    """A day whose year goes without saying."""

    on: date


@dataclass(frozen=True)
class Month:
    """The month of a day."""

    on: date


@dataclass(frozen=True)
class Both:
    """A text that an operator wrote in both languages."""

    french: str
    english: str


@dataclass(frozen=True)
class Hours:
    """From an hour to another, or an hour alone; the zone goes without saying."""

    starts: time
    ends: time | None = None


Value = Union[str, int, date, ShortDay, Month, Moment, Hours, Both, "Words", tuple["Value", ...]]


@dataclass(frozen=True)
class Words:
    """`message` is the French text and the key of the catalogue; `plural` is chosen by `number` and may show it as %(number)s.

    A tuple among the values is read as an enumeration: "lundi, mardi et mercredi".
    """

    message: str
    plural: str = ""
    number: int = 0
    values: dict[str, Value] = field(default_factory=dict)


def say(message: str, /, **values: Value) -> Words:
    """The sentence `message`; the extraction of catalogues knows this name."""
    return Words(message, values=values)


def say_count(message: str, plural: str, number: int, /, **values: Value) -> Words:
    """The sentence for `number` things; the extraction of catalogues knows this name."""
    return Words(message, plural, number, values)
