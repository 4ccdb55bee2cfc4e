"""The register: retention.toml, read once. The page shows it, the export follows it, erasing and purging apply it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sprint.privacy.rules import Erasure, Span, span_of

FILE = Path(__file__).parent.parent / "retention.toml"
TOMBSTONE = "person"
"""The table whose rows stay, emptied, when everything else of somebody is gone."""


@dataclass(frozen=True)
class Told:
    """What people read of a table, in one language: its name, what it holds, why.

    `erasure` and `lasts` only where its feature has rules of its own, which no phrase of the file says.
    """

    name: str
    data: str
    why: str
    erasure: str = ""
    lasts: str = ""


@dataclass(frozen=True)
class Held:
    """One column: why, how long, what erasing does to it."""

    purpose: str
    kept: Span
    erasure: Erasure


@dataclass(frozen=True)
class Policy:
    """One table of personal data.

    `whose` names the columns that say whose row it is; `since` those whose first known moment a duration counts from;
    `hidden` what is not handed out, being a secret of the machine; `named` the columns whose people are handed out by
    name. `by_action`: its feature erases it, by rules of its own.
    """

    table: str
    told: Mapping[str, Told]
    columns: Mapping[str, Held]
    whose: tuple[str, ...]
    since: tuple[str, ...]
    hidden: tuple[str, ...]
    named: tuple[str, ...]
    by_action: bool

    @property
    def erasure(self) -> Erasure:
        """What erasing does to the rows: they go, or stay with or without something to empty."""
        ways = {held.erasure for held in self.columns.values()}
        return next(way for way in (Erasure.DELETED, Erasure.EMPTIED, Erasure.KEPT) if way in ways)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The durations of its columns, each once, the longest last."""
        found = dict.fromkeys(held.kept for held in self.columns.values())
        return tuple(sorted(found, key=lambda span: (span.for_ever, not span.is_limited, span.months, span.days)))


@cache
def register() -> tuple[Policy, ...]:
    """Every table of personal data, in the order of the file."""
    return read(tomllib.loads(FILE.read_text(encoding="utf-8")))


def read(file: Mapping[str, Any]) -> tuple[Policy, ...]:
    """The policies of a parsed file. KeyError for a table nobody told about, ValueError for a phrase nobody knows."""
    untold = sorted(set(file["personal"]) ^ set(file["about"]))
    if untold:
        raise KeyError(
            f"retention.toml: [about] and [personal] differ in {untold}; the head of the file says what to write"
        )
    return tuple(_policy(table, columns, file["about"][table]) for table, columns in file["personal"].items())


def _policy(table: str, columns: Mapping[str, Mapping[str, str]], about: Mapping[str, Any]) -> Policy:
    in_words = "lasts" in about["fr"]
    held = {
        name: Held(said["purpose"], _span(said["kept"], in_words=in_words), Erasure(said["erasure"]))
        for name, said in columns.items()
    }
    return Policy(
        table,
        {language: Told(**about[language]) for language in ("fr", "en")},
        held,
        tuple(about.get("whose", [name for name in columns if name == "person_id"])),
        tuple(about.get("since", [])),
        tuple(about.get("hidden", [])),
        tuple(about.get("named", [])),
        bool(about.get("by_action", False)),
    )


def _span(phrase: str, *, in_words: bool) -> Span:
    """Where people are told in words, a phrase of its own is allowed: then the feature itself forgets."""
    try:
        return span_of(phrase)
    except ValueError:
        if in_words:
            return Span()
        raise
