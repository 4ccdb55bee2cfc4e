"""Puts the rooms together: the routes of every feature, the middleware, the worker."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware

from sprint.database import Database
from sprint.settings import Settings
from sprint.web.frame import BODY_LIMIT, Frame
from sprint.web.headers import CrossSite, Language, OneHost, RequestLog, SecurityHeaders
from sprint.web.page import RouteSpec, routes_of
from sprint.web.static import HashedFiles

PAGES: tuple[ModuleType, ...] = ()


def specs() -> list[RouteSpec]:
    """Every declared route, feature by feature."""
    return [spec for module in PAGES for spec in routes_of(module)]
