"""Saying where one works, for organisers to vouch for it."""

from dataclasses import dataclass

from sprint.account.actions import declare_employer
from sprint.account.forms import EmployerForm
from sprint.account.queries.employers import declared_by, relayed_organisations
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import say


@dataclass(frozen=True)
class EmployerPage:
    """What I declared, and the form."""

    declared: str | None
    form: EmployerForm
    relayed: tuple[tuple[str, str], ...]
    """The organisations that have a relay, by number and name."""


@page(SIGNED_IN, "GET /moi/employeur", "my_employer")
def my_employer(visit: Visit) -> Show:
    """Where I say I work."""
    form = visit.form if isinstance(visit.form, EmployerForm) else EmployerForm()
    relayed = tuple((str(key), name) for key, name in relayed_organisations(visit.db, visit.now))
    return Show("account/employer.html", EmployerPage(declared_by(visit.db, visit.me.id), form, relayed))


@page(SIGNED_IN, "POST /moi/employeur", "declare_my_employer", shows="my_employer")
def declare_my_employer(visit: Visit) -> Go:
    """Declare my employer, another one, or none any more."""
    form = valid(EmployerForm(Posted(visit.data)))
    relayed = {str(key): (key, name) for key, name in relayed_organisations(visit.db, visit.now)}
    chosen, name = relayed.get(form.organisme.data or "", (None, form.nom.data))
    declare_employer(visit.db, visit.me.id, name, visit.now, chosen)
    if chosen:
        return Go("my_account", says=say("Le relais de %(name)s a votre déclaration.", name=name))
    says = say("L’organisation du sprint a votre déclaration.") if name else say("Déclaration retirée.")
    return Go("my_account", says=says)
