"""A letter as data: a feature words it, `notices` renders and posts it. Neither language nor address is known here."""

from dataclasses import dataclass
from datetime import datetime

from sprint.words import Words

CALENDAR = "calendar"
"""Name of an attachment: the days of the person in the edition the letter is about."""


@dataclass(frozen=True)
class Link:
    """Where a letter leads: `path` starts with `/` and has no language.

    With a `key` the letter that leaves leads further, to a seal over it for the purpose `sealed`; copies that are read on the
    site do not: whoever reads them there has not shown that the letter reached them.
    """

    label: Words
    path: str
    sealed: str = ""
    key: int = 0


@dataclass(frozen=True)
class LetterText:
    """What a letter says. The subject says what changed, the opening what to do; items are listed, notes follow them.

    `attachment` only names what goes with it; `notices` asks for the bytes when the letter leaves.
    """

    purpose: str
    subject: Words
    opening: Words
    items: tuple[Words, ...]
    notes: tuple[Words, ...]
    action: Link
    signature: Words
    attachment: str = ""
    body: str = ""
    """What somebody wrote, in the language of whom it is for: Markdown."""
    foot: Words | None = None
    """Why one receives it."""
    more: tuple[Link, ...] = ()
    """Where else one may want to go, after the one thing to do."""
    since: datetime | None = None
    """When what it tells began, where that was before its act; what goes with the letter starts there."""
    stop: Link | None = None
    """Where whoever reads it stops it (RFC 8058): for a letter to an address, of which no row is kept."""


@dataclass(frozen=True)
class OwedLetter:
    """A letter that an act owes to somebody."""

    person_id: int
    edition_id: int | None
    text: LetterText
    address: str = ""
    """Where it goes when that is not the person's own address."""
    at_once: bool = False
    """Somebody waits for it: there is nothing to undo."""
    good_until: datetime | None = None
    """When it says something out of date: it does not leave from then on."""
