"""What happened to one's account in a year: sign-ins first of all, so that a stranger's does not go unseen."""

from dataclasses import dataclass
from datetime import timedelta

from sprint.account.facts import LABELS, AccountFact
from sprint.account.queries import AccountEvent, account_events
from sprint.account.rules import RIGHTS, device_words
from sprint.people.tables import Right
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

SHOWN = timedelta(days=365)
ZONE = "Europe/Paris"
"""No edition is at hand here to give its own."""


@dataclass(frozen=True)
class EventLine:
    """One thing that happened; `more` says how, when there is something to say."""

    what: Words
    at: Moment
    more: Words | None
    is_own: bool


@dataclass(frozen=True)
class JournalPage:
    """One page of what happened, the latest first."""

    events: tuple[EventLine, ...]
    pages: Pagination


@page(SIGNED_IN, "GET /moi/compte/journal", "my_journal")
def my_journal(visit: Visit) -> Show:
    """What happened to my account."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = account_events(visit.db, visit.me.id, visit.now - SHOWN, pages.offset, pages.per_page)
    return Show("account/journal.html", JournalPage(tuple(_line(one) for one in found), Pagination(number, total)))


def _line(event: AccountEvent) -> EventLine:
    return EventLine(LABELS[AccountFact(event.kind)], Moment(event.at, ZONE), _more(event.detail), event.is_own)


def _more(detail: dict[str, int | str]) -> Words | None:
    if "right" in detail:
        return RIGHTS[Right(detail["right"])]
    if "device" in detail:
        return say("%(provider)s, %(device)s", provider=detail["provider"], device=device_words(str(detail["device"])))
    return say("%(provider)s", provider=detail["provider"]) if "provider" in detail else None
