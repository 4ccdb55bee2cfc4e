"""The letters one received, as they were."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from sprint.notices.actions import stop_letters, want_letters
from sprint.notices.queries import OwnLetter, letter_of, letter_to_stop, letters_of, stopped_by
from sprint.notices.render import STOP, body, subject
from sprint.notices.rules import MAY_STOP
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.page import Go, Plain, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import Words, say

STOPPED = say("C’est noté : vous ne recevrez plus ces courriels.")
WANTED = say("C’est noté : vous recevrez de nouveau ces courriels.")


@dataclass(frozen=True)
class MyLettersPage:
    """One page of the letters that left for me, the latest first."""

    letters: tuple[OwnLetter, ...]
    pages: Pagination
    kinds: tuple[tuple[str, Words, bool], ...]
    """What one may do without: its purpose, its words, whether it is stopped."""


@page(SIGNED_IN, "GET /moi/courriers", "my_letters")
def my_letters(visit: Visit) -> Show:
    """Every letter that left for me."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = letters_of(visit.db, visit.me.id, pages.offset, pages.per_page)
    stopped = stopped_by(visit.db, [visit.me.id])
    kinds = tuple((purpose, words, (visit.me.id, purpose) in stopped) for purpose, words in MAY_STOP.items())
    return Show("notices/my_letters.html", MyLettersPage(tuple(found), Pagination(number, total), kinds))


@page(SIGNED_IN, "POST /moi/courriers", "choose_letters", shows="my_letters")
def choose_letters(visit: Visit) -> Go:
    """Do without the letters of a kind, or receive them again."""
    purpose = str(visit.data.get("genre", ""))
    wants = visit.data.get("recevoir") == "1"
    (want_letters if wants else stop_letters)(visit.db, visit.me.id, purpose, visit.now)
    return Go("my_letters", says=WANTED if wants else STOPPED, anchor="genres")


@dataclass(frozen=True)
class StopPage:
    """The kind of letters a link stops."""

    token: str
    kind: Words
    is_stopped: bool


@page(ANYONE, "GET /moi/courriers/arret/{stop:key}", "stop_link", is_discreet=True)
def stop_link(visit: Visit, stop: str) -> Show:
    """What the link of a letter opens. It changes nothing: programs that look at mail open links too."""
    person_id, purpose = _of_letter(visit, stop)
    is_stopped = (person_id, purpose) in stopped_by(visit.db, [person_id])
    return Show("notices/stop.html", StopPage(stop, MAY_STOP[purpose], is_stopped))


@page(ANYONE, "POST /moi/courriers/arret/{stop:key}", "stop_by_link", shows="stop_link", is_discreet=True)
def stop_by_link(visit: Visit, stop: str) -> Go | Plain:
    """Stop them. A mail program that posts its one click wants no page, and follows none (RFC 8058, 3.1)."""
    person_id, purpose = _of_letter(visit, stop)
    stop_letters(visit.db, person_id, purpose, visit.now)
    if visit.data.get("List-Unsubscribe") == "One-Click":
        return Plain("", "text/plain")
    return Go("stop_link", {"stop": stop}, says=STOPPED)


def _of_letter(visit: Visit, token: str) -> tuple[int, str]:
    """The person and the purpose of a letter's link, else 404."""
    key = sealed_key(token)
    is_ours = key is not None and is_sealed(visit.settings, STOP, key, 0, token)
    found = letter_to_stop(visit.db, key) if key is not None and is_ours else None
    if found is None or found[1] not in MAY_STOP:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


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
