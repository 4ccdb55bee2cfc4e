"""What the links of an alert's letters open: pages with one button, for whoever reads that address."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.account.letters import ZONE
from sprint.alerts.actions import confirm_alert, give_up
from sprint.alerts.letters import CONFIRM, STOP
from sprint.alerts.queries import AlertView, alert_called
from sprint.alerts.rules import CONFIRMING_LASTS, confirming
from sprint.web.audience import ANYONE
from sprint.web.page import Go, Plain, Show, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say


@dataclass(frozen=True)
class LinkPage:
    """One address, or none any more; `over`: why the link confirms nothing."""

    token: str
    alert: AlertView | None
    until: Moment | None = None
    over: Words | None = None


@page(ANYONE, "GET /prevenir/confirmer/{alert:key}", "alert_link", is_discreet=True)
def alert_link(visit: Visit, alert: str) -> Show:
    """What the letter opens. It changes nothing: programs that look at mail open links too."""
    found = alert_called(visit.db, _sealed(visit, CONFIRM, alert))
    reasons = [] if found and found.is_confirmed else confirming(found.asked_at if found else None, visit.now)
    until = Moment(found.asked_at + CONFIRMING_LASTS, ZONE) if found else None
    return Show("alerts/confirming.html", LinkPage(alert, found, until, reasons[0].words if reasons else None))


@page(ANYONE, "POST /prevenir/confirmer/{alert:key}", "confirm_alert", shows="alert_link", is_discreet=True)
def confirm(visit: Visit, alert: str) -> Go:
    """Tell this address."""
    confirm_alert(visit.db, _sealed(visit, CONFIRM, alert), visit.now)
    return Go("alert_link", {"alert": alert})


@page(ANYONE, "GET /prevenir/arret/{stopped_alert:key}", "alert_stop", is_discreet=True)
def alert_stop(visit: Visit, stopped_alert: str) -> Show:
    """The way out that each letter holds; it changes nothing by itself."""
    return Show(
        "alerts/stopping.html", LinkPage(stopped_alert, alert_called(visit.db, _sealed(visit, STOP, stopped_alert)))
    )


@page(ANYONE, "POST /prevenir/arret/{stopped_alert:key}", "stop_alert", shows="alert_stop", is_discreet=True)
def stop(visit: Visit, stopped_alert: str) -> Go | Plain:
    """Forget this address. A mail program that posts its one click wants no page, and follows none (RFC 8058, 3.1)."""
    give_up(visit.db, _sealed(visit, STOP, stopped_alert), visit.now)
    if visit.data.get("List-Unsubscribe") == "One-Click":
        return Plain("", "text/plain")
    return Go("alert_stop", {"stopped_alert": stopped_alert}, says=say("C’est fait : cette adresse est effacée."))


def _sealed(visit: Visit, purpose: str, token: str) -> int:
    """The number of the alert that a token of this site is over, else 404. It may be gone: numbers serve once."""
    key = sealed_key(token)
    if key is None or not is_sealed(visit.settings, purpose, key, 0, token):
        raise HTTPException(404)
    return key
