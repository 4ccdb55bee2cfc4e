"""Vouching for where people work: for those whose administration has no ProConnect."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.account.actions import decline_employer, vouch_for_employer
from sprint.account.forms import VouchingForm
from sprint.account.queries import Declared, declared_employers
from sprint.account.rules import ATTESTED_LASTS
from sprint.web.audience import ENTRUSTING
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
    wrong: tuple[tuple[str, str], ...]


@page(ENTRUSTING, "GET /organisation/employeurs", "employers")
def employers(visit: Visit) -> Show:
    """What people declared."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = declared_employers(visit.db, pages.offset, pages.per_page)
    errors = visit.form.errors if visit.form is not None else {}
    wrong = tuple(("declares", str(messages[0])) for messages in errors.values())
    latest = visit.now.date() + ATTESTED_LASTS
    return Show("account/employers.html", EmployersPage(tuple(found), Pagination(number, total), latest, wrong))


@page(ENTRUSTING, "POST /organisation/employeurs/{declared:int}/attestation", "vouch_employer", shows="employers")
def vouch_employer(visit: Visit, declared: int) -> Go:
    """Stand for an employer that somebody declared."""
    form = valid(VouchingForm(Posted(visit.data)))
    until = date.fromisoformat(form.fin.data)
    if declared.bit_length() > 31 or not vouch_for_employer(
        visit.db, declared, visit.me.id, form.nom.data, until, visit.now, is_public=form.public.data
    ):
        raise HTTPException(404)
    return Go("employers", says=say("Employeur attesté : les parcours réservés lui sont ouverts s’il est public."))


@page(ENTRUSTING, "POST /organisation/employeurs/{declared:int}/refus", "decline_declared", shows="employers")
def decline_declared(visit: Visit, declared: int) -> Go:
    """Not stand for it."""
    if declared.bit_length() > 31 or not decline_employer(visit.db, declared, visit.me.id, visit.now):
        raise HTTPException(404)
    return Go("employers", says=say("Déclaration écartée : la personne peut en faire une autre."))
