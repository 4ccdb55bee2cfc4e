"""Rights that wait for a second factor: what is asked, and the way on."""

from dataclasses import dataclass

from sprint.sessions import beginning_of
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit, local_path


@dataclass(frozen=True)
class SecondFactorPage:
    """With which provider one signed in, and where one was going."""

    provider: str
    back_to: str


@page(SIGNED_IN, "GET /moi/second-facteur", "second_factor")
def second_factor(visit: Visit) -> Show | Go:
    """Sign in again, with a second factor."""
    back_to = local_path(visit.request.query_params.get("retour", ""))
    if visit.asleep is None:
        return Go("mine", address=back_to)
    provider = beginning_of(visit.db, visit.session_id or 0).provider
    return Show("account/second_factor.html", SecondFactorPage(provider, back_to))
