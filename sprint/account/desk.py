"""Vouching for where people work: for those whose administration has no ProConnect."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.account.actions import decline_employer, vouch_for_employer
from sprint.account.forms import RelayForm, VouchingForm
from sprint.account.queries.employers import Declared, declared_employers, declared_for
from sprint.account.rules import ATTESTED_LASTS
from sprint.people.rules import MAY, Permission
from sprint.web.audience import VOUCHING
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import say


@dataclass(frozen=True)
class EmployersPage:
    """Employers that wait for somebody to vouch for them, the oldest first; `latest` is the last day one may vouch until."""

    declared: tuple[Declared, ...]
    pages: Pagination
    latest: date
    is_relay: bool
    """Whether one vouches for one's own organisation alone, under its name."""
    wrong: tuple[tuple[str, str], ...]


@page(VOUCHING, "GET /organisation/employeurs", "employers")
def employers(visit: Visit) -> Show:
    """What people declared."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = declared_employers(visit.db, visit.me, pages.offset, pages.per_page)
    errors = visit.form.errors if visit.form is not None else {}
    wrong = tuple(("declares", str(messages[0])) for messages in errors.values())
    latest = visit.now.date() + ATTESTED_LASTS
    return Show(
        "account/employers.html",
        EmployersPage(tuple(found), Pagination(number, total), latest, not _entrusts(visit), wrong),
    )


@page(VOUCHING, "POST /organisation/employeurs/{declared:int}/attestation", "vouch_employer", shows="employers")
def vouch_employer(visit: Visit, declared: int) -> Go:
    """Stand for an employer that somebody declared."""
    _seen(visit, declared)
    form = valid((VouchingForm if _entrusts(visit) else RelayForm)(Posted(visit.data)))
    until = date.fromisoformat(form.fin.data)
    name, is_public = (form.nom.data, form.public.data) if isinstance(form, VouchingForm) else ("", False)
    if not vouch_for_employer(visit.db, declared, visit.me.id, name, until, visit.now, is_public=is_public):
        raise HTTPException(404)
    return Go("employers", says=say("Employeur attesté : les parcours réservés lui sont ouverts s’il est public."))


@page(VOUCHING, "POST /organisation/employeurs/{declared:int}/refus", "decline_declared", shows="employers")
def decline_declared(visit: Visit, declared: int) -> Go:
    """Not stand for it."""
    _seen(visit, declared)
    if not decline_employer(visit.db, declared, visit.me.id, visit.now):
        raise HTTPException(404)
    return Go("employers", says=say("Déclaration écartée : la personne peut en faire une autre."))


def _entrusts(visit: Visit) -> bool:
    return MAY[Permission.ENTRUST](visit.me)


def _seen(visit: Visit, declared: int) -> None:
    """What one may not vouch for is not there."""
    if declared.bit_length() > 31 or not declared_for(visit.db, visit.me, declared):
        raise HTTPException(404)
