"""My data: what is held of me, all of it to take away, and erasing it myself."""

from dataclasses import dataclass

from sprint import languages
from sprint.languages import typeset
from sprint.notices.render import ENVIRONMENT
from sprint.privacy.actions import erase, export
from sprint.privacy.forms import ErasureForm
from sprint.privacy.parcel import parcel
from sprint.privacy.queries import HeldRows, held_counts, held_rows
from sprint.privacy.register import Policy, register
from sprint.privacy.rules import ERASED, erasing
from sprint.refusal import Refused
from sprint.registrations.queries import held_by
from sprint.registrations.rules import Held
from sprint.sessions import Beginning, beginning_of
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.cookies import SESSION
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Plain, SetCookie, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say

PRIVATE = {"Cache-Control": "private, no-store"}


@dataclass(frozen=True)
class HeldLine:
    """One table: what it holds of me, how many times, how long, and what erasing does to it."""

    name: str
    data: str
    number: int
    lasts: tuple[Words, ...]
    erased: Words


@dataclass(frozen=True)
class MyDataPage:
    """What is held of me."""

    held: tuple[HeldLine, ...]


@page(SIGNED_IN, "GET /moi/donnees", "my_data")
def my_data(visit: Visit) -> Show:
    """What is held of me, in words."""
    return Show("privacy/my_data.html", MyDataPage(_held(visit)))


def _held(visit: Visit) -> tuple[HeldLine, ...]:
    counts = held_counts(visit.db, visit.me.id)
    return tuple(_line(policy, counts[policy.table]) for policy in register() if policy.table in counts)


def _line(policy: Policy, number: int) -> HeldLine:
    told, language = policy.told[languages.current()], languages.current()
    lasts = (_verbatim(told.lasts),) if told.lasts else tuple(span.words for span in policy.spans)
    erased = _verbatim(told.erasure) if told.erasure else ERASED[policy.erasure]
    return HeldLine(typeset(told.name, language), typeset(told.data, language), number, lasts, erased)


def _verbatim(text: str) -> Words:
    """What the register says itself, in the language of the page."""
    return say("%(it)s", it=typeset(text, languages.current()))


# --- taking it away


@dataclass(frozen=True)
class ExportPage:
    """The page of the parcel: it is read far from this site, so it is whole by itself."""

    language: str
    name: str
    tables: tuple[HeldRows, ...]


def my_parcel(visit: Visit) -> Plain:
    """Everything held of me, as one ZIP."""
    tables = held_rows(visit.db, visit.me.id)
    told = ExportPage(visit.language, visit.me.name, tuple(tables))
    readable = ENVIRONMENT.get_template("privacy/parcel.html").render(page=told)
    body = parcel(readable, [(one.feature, one.policy.table, one.rows) for one in tables], visit.now)
    name = f"sprint-{visit.now.date().isoformat()}.zip"
    return Plain(body, "application/zip", headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'})


@page(SIGNED_IN, "POST /moi/donnees/export", "export_my_data", shows="my_data", gathers=my_parcel)
def export_my_data(visit: Visit) -> Plain:
    """Hand me the parcel once it is written down that I took it."""
    export(visit.db, visit.me.id, visit.now)
    parcel_made: Plain = visit.gathered
    return parcel_made


# --- erasing


@dataclass(frozen=True)
class ErasurePage:
    """Exactly what erasing will do. Who did not sign in lately must do so again, with `provider`."""

    name: str
    coming: tuple[Held, ...]
    held: tuple[HeldLine, ...]
    is_recent: bool
    provider: str
    form: ErasureForm


@page(SIGNED_IN, "GET /moi/donnees/effacement", "my_erasure")
def my_erasure(visit: Visit) -> Show:
    """Before erasing: what will go, what will stay, and one box to tick."""
    begun = _begun(visit)
    form = visit.form if isinstance(visit.form, ErasureForm) else ErasureForm()
    coming = tuple(one for one in held_by(visit.db, visit.me.id) if one.on >= visit.now.date())
    is_recent = not erasing(begun.at, visit.now)
    return Show(
        "privacy/erasure.html", ErasurePage(visit.me.name, coming, _held(visit), is_recent, begun.provider, form)
    )


@page(SIGNED_IN, "POST /moi/donnees/effacement", "erase_me", shows="my_erasure")
def erase_me(visit: Visit) -> Go:
    """Erase my account, and be signed out of it."""
    valid(ErasureForm(Posted(visit.data)))
    refused = erasing(_begun(visit).at, visit.now)
    if refused:
        raise Refused(*refused)
    erase(visit.db, visit.me.id, visit.language, visit.now)
    return Go("erased", cookies=(SetCookie(SESSION, ""),))


def _begun(visit: Visit) -> Beginning:
    return beginning_of(visit.db, visit.session_id or 0)


@dataclass(frozen=True)
class ErasedPage:
    """The last page."""


@page(ANYONE, "GET /compte-efface", "erased")
def erased(visit: Visit) -> Show:
    """It is done."""
    return Show("privacy/erased.html", ErasedPage())
