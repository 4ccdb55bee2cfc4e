"""The HTTP answer for what a page gave: a page or one block of it, a way to go, a text, an error page."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sprint import languages
from sprint.kept import Kept
from sprint.web.body import Failed
from sprint.web.cookies import FLASH, Jar
from sprint.web.errors import ErrorPage
from sprint.web.links import Links
from sprint.web.page import Answer, Go, Plain, RouteSpec, SetCookie, Show
from sprint.web.skeletons import Skeletons, may_share, skeleton_of
from sprint.web.templates import Templates
from sprint.web.visit import Chrome, Flash, Visit

FLASH_SECONDS = 300
PRIVATE = {"Cache-Control": "private, no-store"}

Furnish = Callable[[Visit], Chrome]
"""Gives what the header needs of the features."""


class Answers:
    """Renders and redirects. `furnish` is asked for each page, never for a redirect."""

    def __init__(self, links: Links, jar: Jar, furnish: Furnish) -> None:
        self.links, self.jar, self.furnish = links, jar, furnish
        self.templates = Templates(links)
        self._skeletons = Skeletons()

    def to(self, visit: Visit, answer: Answer, spec: RouteSpec | None = None) -> Response:
        """The HTTP answer for what a page gave; `spec` when it is the page of its own route, which others may share."""
        if isinstance(answer, Go):
            return self.go(answer)
        if isinstance(answer, Plain):
            return _plain(answer)
        return self._show(visit, answer, spec)

    def settled(self, answer: Go | Plain) -> Callable[[], Response]:
        """The answer of a POST, to be made once others no longer wait: its address is known and its sentence said, so that nothing
        of it fails after the commit. Raises Failed for one that commits nothing.
        """
        if isinstance(answer, Go):
            address = answer.address or self.links.address(
                answer.name, answer.params, anchor=answer.anchor, question=dict(answer.question)
            )
            says = languages.speak(answer.says) if answer.says is not None else ""
            return partial(self._redirect, address, answer.cookies, says)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise Failed(_plain(answer))
        return partial(_plain, answer)

    def shared(self, visit: Visit, spec: RouteSpec) -> Response | None:
        """The page that another member was shown who has the same rights and, as far as this page cares, the same of their own."""
        if not may_share(visit, spec):
            return None
        if callable(spec.own):
            visit.own = spec.own(visit, **visit.request.path_params)
        skeleton = self._skeletons.find(visit, spec)
        return None if skeleton is None else HTMLResponse(skeleton.filled(visit), headers=_headers(visit))

    def _show(self, visit: Visit, answer: Show, spec: RouteSpec | None) -> Response:
        visit.chrome = self.furnish(visit)
        target = hx_target(visit.request)
        values: dict[str, object] = {"page": answer.page, "visit": visit}
        headers = _headers(visit)
        html = self.templates.block(answer.template, target, values) if target.isidentifier() else None
        if html is None:
            shared = spec is not None and answer.status == HTTPStatus.OK and may_share(visit, spec)
            html = self._filled(visit, answer, spec) if shared else self.templates.page(answer.template, values)
            if target:
                headers |= WHOLE_PAGE
        response = HTMLResponse(html, answer.status, headers)
        if visit.flash is not None:
            self.jar.set(response, SetCookie(FLASH, ""))
        return response

    def drawn(self, visit: Visit, show: Show) -> Plain:
        """A whole page that a POST hands out: made once, kept nowhere."""
        visit.chrome = self.furnish(visit)
        html = self.templates.page(show.template, {"page": show.page, "visit": visit})
        headers = {"Content-Language": visit.language, **PRIVATE}
        return Plain(html, "text/html; charset=utf-8", headers=headers)

    def _filled(self, visit: Visit, answer: Show, spec: RouteSpec) -> bytes:
        skeleton = skeleton_of(self.templates.called(answer.template), answer.page, visit)
        self._skeletons.keep(visit, spec, Kept.since(visit.now, visit.version, skeleton, good_until(visit, answer)))
        return skeleton.filled(visit)

    def go(self, go: Go) -> Response:
        """The redirect, with its cookies and what is to be said where it leads, in the current language."""
        return self.settled(go)()

    def _redirect(self, address: str, cookies: Iterable[SetCookie], says: str) -> Response:
        response = RedirectResponse(address, 303, headers=PRIVATE)
        said = [SetCookie(FLASH, self.jar.sign(FLASH, says), FLASH_SECONDS)] if says else []
        for cookie in (*cookies, *said):
            self.jar.set(response, cookie)
        return response

    def sign_in(self, request: Request, back_to: str, to: str = "sign_in") -> Response:
        """To the page where one signs in, or shows a second factor, and back to where one was."""
        address = self.links.to(to, question={"retour": back_to})
        if request.headers.get("hx-request"):
            # A fragment of a page whose session ended: the whole browser goes, the block is left as it was.
            return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address, **PRIVATE})
        return RedirectResponse(address, 303, headers=PRIVATE)

    def flash(self, request: Request) -> Flash | None:
        """The sentence to say once, if the last answer left one."""
        text = self.jar.unsign(FLASH, request.cookies.get(self.jar.name(FLASH), ""), FLASH_SECONDS)
        return Flash(text) if isinstance(text, str) else None

    def error(self, visit: Visit, status: int, headers: Mapping[str, str], *, with_chrome: bool) -> Response:
        """The page of an error; without the header's links when the database is what is wrong."""
        if with_chrome:
            visit.chrome = self.furnish(visit)
        page = ErrorPage.of(status, request_id(visit.request), visit.settings.contact)
        html = self.templates.page("layout/error.html", {"page": page, "visit": visit})
        whole = WHOLE_PAGE if visit.request.headers.get("hx-target") else {}
        return HTMLResponse(html, status, {**headers, **whole, "Cache-Control": "no-store"})


def _plain(answer: Plain) -> Response:
    return Response(answer.body, answer.status, dict(answer.headers), answer.media_type)


def _headers(visit: Visit) -> dict[str, str]:
    return {
        "Vary": "HX-Request, HX-Target, Cookie",
        "Content-Language": visit.language,
        "Cache-Control": PRIVATE["Cache-Control"] if visit.member else "no-cache",
    }


WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}
"""For htmx, which asked for a block that the page answered does not have."""


def good_until(visit: Visit, answer: Show) -> datetime | None:
    """When the page shown would say something else without any change of data."""
    return min((at for at in (answer.good_until, visit.chrome.good_until) if at is not None), default=None)


def hx_target(request: Request) -> str:
    """The block htmx asks for (it sends `tag#id`), or nothing."""
    headers = request.headers
    return headers.get("hx-target", "").rpartition("#")[2] if headers.get("hx-request") else ""


def request_id(request: Request) -> str:
    return str(request.scope["state"].get("request_id", "-"))
