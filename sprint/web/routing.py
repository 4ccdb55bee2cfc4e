"""Finds the route of an address by its shape, so that a hundred routes cost what three do."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound, Route, get_route_path
from starlette.types import Receive, Scope, Send

CHOSEN = "sprint.route"


class RouteTable(BaseRoute):
    """Routes by number of segments and first segment; Starlette's router would try them all, one regex each.

    Within a shape the order of writing counts, and a route whose first segment is written out comes before one that takes any.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        self._by_shape: dict[tuple[int, str], list[Route]] = defaultdict(list)
        self._by_name: dict[str, list[Route]] = defaultdict(list)
        for route in routes:
            self._by_name[route.name].append(route)
            first = _first(route.path)
            self._by_shape[route.path.count("/"), "" if first.startswith("{") else first].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that fits, else the first that fits but for its method (405)."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path, partial = get_route_path(scope), (Match.NONE, {})
        slashes = path.count("/")
        for shape in ((slashes, _first(path)), (slashes, "")):
            for route in self._by_shape.get(shape, ()):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    return match, {**found, CHOSEN: route}
                if match is Match.PARTIAL and partial[0] is Match.NONE:
                    partial = match, {**found, CHOSEN: route}
        return partial

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The address of a route by name, as Starlette's router gives it."""
        for route in self._by_name.get(name, ()):
            with suppress(NoMatchFound):
                return route.url_path_for(name, **path_params)
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[CHOSEN].handle(scope, receive, send)


def _first(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else path
