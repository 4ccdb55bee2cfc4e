"""Asking to be told when registration opens: by an address, or with one click where the account has a proven one."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.account.forms import AddressForm
from sprint.account.queries import contact_of
from sprint.alerts.actions import alert_me, ask_alert, give_up_mine
from sprint.alerts.queries import is_awaited
from sprint.alerts.rules import asking, is_meant
from sprint.programme.queries import EditionView, current_edition, editions, seen_by
from sprint.refusal import Refusal, Refused
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

GIVEN_UP = say("C’est noté : vous ne serez pas prévenu·e.")


@dataclass(frozen=True)
class AlertPage:
    """Who would be told of what: of an edition (`is_named` in the address), or of the next one, which nobody knows yet.

    `account`: the proven address of whoever is signed in; `is_sent`: a form was sent, whatever became of it.
    """

    edition: EditionView | None
    is_named: bool
    opens: Moment | None
    reasons: tuple[Refusal, ...]
    form: AddressForm
    is_sent: bool
    account: str
    is_awaited: bool


@page(ANYONE, "GET /prevenir", "alert")
def alert(visit: Visit) -> Show:
    """Be told of the edition people mean when they name none, or of the one that comes after."""
    return _show(visit, _meant(visit), is_named=False)


@page(ANYONE, "GET /{edition:edition}/prevenir", "edition_alert")
def edition_alert(visit: Visit, edition: str) -> Show:
    """Be told of the edition in the address."""
    return _show(visit, _named(visit, edition), is_named=True)


def _show(visit: Visit, edition: EditionView | None, *, is_named: bool) -> Show:
    account = _proven(visit)
    opens_at = edition.calendar.opens_at if edition else None
    return Show(
        "alerts/asking.html",
        AlertPage(
            edition,
            is_named,
            Moment(opens_at, edition.calendar.zone) if edition and opens_at and opens_at > visit.now else None,
            tuple(_asking(visit, edition)),
            visit.form if isinstance(visit.form, AddressForm) else AddressForm(),
            visit.request.query_params.get("envoi") == "1" and visit.form is None,
            account,
            bool(account) and is_awaited(visit.db, visit.me.id, edition.id if edition else None),
        ),
    )


def _proven(visit: Visit) -> str:
    contact = contact_of(visit.db, visit.member.id, visit.now) if visit.member else None
    return contact.email if contact and contact.is_verified and contact.email else ""


def _meant(visit: Visit) -> EditionView | None:
    found = current_edition(seen_by(visit.kept(editions), None, visit.now), visit.now)
    return found if found and is_meant(found.calendar.phase(visit.now)) else None


def _named(visit: Visit, slug: str) -> EditionView:
    every = seen_by(visit.kept(editions), visit.member, visit.now)
    found = next((view for view in every if view.slug == slug), None)
    if found is None:
        raise HTTPException(404)
    return found


def _asking(visit: Visit, edition: EditionView | None) -> list[Refusal]:
    return asking(edition.calendar.phase(visit.now) if edition else None)


# --- what is posted


@page(ANYONE, "POST /prevenir", "ask_alert", shows="alert", limited="alert")
def ask(visit: Visit) -> Go:
    """Send a link to an address. The answer is the same whatever is known of it."""
    _ask(visit, _meant(visit))
    return Go("alert", question={"envoi": "1"})


@page(ANYONE, "POST /{edition:edition}/prevenir", "ask_edition_alert", shows="edition_alert", limited="alert")
def ask_edition(visit: Visit, edition: str) -> Go:
    """The same, for an edition."""
    _ask(visit, _named(visit, edition))
    return Go("edition_alert", {"edition": edition}, question={"envoi": "1"})


def _ask(visit: Visit, edition: EditionView | None) -> None:
    edition_id = _open_to(visit, edition)
    form = valid(AddressForm(Posted(visit.data)))
    ask_alert(visit.db, form.adresse.data, edition_id, visit.language, visit.now)


@page(SIGNED_IN, "POST /prevenir/moi", "alert_me", shows="alert")
def ask_for_me(visit: Visit) -> Go:
    """Tell me, at the address of my account: the page then says so by itself."""
    _tell_me(visit, _meant(visit))
    return Go("alert")


@page(SIGNED_IN, "POST /{edition:edition}/prevenir/moi", "alert_me_of_edition", shows="edition_alert")
def ask_for_me_of_edition(visit: Visit, edition: str) -> Go:
    """The same, for an edition."""
    _tell_me(visit, _named(visit, edition))
    return Go("edition_alert", {"edition": edition})


def _tell_me(visit: Visit, edition: EditionView | None) -> None:
    alert_me(visit.db, visit.me.id, _open_to(visit, edition), visit.language, visit.now)


@page(SIGNED_IN, "POST /prevenir/moi/retrait", "alert_me_no_more", shows="alert")
def give_up(visit: Visit) -> Go:
    """Do not tell me."""
    return Go("alert", says=_give_up(visit, _meant(visit)))


@page(SIGNED_IN, "POST /{edition:edition}/prevenir/moi/retrait", "alert_me_of_edition_no_more", shows="edition_alert")
def give_up_edition(visit: Visit, edition: str) -> Go:
    """The same, for an edition."""
    return Go("edition_alert", {"edition": edition}, says=_give_up(visit, _named(visit, edition)))


def _give_up(visit: Visit, edition: EditionView | None) -> Words:
    give_up_mine(visit.db, visit.me.id, edition.id if edition else None, visit.now)
    return GIVEN_UP


def _open_to(visit: Visit, edition: EditionView | None) -> int | None:
    """The number of the edition one may be told of. Raises Refused when there is nothing to wait for."""
    reasons = _asking(visit, edition)
    if reasons:
        raise Refused(*reasons)
    return edition.id if edition else None
