"""Middleware around every answer: request id and log line, security headers, language, one host, cross-site refusal."""

import secrets
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sprint.languages import LANGUAGES
from sprint.settings import Settings, is_loopback
from sprint.web import measures

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
)
"""`form-action`: browsers follow no redirect of a form to elsewhere, so it names the providers one signs out at."""
SECURITY = {
    "Content-Security-Policy": CSP.format(form_action="'self'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000; includeSubDomains"
PROBED = frozenset({"/sante", "/metrics"})
"""Probes ask by address and follow no redirect."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
log = structlog.get_logger("sprint.access")


class RequestLog:
    """Outermost: names the request, and writes one line about it with the route's template, never its path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 500

        async def name_and_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, name_and_send)
        finally:
            seconds, route = time.perf_counter() - started, scope["state"].get("route", "-")
            measures.answered(scope["method"], route, status, seconds)
            milliseconds = round(seconds * 1000, 1)
            log.info("request", id=request_id, method=scope["method"], route=route, status=int(status), ms=milliseconds)


class SecurityHeaders:
    """Sets the headers every answer carries, unless the answer already chose stricter ones.

    `leaving`: the origins at which signing out may end, because a provider's own session ends there.
    """

    def __init__(self, app: ASGIApp, settings: Settings, leaving: Sequence[str] = ()) -> None:
        self.app = app
        policy = CSP.format(form_action=" ".join(("'self'", *leaving)))
        headers = (
            SECURITY
            | {"Content-Security-Policy": policy}
            | ({"Strict-Transport-Security": HSTS} if settings.is_https else {})
        )
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dress(message: Message) -> None:
            if message["type"] == "http.response.start":
                chosen = {name for name, _ in message["headers"]}
                missing = [header for header in self.headers if header[0] not in chosen]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        await self.app(scope, receive, dress if scope["type"] == "http" else send)


class OneHost:
    """On loopback, sends the browser to the host of the base URL: cookies set for `127.0.0.1` are not those of `localhost`."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.base, self.host = app, settings.base_url, settings.host
        self.active = settings.is_loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.active and scope["method"] in SAFE_METHODS:
            asked = urlsplit("//" + Headers(scope=scope).get("host", "")).hostname or ""
            if asked != self.host and is_loopback(asked) and scope["path"] not in PROBED:
                query = scope.get("query_string", b"").decode("latin-1")
                address = self.base + scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
                await RedirectResponse(address, 307)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class CrossSite:
    """Refuses what another site makes a browser send. Fetch Metadata decides, else Origin; with neither it is no browser."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: ASGIApp) -> None:
        self.app, self.origin, self.refuse = app, settings.base_url, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and self.is_foreign(Headers(scope=scope)):
            scope["state"]["route"] = "(cross-site)"
            await self.refuse(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def is_foreign(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in ("same-origin", "none")
        origin = headers.get("origin")
        return origin is not None and origin.rstrip("/") != self.origin


class Language:
    """`/en/…` is the same page in English: the prefix goes to root_path and the path stays whole."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            first = scope["path"].lstrip("/").partition("/")[0]
            scope["state"]["language"] = "fr"
            if first in LANGUAGES and first != "fr" and not scope["path"].startswith("//"):
                if scope["path"] == f"/{first}":
                    await RedirectResponse(f"/{first}/", 307)(scope, receive, send)
                    return
                scope = {**scope, "root_path": f"/{first}"}
                scope["state"]["language"] = first
        await self.app(scope, receive, send)
