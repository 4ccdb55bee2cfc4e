"""One's account: how one signs in, one more way of doing so, one less."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.account.actions import unlink_identity
from sprint.account.pages.offers import brand_of, brands_of
from sprint.account.providers import configured
from sprint.account.queries import ContactAddress, WayIn, contact_of, ways_in_of
from sprint.account.queries.employers import Employer, declared_by, employers_of
from sprint.account.rules import SOURCES, is_fresh
from sprint.account.rules.email_links import EMAIL_PROVIDER
from sprint.people.rules import covers
from sprint.sessions import beginning_of
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

ZONE = "Europe/Paris"
"""No edition is at hand here to give its own."""


@dataclass(frozen=True)
class WayInLine:
    """One way of signing in; `called` is the account's name there, when it has one people would recognise."""

    way: WayIn
    title: Words
    called: str
    since: Moment


@dataclass(frozen=True)
class EmployerLine:
    """One employer, who says so, and whether it is one today."""

    employer: Employer
    source: Words
    is_live: bool


@dataclass(frozen=True)
class MyAccountPage:
    """Where I am written to, where I work, and how I sign in.

    `is_fresh`: I showed lately enough that it is me; else `again` names the provider to do so with.
    """

    contact: ContactAddress
    employers: tuple[EmployerLine, ...]
    declared: str | None
    ways: tuple[WayInLine, ...]
    offers: tuple[tuple[str, Words], ...]
    is_fresh: bool
    again: str


@page(SIGNED_IN, "GET /moi/compte", "my_account")
def my_account(visit: Visit) -> Show:
    """My account."""
    offers = [provider.name for provider in configured(visit.settings)]
    brands = brands_of(visit.settings)
    begun = beginning_of(visit.db, visit.session_id or 0)
    lines = tuple(_line(way, brands) for way in ways_in_of(visit.db, visit.me.id))
    usable = {EMAIL_PROVIDER, *offers} if visit.settings.email_links else set(offers)
    names = {line.way.provider for line in lines if line.way.provider in usable}
    again = begun.provider if begun.provider in usable else min(names, default="")
    shown = MyAccountPage(
        contact_of(visit.db, visit.me.id, visit.now),
        tuple(
            EmployerLine(one, SOURCES[one.source], covers(one.since_on, one.until_on, visit.now.date()))
            for one in employers_of(visit.db, visit.me.id)
        ),
        declared_by(visit.db, visit.me.id),
        lines,
        tuple((name, brand_of(name, brands)) for name in offers),
        is_fresh(begun.at, visit.now),
        again,
    )
    return Show("account/my_account.html", shown)


def _line(way: WayIn, brands: dict[str, Words]) -> WayInLine:
    called = way.subject if way.provider == EMAIL_PROVIDER else way.login or ""
    return WayInLine(way, brand_of(way.provider, brands), called, Moment(way.linked_at, ZONE))


@page(SIGNED_IN, "POST /moi/compte/moyens/{way:int}/retrait", "remove_way_in", shows="my_account")
def remove_way_in(visit: Visit, way: int) -> Go:
    """Sign in no more with one of my accounts elsewhere."""
    if way.bit_length() > 31 or not unlink_identity(visit.db, visit.me.id, way, visit.session_id or 0, visit.now):
        raise HTTPException(404)
    return Go(
        "my_account", says=say("Ce moyen de connexion est retiré ; les appareils qui l’utilisaient sont déconnectés.")
    )
