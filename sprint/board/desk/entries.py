"""The open board in the organisers' hands: the order of the queue, and what is taken off with a reason."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.board.actions import advance_talk, remove_entry
from sprint.board.forms import RemovalForm, summary
from sprint.board.pages import ShownEntry, shown_entry
from sprint.board.queries import EntryLine, entries, talks_in_order
from sprint.programme.queries import EditionView
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say

HERE = "desk_board"


@dataclass(frozen=True)
class DeskRow:
    """An entry and the form that takes it off (with what was typed, when it was refused); `is_first` of the queue."""

    line: ShownEntry
    author: str
    form: RemovalForm
    is_first: bool


@dataclass(frozen=True)
class DeskBoardPage:
    """What is on the board: talks in the order of the queue, then workshops."""

    edition: EditionView
    rows: tuple[DeskRow, ...]
    pages: Pagination

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary([row.form for row in self.rows])


@page(ORGANISERS, "GET /organisation/{edition:edition}/tableau", HERE)
def desk_board(visit: Visit, edition: str) -> Show:
    """What registered people propose."""
    found = edition_for(visit, edition)
    live = [line for line in entries(visit.db, found.id) if line.is_live]
    lines = sorted(live, key=lambda line: line.minutes is None)
    pages = Pagination(asked_page(visit.request.query_params.get("page")), len(lines))
    first = next((line.id for line in lines if line.minutes is not None), None)
    shown = lines[pages.offset : pages.offset + pages.per_page]
    order = {one.talk.id: one for one in talks_in_order(visit.db, found.id)}
    rows = tuple(
        DeskRow(shown_entry(line, order.get(line.id)), line.name, _form(visit, line.id), line.id == first)
        for line in shown
    )
    return Show("board/desk_board.html", DeskBoardPage(found, rows, pages))


def _form(visit: Visit, entry: int) -> RemovalForm:
    typed = visit.form if isinstance(visit.form, RemovalForm) and visit.form._prefix == f"p{entry}-" else None
    return typed or RemovalForm(prefix=f"p{entry}")


@page(ORGANISERS, "POST /organisation/{edition:edition}/tableau/{entry:int}/avance", "advance_talk", shows=HERE)
def advance(visit: Visit, edition: str, entry: int) -> Go:
    """Let a talk go before the one it follows."""
    done = advance_talk(visit.db, _line(visit, edition, entry).id, visit.me.id, visit.now)
    return _back(edition, say("La file est changée.") if done else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/tableau/{entry:int}/refus", "remove_entry", shows=HERE)
def take_off(visit: Visit, edition: str, entry: int) -> Go:
    """Take an entry off the board and say why to who made it."""
    line = _line(visit, edition, entry)
    form = valid(RemovalForm(Posted(visit.data), prefix=f"p{entry}"))
    done = remove_entry(visit.db, line.id, form.motif.data or "", visit.me.id, visit.now)
    return _back(
        edition, say("Proposition retirée ; son auteur ou son autrice lit le motif au tableau.") if done else None
    )


def _line(visit: Visit, edition: str, entry: int) -> EntryLine:
    """An entry of an edition the person organises and may still change, else 404."""
    found = edition_to_change(visit, edition)
    line = next((one for one in entries(visit.db, found.id) if one.id == entry), None)
    if line is None:
        raise HTTPException(404)
    return line


def _back(edition: str, says: Words | None) -> Go:
    return Go(HERE, {"edition": edition}, says=says)
