"""What machines ask for: the map of the site, what robots leave alone, where to report a flaw, what is counted."""

import hmac
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from xml.sax.saxutils import quoteattr

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sprint.jobs import backlog
from sprint.languages import LANGUAGES
from sprint.programme.queries import editions, seen_by
from sprint.settings import Settings, is_loopback
from sprint.site.queries import track_addresses
from sprint.site.rules.map import ACCOUNT, DUTIES, EDITION, KEPT_FROM_ROBOTS, SITE, TRACK
from sprint.site.texts import security_contact
from sprint.web import measures
from sprint.web.audience import ANYONE
from sprint.web.page import Plain, page
from sprint.web.visit import Visit

KEPT_AN_HOUR = {"Cache-Control": "public, max-age=3600"}
GOOD_FOR = timedelta(days=180)
"""How long security.txt may be believed: RFC 9116 wants less than a year, and whoever copies it should look again."""
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What proxies add: its presence says that somebody else asks."""


def _one_language(visit: Visit) -> None:
    """Machines' files have no language: under `/en` there is nothing."""
    if visit.language != "fr":
        raise HTTPException(HTTPStatus.NOT_FOUND)


@page(ANYONE, "GET /sitemap.xml", "sitemap")
def sitemap(visit: Visit) -> Plain:
    """Every public page in each language, with its other languages beside it."""
    _one_language(visit)
    base = visit.settings.base_url
    urls = "".join(
        f"<url><loc>{base}{_in(language, path)}</loc>{_alternates(base, path)}</url>\n"
        for path in _public_paths(visit)
        for language in LANGUAGES
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{urls}</urlset>\n'
    )
    return Plain(body, "application/xml", headers=KEPT_AN_HOUR)


def _public_paths(visit: Visit) -> Iterator[str]:
    """The address of every public page, without its language. Slugs need no escape: their form is held by the database."""
    path_of = visit.request.app.url_path_for
    yield from (path_of(name) for name in (*SITE, *ACCOUNT, *DUTIES))
    tracks = track_addresses(visit.db)
    for view in seen_by(editions(visit.db), None, visit.now):
        yield from (path_of(name, edition=view.slug) for name in EDITION)
        yield from (path_of(TRACK, edition=view.slug, track=one.slug) for one in tracks if one.edition == view.slug)


def _in(language: str, path: str) -> str:
    return path if language == "fr" else f"/{language}{path}"


def _alternates(base: str, path: str) -> str:
    languages = {**{language: _in(language, path) for language in LANGUAGES}, "x-default": path}
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(base + other)}/>'
        for language, other in languages.items()
    )


@page(ANYONE, "GET /robots.txt", "robots")
def robots(visit: Visit) -> Plain:
    """What search engines are asked to leave alone; what is private is not shown to them anyway."""
    _one_language(visit)
    closed = [f"Disallow: {_in(language, path)}" for language in LANGUAGES for path in KEPT_FROM_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {visit.settings.base_url}/sitemap.xml"]
    return Plain("\n".join(lines) + "\n", "text/plain", headers=KEPT_AN_HOUR)


@page(ANYONE, "GET /.well-known/security.txt", "security_txt")
def security_txt(visit: Visit) -> Plain:
    """Where to report a flaw (RFC 9116). Without a contact there is no such file: none is invented."""
    _one_language(visit)
    contact = security_contact(visit.settings)
    if not contact:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    expires = (visit.now + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}Z",
        "Preferred-Languages: fr, en",
        f"Canonical: {visit.settings.base_url}/.well-known/security.txt",
    )
    return Plain("\n".join(lines) + "\n", "text/plain", headers=KEPT_AN_HOUR)


@page(ANYONE, "GET /metrics", "metrics")
def metrics(visit: Visit) -> Plain:
    """What is counted, for this machine or whoever has the token; for everybody else it does not exist."""
    _one_language(visit)
    if not may_read_metrics(visit.settings, visit.request):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Plain(measures.exposition(_readings(visit)), measures.MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def may_read_metrics(settings: Settings, request: Request) -> bool:
    """With a token set, whoever sends it; without one, only this machine, asked by its own name and through no proxy.

    A proxy on this machine comes from loopback too: it is known by what it adds, or by its old version of HTTP.
    """
    token = settings.metrics_token.get_secret_value()
    if token:
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    peer, asked = (request.client.host if request.client else ""), request.url.hostname or ""
    through_proxy = any(name in request.headers for name in FORWARDED) or request.scope.get("http_version") == "1.0"
    return is_loopback(peer) and is_loopback(asked) and not through_proxy


def _readings(visit: Visit) -> Iterator[measures.GaugeMetricFamily]:
    try:
        found = backlog(visit.db, visit.now)
    except (OperationalError, PoolTimeout):
        yield measures.reading("sprint_database_up", "Whether the database answers", {"": 0})
        return
    waited = (visit.now - found.oldest_due_at).total_seconds() if found.oldest_due_at else 0
    yield measures.reading("sprint_database_up", "Whether the database answers", {"": 1})
    yield measures.reading("sprint_jobs", "Owed work", {"owed": found.owed, "dead": found.dead}, "state")
    yield measures.reading("sprint_jobs_late_seconds", "How long the oldest due job has waited", {"": waited})
