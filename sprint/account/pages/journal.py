"""What happened to one's account, for as long as it is known: sign-ins first of all, so that a stranger's does not go unseen."""

from dataclasses import dataclass

from sprint.account.facts import LABELS, AccountFact
from sprint.account.pages.offers import brand_of, brands_of
from sprint.account.queries import AccountEvent, account_events
from sprint.account.rules import RIGHTS, device_words, how_words
from sprint.journal import KEPT_MONTHS
from sprint.people.tables import Right
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

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
    months: int


@page(SIGNED_IN, "GET /moi/compte/journal", "my_journal")
def my_journal(visit: Visit) -> Show:
    """What happened to my account."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = account_events(visit.db, visit.me.id, pages.offset, pages.per_page)
    brands = brands_of(visit.settings)
    lines = tuple(_line(one, brands) for one in found)
    return Show("account/journal.html", JournalPage(lines, Pagination(number, total), KEPT_MONTHS))


def _line(event: AccountEvent, brands: dict[str, Words]) -> EventLine:
    more = _more(event.detail, brands)
    return EventLine(LABELS[AccountFact(event.kind)], Moment(event.at, ZONE), more, event.is_own)


def _more(detail: dict[str, int | str], brands: dict[str, Words]) -> Words | None:
    if "right" in detail:
        return RIGHTS[Right(detail["right"])]
    if "provider" not in detail:
        return None
    brand = brand_of(str(detail["provider"]), brands)
    if "device" not in detail:
        return brand
    how = how_words(brand, str(detail.get("amr", "")))
    return say("%(how)s, %(device)s", how=how, device=device_words(str(detail["device"])))
