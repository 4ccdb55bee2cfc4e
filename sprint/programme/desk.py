"""Who may do what: rights given, confirmed and taken back by those who may, each with its Fact."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from sprint.account.actions import confirm_grant, entrust, relieve
from sprint.account.queries import GrantLine, accounts_called, grants_seen_by, sees_grant
from sprint.account.queries.employers import organisation_called, organisation_names
from sprint.account.rules import RIGHTS, seconding
from sprint.people.rules import GIVES
from sprint.people.tables import Right, Scope
from sprint.programme.forms import RightForm
from sprint.programme.queries import EditionView, editions
from sprint.refusal import Refusal, Refused
from sprint.web.audience import ENTRUSTING
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

ZONE = "Europe/Paris"
"""Rights belong to no edition: their days are those of Paris."""


@dataclass(frozen=True)
class RightLine:
    """One right; `may_confirm` and `may_remove` say which buttons the person has."""

    grant: GrantLine
    right: Words
    over: Words
    until: Moment | None
    may_confirm: bool
    may_remove: bool


@dataclass(frozen=True)
class RightsPage:
    """The rights one may give, confirm or take back, waiting ones first, and the form."""

    lines: tuple[RightLine, ...]
    rights: tuple[tuple[str, Words], ...]
    scopes: tuple[tuple[str, Words], ...]
    pages: Pagination
    form: RightForm
    wrong: tuple[tuple[str, str], ...]
    """Each field of the form with what is wrong with it."""


@page(ENTRUSTING, "GET /organisation/droits", "rights")
def rights(visit: Visit) -> Show:
    """Who may do what."""
    number = asked_page(visit.request.query_params.get("page"))
    pages = Pagination(number, 0)
    total, found = grants_seen_by(visit.db, visit.me, visit.now, pages.offset, pages.per_page)
    known = {view.id: view for view in visit.kept(editions)}
    relayed = [one.scope_id for one in found if one.scope_kind is Scope.ORGANISATION and one.scope_id is not None]
    names = organisation_names(visit.db, relayed)
    form = visit.form if isinstance(visit.form, RightForm) else RightForm()
    shown = RightsPage(
        tuple(_line(visit, one, known, names) for one in found),
        tuple((right.value, RIGHTS[right]) for right in _givable(visit, known)),
        _scopes(visit, known),
        Pagination(number, total),
        form,
        tuple((name, str(messages[0])) for name, messages in form.errors.items()),
    )
    return Show("programme/rights.html", shown)


def _line(visit: Visit, one: GrantLine, known: dict[int, EditionView], names: dict[int, str]) -> RightLine:
    over = known[one.scope_id].name if one.scope_kind is Scope.EDITION and one.scope_id in known else ""
    over = names.get(one.scope_id or 0, "") if one.scope_kind is Scope.ORGANISATION else over
    return RightLine(
        one,
        RIGHTS[one.right],
        say("%(edition)s", edition=over) if over else say("tout le site"),
        Moment(one.until_at - timedelta(seconds=1), ZONE) if one.until_at else None,
        one.waits and not seconding(visit.me, one.person_id, one.given_by),
        GIVES[one.right](visit.me, one.scope_kind, one.scope_id),
    )


def _givable(visit: Visit, known: dict[int, EditionView]) -> list[Right]:
    """The rights the person may give over something of this page."""
    over: list[tuple[Scope, int | None]] = [(Scope.EVERYTHING, None), *((Scope.EDITION, key) for key in known)]
    offered = (Right.ORGANISER, Right.RECRUITER, Right.ADMINISTRATOR, Right.RELAY)
    return [right for right in offered if any(GIVES[right](visit.me, kind, key) for kind, key in over)]


def _scopes(visit: Visit, known: dict[int, EditionView]) -> tuple[tuple[str, Words], ...]:
    mine = [view for view in known.values() if GIVES[Right.ORGANISER](visit.me, Scope.EDITION, view.id)]
    return (("site", say("tout le site")), *((str(view.id), say("%(edition)s", edition=view.name)) for view in mine))


@page(ENTRUSTING, "POST /organisation/droits", "give_right", shows="rights")
def give_right(visit: Visit) -> Go:
    """Entrust somebody who has an account; a recruiter's right waits for a second person."""
    form = valid(RightForm(Posted(visit.data)))
    person_id, (kind, over) = _person(visit, form.adresse.data), _over(visit, form)
    if kind is Scope.EDITION and over not in {view.id for view in visit.kept(editions)}:
        raise HTTPException(404)
    until = _end_of(form.last_day) if form.last_day else None
    entrust(visit.db, visit.me, person_id, form.right, kind, over, until, visit.now)
    waits = form.right is Right.RECRUITER
    says = say("Droit donné : une autre personne doit le confirmer.") if waits else say("Droit donné.")
    return Go("rights", says=says)


def _over(visit: Visit, form: RightForm) -> tuple[Scope, int | None]:
    if form.right is not Right.RELAY:
        return form.scope
    found = organisation_called(visit.db, form.organisme.data)
    if found is None:
        words = say("aucun organisme connu n’a ce nom : attestez d’abord l’employeur d’une personne qui y travaille")
        raise Refused(Refusal("no_organisation", words))
    return Scope.ORGANISATION, found


def _person(visit: Visit, address: str) -> int:
    """Whoever has this address, proven: nobody is entrusted who never came."""
    found = [account for account in accounts_called(visit.db, address) if account.email]
    if len(found) != 1 or "@" not in address:
        words = (
            say("plusieurs comptes ont cette adresse : la personne doit en choisir une autre pour l’un d’eux")
            if len(found) > 1
            else say("aucun compte n’a cette adresse : la personne doit d’abord se connecter une fois")
        )
        raise Refused(Refusal("no_account", words))
    return found[0].id


def _end_of(last_day: date) -> datetime:
    """The end of a day; far enough ahead, a right without end."""
    after = min(last_day, date(9000, 1, 1)) + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(ZONE))


@page(ENTRUSTING, "POST /organisation/droits/{grant:int}/confirmation", "confirm_right", shows="rights")
def confirm_right(visit: Visit, grant: int) -> Go:
    """Stand for a right that somebody else gave."""
    _seen(visit, grant)
    if not confirm_grant(visit.db, visit.me, grant, visit.now):
        raise HTTPException(404)
    return Go("rights", says=say("Droit confirmé : il compte dès maintenant."))


@page(ENTRUSTING, "POST /organisation/droits/{grant:int}/retrait", "take_right", shows="rights")
def take_right(visit: Visit, grant: int) -> Go:
    """Take a right back; the person is signed out everywhere."""
    _seen(visit, grant)
    if not relieve(visit.db, visit.me, grant, visit.now):
        raise HTTPException(404)
    return Go("rights", says=say("Droit retiré : la personne est déconnectée partout."))


def _seen(visit: Visit, grant: int) -> None:
    """What one does not see is not there."""
    if grant.bit_length() > 31 or not sees_grant(visit.db, visit.me, grant, visit.now):
        raise HTTPException(404)
