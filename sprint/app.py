"""Puts the rooms together: the routes of every feature, the middleware, the worker."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from types import ModuleType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware

import sprint.tables
from sprint.account import pages as account_pages
from sprint.account.providers.demo_provider import provider_app
from sprint.database import Database
from sprint.logs import set_up_logs
from sprint.notices import desk as notices_desk
from sprint.registrations import desk as registrations_desk
from sprint.registrations import pages as registrations_pages
from sprint.settings import Settings, read_settings
from sprint.site.pages import display, health, mine, public
from sprint.web.frame import BODY_LIMIT, Frame
from sprint.web.headers import CrossSite, Language, OneHost, RequestLog, SecurityHeaders
from sprint.web.page import RouteSpec, routes_of
from sprint.web.static import HashedFiles
from sprint.worker import worker_of

PAGES: tuple[ModuleType, ...] = (
    health,
    display,
    account_pages,
    mine,
    registrations_desk,
    notices_desk,
    registrations_pages,
    public,
)


def specs() -> list[RouteSpec]:
    """Every declared route, feature by feature."""
    return [spec for module in PAGES for spec in routes_of(module)]


def create() -> ASGIApp:
    """The application, for a server: settings from the environment, logs set up."""
    settings = read_settings()
    set_up_logs(settings)
    return build(settings)


def build(settings: Settings, database: Database | None = None, *, with_worker: bool = True) -> ASGIApp:
    """The application over a database; tests hand over theirs and do without the worker."""
    database = database or Database(settings.database_url, settings.threads)
    frame = Frame(settings, database, specs(), public.furnish)
    inner = Starlette(
        routes=[*_mounts(settings, database), *frame.routes()],
        exception_handlers={HTTPException: frame.on_http_exception, Exception: frame.on_bug},
        lifespan=_lifespan(settings, database, with_worker=with_worker),
        max_body_size=2 * BODY_LIMIT,
    )
    # Around Starlette, so that even its answer to a bug is named, dressed and logged.
    dressed: ASGIApp = Language(CrossSite(inner, settings, frame.refuse_cross_site))
    dressed = CompressMiddleware(OneHost(dressed, settings), zstd=False)
    return RequestLog(SecurityHeaders(dressed, settings))


def _mounts(settings: Settings, database: Database) -> list[Mount]:
    static = Mount("/static", HashedFiles(), name="static")
    return [static, Mount("/demo-openid", provider_app(database, settings))] if settings.demo else [static]


def _lifespan(settings: Settings, database: Database, *, with_worker: bool):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        worker = worker_of(database, settings) if with_worker and settings.worker == "inside" else None
        if worker:
            worker.start()
        try:
            yield
        finally:
            if worker:
                worker.stop()
            database.close()

    return lifespan
