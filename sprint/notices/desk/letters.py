"""Letters as organisers see them: what left, what did not, what each one says."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from sprint.letter import CALENDAR
from sprint.notices import queries
from sprint.notices.actions import send_again
from sprint.notices.queries import LetterCopy, LetterLine
from sprint.notices.render import body, subject
from sprint.notices.rules import STATES, sending_again
from sprint.notices.tables import LetterState
from sprint.notices.work.addresses import is_shown_only
from sprint.programme.queries import EditionView, edition_of_organiser
from sprint.registrations.desk.undoing import UndoLine, undo_lines, undoable_in
from sprint.web.audience import ORGANISERS
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

BADGES = {
    LetterState.DUE: "info",
    LetterState.RETRYING: "warning",
    LetterState.UNDELIVERED: "error",
    LetterState.POSTED: "success",
    LetterState.DROPPED: "",
    LetterState.LATE: "warning",
}


@dataclass(frozen=True)
class Status:
    """A letter's state in words, the kind of its badge, and the moment that matters."""

    words: Words
    badge: str
    at: Moment


@dataclass(frozen=True)
class Filter:
    """One state to filter by; without `state`, all of them."""

    state: str
    words: Words
    number: int
    is_here: bool


@dataclass(frozen=True)
class Row:
    """A letter in the list; without `subject` its words are forgotten."""

    id: int
    name: str
    subject: Words | None
    status: Status


@dataclass(frozen=True)
class LettersPage:
    """The letters of an edition."""

    edition: str
    edition_name: str
    total: int
    filters: tuple[Filter, ...]
    state: str
    rows: tuple[Row, ...]
    pages: Pagination
    is_shown_only: bool
    undoable: tuple[UndoLine, ...]


@page(ORGANISERS, "GET /organisation/{edition:edition}/courriers", "letters")
def letters(visit: Visit, edition: str) -> Show:
    """Every letter the edition's acts owed, the latest first; `?etat=` keeps those in one state."""
    found = _edition(visit, edition)
    asked = visit.request.query_params
    state = next((one for one in STATES if one.value == asked.get("etat")), None)
    numbers = queries.counts_for(visit.db, visit.me, found.id)
    total = sum(number for one, number in numbers.items() if state in (None, one))
    pages = Pagination(asked_page(asked.get("page")), total, (("etat", state.value),) if state else ())
    lines = queries.letters_for(visit.db, visit.me, found.id, state, pages.offset, pages.per_page)
    shown = LettersPage(
        edition=found.slug,
        edition_name=found.name,
        total=sum(numbers.values()),
        filters=_filters(numbers, state),
        state=state.value if state else "",
        rows=tuple(_row(line, found) for line in lines),
        pages=pages,
        is_shown_only=is_shown_only(visit.settings),
        undoable=undo_lines(found, undoable_in(visit, found)),
    )
    return Show("notices/letters.html", shown)


def _filters(numbers: dict[LetterState, int], here: LetterState | None) -> tuple[Filter, ...]:
    every = Filter("", say("tous"), sum(numbers.values()), here is None)
    # A number at nought disappears, unless one stands on it.
    shown = [state for state in STATES if numbers.get(state) or state == here]
    return (every, *(Filter(one.value, STATES[one], numbers.get(one, 0), one == here) for one in shown))


def _row(line: LetterLine, edition: EditionView) -> Row:
    return Row(line.id, line.name, line.text.subject if line.text else None, _status(line, edition))


def _status(line: LetterLine, edition: EditionView) -> Status:
    waits = line.state in (LetterState.DUE, LetterState.RETRYING)
    at = line.posted_at or (line.due_at if waits else None) or line.owed_at
    return Status(STATES[line.state], BADGES[line.state], Moment(at, edition.calendar.zone))


@dataclass(frozen=True)
class LetterPage:
    """One letter as it is received; without `text` its words are forgotten."""

    edition: str
    edition_name: str
    id: int
    name: str
    email: str
    language: str
    subject: str
    text: str
    has_calendar: bool
    status: Status
    last_error: str
    may_send_again: bool
    is_shown_only: bool


@page(ORGANISERS, "GET /organisation/{edition:edition}/courriers/{letter:int}", "letter")
def letter(visit: Visit, edition: str, letter: int) -> Show:
    """What one letter says, word for word, in the language of whom it is for."""
    found = _edition(visit, edition)
    copy = _letter(visit, found, letter)
    line = copy.line
    shown = LetterPage(
        edition=found.slug,
        edition_name=found.name,
        id=line.id,
        name=line.name,
        email=copy.email or "",
        language=line.language,
        subject=subject(line.text, line.language) if line.text else "",
        text=body(line.text, line.language, visit.settings, "txt") if line.text else "",
        has_calendar=line.text is not None and line.text.attachment == CALENDAR,
        status=_status(line, found),
        last_error=copy.last_error or "",
        may_send_again=not sending_again(line.state, is_worded=line.text is not None),
        is_shown_only=is_shown_only(visit.settings),
    )
    return Show("notices/letter_page.html", shown)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/courriers/{letter:int}/relance",
    "send_letter_again",
    shows="letter",
)
def send_letter_again(visit: Visit, edition: str, letter: int) -> Go:
    """Try an undelivered letter again."""
    found = _edition(visit, edition)
    send_again(visit.db, _letter(visit, found, letter), found.id, visit.me.id, visit.now)
    return Go("letter", {"edition": edition, "letter": letter}, says=say("Ce courrier repart dans un instant."))


def _edition(visit: Visit, slug: str) -> EditionView:
    found = edition_of_organiser(visit.db, visit.me, slug)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _letter(visit: Visit, edition: EditionView, letter_id: int) -> LetterCopy:
    # A number beyond what either engine keeps is no letter.
    copy = queries.letter_for(visit.db, visit.me, edition.id, letter_id) if letter_id < 2**31 else None
    if copy is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return copy
