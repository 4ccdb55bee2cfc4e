"""`@page`: declares what a function answers, to whom and where. A page shows or goes; it never commits."""

import inspect
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import ModuleType
from typing import Any, TypeVar

from starlette.convertors import Convertor, IntegerConvertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.responses import Response
from wtforms import Form

from sprint.web.audience import Audience
from sprint.web.forms import Posted
from sprint.words import Words

EDITION = r"[a-z0-9-]*20[0-9]{2}[a-z0-9-]*"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
KEY = r"[A-Za-z0-9_-]+"


class _Text(Convertor[str]):
    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Number(IntegerConvertor):
    """The id of a row. Nine digits: what no engine keeps is in no table, and would be an error of the driver."""

    regex = "[0-9]{1,9}"


register_url_convertor("int", _Number())

# `.ics` and other endings never match a slug, and nothing but an edition holds a year: no address can mean two things.
for _name, _regex in (("edition", EDITION), ("slug", SLUG), ("key", KEY)):
    register_url_convertor(_name, type(f"{_name.title()}Convertor", (_Text,), {"regex": _regex})())


@dataclass(frozen=True)
class Show:
    """Show a page: the template gets `page` (a frozen dataclass) and nothing it must not show."""

    template: str
    page: object
    status: int = 200
    good_until: datetime | None = None
    """When the page would say something else without any change of data, if sooner than the header (for kept pages)."""


@dataclass(frozen=True)
class Go:
    """Go to a page (303), perhaps with a sentence to say there once."""

    name: str
    params: Mapping[str, object] = field(default_factory=dict)
    says: Words | None = None
    cookies: tuple["SetCookie", ...] = ()
    anchor: str = ""
    question: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    """A local address that takes the place of `name` (where one came from); already checked."""


@dataclass(frozen=True)
class Plain:
    """An answer that is no page: a text, a calendar, a health check."""

    body: str | bytes
    media_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SetCookie:
    """A cookie to set; an empty value deletes it."""

    name: str
    value: str
    seconds: int | None = None


Answer = Show | Go | Plain

Own = tuple[()] | Callable[..., Hashable]
"""What of a page is one's own beside one's name: nothing, or what a function of the visit and the arguments reads."""


DISCREET = {"X-Robots-Tag": "noindex", "Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
"""For pages of which nothing may stay anywhere, not even their address."""


@dataclass(frozen=True)
class RouteSpec:
    """One declared route. `shows` names the page shown again when a POST is refused; `writes` marks a GET that writes.

    `is_discreet`: each of its answers, refusals and errors too, carries the headers DISCREET.

    `kept`: what strangers are shown depends on the address, the data and the time alone, so that it may be shown again.

    `own`: for a page that is the same for all members with the same rights, and made once for each state of the data: nothing,
    or the function that reads what else it depends on, which the page's function then finds in `visit.own`. None: all of the
    page may be one's own.

    `gathers` makes, behind a reading door, what a POST hands out; the function then finds it in `visit.gathered`. Nobody who
    writes waits for a long list, and nothing is noted of one that could not be made.

    `limited` names what is tried by sending this form: how often, `limits` says.

    `form` is read before the writing door opens, where others wait; the function asks for it by `visit.sent`.
    """

    method: str
    path: str
    name: str
    audience: Audience
    function: Callable[..., Any]
    shows: str = ""
    writes: bool = False
    is_discreet: bool = False
    kept: bool = False
    own: Own | None = None
    gathers: Callable[..., Any] | None = None
    limited: str = ""
    form: type[Form] | None = None

    def read(self, data: FormData) -> Form | None:
        """The form of the route as it was sent, with its errors."""
        if self.form is None:
            return None
        read = self.form(Posted(data))
        read.validate()
        return read

    def dressed(self, response: Response) -> Response:
        """The answer with the headers the route wants on all of them."""
        response.headers.update(DISCREET if self.is_discreet else {})
        return response

    @property
    def is_async(self) -> bool:
        return inspect.iscoroutinefunction(self.function)

    @cached_property
    def _form(self) -> str:
        return re.sub(r"\{(\w+)(?::\w+)?\}", r"{\1}", self.path)

    def address(self, params: Mapping[str, object]) -> str:
        """The path with its parameters, without language; raises KeyError when one is missing."""
        return self._form.format_map(params)


Function = TypeVar("Function", bound=Callable[..., Any])


def page(
    audience: Audience,
    where: str,
    name: str,
    *,
    shows: str = "",
    writes: bool = False,
    is_discreet: bool = False,
    kept: bool = False,
    own: Own | None = None,
    gathers: Callable[..., Any] | None = None,
    limited: str = "",
    form: type[Form] | None = None,
) -> Callable[[Function], Function]:
    """Declare a route: `where` is "GET /path" or "POST /path", `name` is what links call it."""
    if not isinstance(audience, Audience):
        raise TypeError(f"{where}: a route says first whom it is for")
    method, path = where.split(" ")
    if method not in ("GET", "POST") or (method == "POST") != bool(shows) or (writes and method != "GET"):
        raise ValueError(f"{where}: a POST names the page that shows its refusal, a GET does not")
    if form is not None and method != "POST":
        raise ValueError(f"{where}: a form is sent, not asked for")
    if limited and method != "POST":
        raise ValueError(f"{where}: only what is sent is limited")
    if kept and (method != "GET" or writes or is_discreet or not audience.admits(None)):
        raise ValueError(f"{where}: only what strangers may read is kept")
    if gathers is not None and method != "POST":
        raise ValueError(f"{where}: a GET reads all it needs by itself")

    def declare(function: Function) -> Function:
        function.__dict__["route_spec"] = RouteSpec(
            method, path, name, audience, function, shows, writes, is_discreet, kept, own, gathers, limited, form
        )
        return function

    return declare


def routes_of(module: ModuleType) -> list[RouteSpec]:
    """The routes declared in a module, in their order of writing."""
    return [value.route_spec for value in vars(module).values() if hasattr(value, "route_spec")]
