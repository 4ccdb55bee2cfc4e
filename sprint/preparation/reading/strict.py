"""Reading plain values strictly: each knows where it stands in the file, and notes what is wrong instead of raising.

A reader answers None for what is absent and for what is wrong: nobody uses the values once there is a fault.
"""

import re
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from sprint.preparation.reading.source import NoJson, Twofold
from sprint.refusal import Refusal
from sprint.words import Words, say, say_count

Closed = TypeVar("Closed", bound=StrEnum)

_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_HOUR = re.compile(r"\d\d:\d\d", re.ASCII)
_MOMENT = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_LINE_BREAKS = "\n\t"

NO_DAY = date.min
"""Stands where a day of the file is faulty."""


@dataclass(frozen=True)
class Spot:
    """A value of the file, the place where it stands, and the list its faults go to."""

    value: object
    place: str
    faults: list[Refusal] = field(repr=False)

    def refuse(self, code: str, words: Words) -> None:
        self.faults.append(Refusal(code, words, self.place))

    @property
    def is_absent(self) -> bool:
        return self.value is None

    def keys(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, "Spot"]:
        """What an object holds by name, null where it holds nothing. Unknown, repeated and missing keys are faults."""
        known = (*required, *optional)
        if not isinstance(self.value, dict):
            self._refuse_type(say("doit être un objet { … }"))
            return {name: self.at(name) for name in known}
        twice = self.value.twice if isinstance(self.value, Twofold) else ()
        for name in self.value:
            if name in twice:
                self.at(name).refuse("repeated_key", say("cette clé est écrite plusieurs fois"))
            if name not in known:
                words = say("clé inconnue ; sont possibles : %(known)s", known=", ".join(known))
                self.at(name).refuse("unknown_key", words)
        found = {name: self.at(name) for name in known}
        for name in required:
            if found[name].is_absent:
                found[name].refuse("missing_key", say("doit être donné"))
        return found

    def at(self, name: str) -> "Spot":
        value = self.value.get(name) if isinstance(self.value, dict) else None
        shown = name if re.fullmatch(r"\w{1,40}", name) else ascii(name[:40])
        return Spot(value, f"{self.place}.{shown}" if self.place else shown, self.faults)

    def items(self, at_most: int = 10_000, at_least: int = 0) -> list["Spot"]:
        """What a list holds, in order."""
        if self.is_absent:
            return []
        if not isinstance(self.value, list):
            self._refuse_type(say("doit être une liste [ … ]"))
            return []
        if not at_least <= len(self.value) <= at_most:
            self.refuse("length", _between(at_least, at_most))
            return []
        spots = [Spot(value, f"{self.place}[{index}]", self.faults) for index, value in enumerate(self.value)]
        for spot in spots:
            if spot.is_absent:
                spot.refuse("type", say("ne doit pas être null"))
        return [spot for spot in spots if not spot.is_absent]

    def text(self, longest: int, *, lines: bool = False, empty: bool = False) -> str | None:
        """A text without spaces around it; `lines`: it may have several, `empty`: it may have nothing."""
        if not isinstance(self.value, str):
            self._refuse_type(say("doit être un texte"))
            return None
        text = self.value.replace("\r\n", "\n").strip()
        if not text and not empty:
            self.refuse("empty", say("ne doit pas être vide"))
        elif len(text) > longest:
            words = say_count("dépasse %(number)s caractère", "dépasse %(number)s caractères", longest)
            self.refuse("too_long", words)
        elif any(_is_unfit(sign) and not (lines and sign in _LINE_BREAKS) for sign in text):
            words = say("contient un caractère invisible : %(sign)s", sign=_first_unfit(text, lines))
            self.refuse("control_character", words)
        else:
            return text
        return None

    def matching(self, pattern: str, longest: int, words: Words) -> str | None:
        text = self.text(longest)
        if text is not None and not re.fullmatch(pattern, text, re.ASCII):
            self.refuse("pattern", words)
            return None
        return text

    def number(self, low: int, high: int) -> int | None:
        # True is an int for Python, not for people.
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            words = say("doit être un nombre entier de %(low)s à %(high)s", low=low, high=high)
            self._refuse_type(words)
            return None
        return self.value

    def one_of(self, closed: type[Closed], spelt: str | None = None) -> Closed | None:
        """A value of a closed list; `spelt` is how the file's word is to be understood."""
        word = self.value if spelt is None else spelt
        found = next((member for member in closed if member.value == word), None)
        if found is None:
            values = ", ".join(member.value for member in closed)
            self._refuse_type(say("doit être l’un de : %(values)s", values=values))
        return found

    def day(self) -> date | None:
        """An ISO day of this century."""
        if isinstance(self.value, str) and _DAY.fullmatch(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        self._refuse_type(say("doit être un jour comme 2026-11-24"))
        return None

    def hour(self) -> time | None:
        if isinstance(self.value, str) and _HOUR.fullmatch(self.value):
            try:
                return time.fromisoformat(self.value)
            except ValueError:
                pass
        self._refuse_type(say("doit être une heure comme 09:30"))
        return None

    def moment(self, zone: ZoneInfo | None) -> datetime | None:
        """A moment with its offset, or local to `zone`; where clocks change a local hour may be no moment, or two."""
        moment = None
        if isinstance(self.value, str) and _MOMENT.fullmatch(self.value):
            try:
                moment = datetime.fromisoformat(self.value)
            except ValueError:
                pass
        if moment is None:
            self._refuse_type(
                say("doit être un moment comme 2026-09-15T10:00, à l’heure de l’édition, ou 2026-09-15T10:00+02:00")
            )
            return None
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        return self._local(moment, zone) if zone is not None else None

    def _local(self, wall: datetime, zone: ZoneInfo) -> datetime | None:
        first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
        happens = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
        if happens:
            self.refuse(
                "ambiguous", say("cette heure existe deux fois ce jour-là : on y change d’heure ; donnez le décalage")
            )
        else:
            self.refuse("nonexistent", say("cette heure n’existe pas ce jour-là : on y change d’heure"))
        return None

    def _refuse_type(self, words: Words) -> None:
        """The value is not what it should be; one that is absent was judged by who asked for it."""
        if self.is_absent:
            return
        if isinstance(self.value, NoJson):
            words = say("%(text)s n’est pas une valeur possible", text=self.value.text[:20])
        self.refuse("type", words)


def _between(at_least: int, at_most: int) -> Words:
    if at_least == at_most:
        return say("doit avoir %(number)s éléments", number=at_most)
    if at_least:
        return say("ne doit pas être vide, ni dépasser %(number)s éléments", number=at_most)
    return say("ne doit pas dépasser %(number)s éléments", number=at_most)


def _is_unfit(sign: str) -> bool:
    """Control characters, which no database keeps alike, and halves of characters, which are no text at all."""
    return sign < " " or "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff" or sign in "\u2028\u2029"


def _first_unfit(text: str, lines: bool) -> str:
    sign = next(sign for sign in text if _is_unfit(sign) and not (lines and sign in _LINE_BREAKS))
    return f"U+{ord(sign):04X}"


def twins(keyed: Iterable[tuple[Hashable, Spot]]) -> list[tuple[Spot, str]]:
    """What comes a second time, with the place of the first; None and days that are faulty have no twin."""
    first: dict[Hashable, str] = {}
    found = []
    for key, spot in keyed:
        if key is None or key == NO_DAY or (isinstance(key, tuple) and NO_DAY in key):
            continue
        if key in first:
            found.append((spot, first[key]))
        first.setdefault(key, spot.place)
    return found
