"""What may still be taken back, for the pages that show it as long as that holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sprint.programme.queries import EditionView
from sprint.registrations.doings import Undoable
from sprint.registrations.queries.undoing import undoable
from sprint.registrations.undoing import LASTS
from sprint.web.visit import Visit
from sprint.words import Moment, Words


@dataclass(frozen=True)
class UndoLine:
    """What was done a moment ago, how many letters wait, and until when, by the clocks of the edition, it may be taken back."""

    edition: str
    number: int
    says: Words
    letters: int
    until: datetime


def lasting(visit: Visit) -> timedelta:
    """For how long something may be taken back: two minutes, or less where letters leave sooner."""
    return min(LASTS, timedelta(seconds=visit.settings.letter_delay_seconds))


def undoable_in(visit: Visit, edition: EditionView) -> list[Undoable]:
    """All that may be taken back in an edition now, the latest first."""
    lasts = lasting(visit)
    return undoable(visit.db, edition.id, lasts, visit.now) if lasts else []


def undo_lines(edition: EditionView, found: Sequence[Undoable]) -> tuple[UndoLine, ...]:
    """As the layout of the desk shows them, above whatever the page is about."""
    zone = edition.calendar.zone
    return tuple(
        UndoLine(edition.slug, one.act.number, one.says, one.act.letters, Moment(one.until, zone).local)
        for one in found
    )


def good_for(found: Sequence[Undoable], other: datetime | None = None) -> datetime | None:
    """When the first of them can be taken back no more, or `other` if that comes first: a page that shows them is good until then."""
    return min((at for at in (*(one.until for one in found), other) if at is not None), default=None)
