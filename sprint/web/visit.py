"""A visit: who asks, when, in which language, through which door."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from wtforms import Form

from sprint.database import Database
from sprint.kept import KeptValues
from sprint.people.rules import Member
from sprint.refusal import Refusal
from sprint.settings import Settings

Value = TypeVar("Value")
Asked = TypeVarTuple("Asked")
FormType = TypeVar("FormType", bound=Form)


@dataclass(frozen=True)
class Flash:
    """A sentence said once, on the page one was sent to."""

    text: str


@dataclass(frozen=True)
class Chrome:
    """What the header needs of the features: the edition its links lead to."""

    edition: str | None = None
    has_past_editions: bool = False
    good_until: datetime | None = None
    """The next moment when an edition opens, closes, or begins another day: until then pages say the same."""


@dataclass
class Visit:
    """What a page knows of the request. `db` is the door the frame opened, for reading or for writing."""

    request: Request
    settings: Settings
    database: Database
    db: Session
    now: datetime
    language: str
    theme: str
    member: Member | None = None
    asleep: Member | None = None
    """The same person with all their rights, when some of them wait for a second factor."""
    session_id: int | None = None
    session_token: str = ""
    data: FormData = field(default_factory=FormData)
    refusals: tuple[Refusal, ...] = ()
    form: Form | None = None
    """As it was sent: for a POST whose route declares one, and for the page shown again when it does not hold."""
    flash: Flash | None = None
    chrome: Chrome = field(default_factory=Chrome)
    shown_at: str = ""
    """Where the page shown lives, when it is not where the request went: a refused POST shows another address."""
    values: KeptValues | None = None
    version: int = 0
    gathered: Any = None
    """What the route's `gathers` made, before the writing door was opened."""
    draw: Callable[[Any], Any] | None = None
    """For what a route `gathers`: makes the page that a POST hands out, before the writing door is opened."""
    own: Any = None
    """What the route's `own` gave: what the page depends on beside the address, the data, the time and the rights."""
    token: str = ""
    """What `once` gave, when it was asked: the page holds something made for this visit alone."""

    def kept(self, query: Callable[[Session, *Asked], Value], *asked: *Asked) -> Value:
        """What `query(db, *asked)` gives, kept until the data change. For frozen values that are nobody's own."""
        if self.values is None:
            return query(self.db, *asked)
        return self.values.of(self.version, self.now, query, self.db, asked)

    @property
    def me(self) -> Member:
        """The person at hand, where the audience says that there is one."""
        if self.member is None:
            raise LookupError("this route admits people who are not signed in")
        return self.member

    def sent(self, kind: type[FormType]) -> FormType:
        """The form that the route declares, when it holds; else Invalid, with which the frame shows its page again (422)."""
        if not isinstance(self.form, kind):
            raise TypeError(f"this route declares no {kind.__name__}")
        if self.form.errors:
            raise Invalid(self.form)
        return self.form

    @property
    def path(self) -> str:
        """The address asked for, without the language."""
        return self.shown_at or self.request.scope["path"].removeprefix(self.request.scope.get("root_path", "")) or "/"

    def once(self) -> str:
        """A token for the forms of a page that create something: the same form sent twice creates it once."""
        self.token = self.token or secrets.token_urlsafe(16)
        return self.token

    def in_language(self, language: str) -> str:
        """The address of this page in a language. Without its question: a header outside a swapped block stays true."""
        return ("" if language == "fr" else f"/{language}") + self.path

    @property
    def here(self) -> str:
        """This page's own address."""
        return self.in_language(self.language)

    @property
    def local_address(self) -> str:
        """This page's own address with its question, to come back to exactly here."""
        query = self.request.url.query
        return self.here + (f"?{query}" if query else "")


class Invalid(Exception):
    """A form that does not hold: the frame shows its page again with everything typed, 422."""

    status = 422

    def __init__(self, form: Form) -> None:
        super().__init__("invalid form")
        self.form = form


class Tried(Invalid):
    """A form sent to see what it would give: its page is shown again with everything typed, and nothing is changed."""

    status = 200


def local_path(address: str) -> str:
    """`address` if it leads to a page of this site, else nothing: never a redirect to elsewhere."""
    # One slash and no backslash: whatever follows, browsers and `urlsplit` take it for a path.
    fits = address.startswith("/") and not address.startswith("//")
    return address if fits and address.isprintable() and "\\" not in address and len(address) <= 500 else ""
