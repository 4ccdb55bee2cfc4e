"""The letters one received, as they were."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from sprint.notices.queries import OwnLetter, letter_of, letters_of
from sprint.notices.render import body, subject
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit


@dataclass(frozen=True)
class MyLettersPage:
    """One page of the letters that left for me, the latest first."""

    letters: tuple[OwnLetter, ...]
    pages: Pagination


@page(SIGNED_IN, "GET /moi/courriers", "my_letters")
def my_letters(visit: Visit) -> Show:
    """Every letter that left for me."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = letters_of(visit.db, visit.me.id, pages.offset, pages.per_page)
    return Show("notices/my_letters.html", MyLettersPage(tuple(found), Pagination(number, total)))


@dataclass(frozen=True)
class MyLetterPage:
    """One letter as I received it; without `text` its words are forgotten."""

    letter: OwnLetter
    subject: str
    text: str
    language: str


@page(SIGNED_IN, "GET /moi/courriers/{received:int}", "my_letter")
def my_letter(visit: Visit, received: int) -> Show:
    """One letter, word for word, in the language I am written to."""
    # A number beyond what either engine keeps is no letter.
    found = letter_of(visit.db, visit.me.id, received) if received < 2**31 else None
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    language = visit.me.language
    shown = MyLetterPage(
        found,
        subject(found.text, language) if found.text else "",
        body(found.text, language, visit.settings, "txt") if found.text else "",
        language,
    )
    return Show("notices/my_letter.html", shown)
