"""The table of routes finds what Starlette's router finds, whatever the order of asking."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Match, NoMatchFound, Route, Router
from starlette.types import Scope

from sprint.app import specs
from sprint.web.routing import CHOSEN, RouteTable


def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("")


ROUTES = [Route(spec.path, answer, methods=[spec.method], name=spec.name) for spec in specs(demo=True)]
TABLE = RouteTable(ROUTES)
ASKED = [
    "/",
    "/moi",
    "/moi/",
    "/moi/inscriptions",
    "/sprint-2027",
    "/sprint-2027/parcours",
    "/sprint-2027/parcours/keycloak",
    "/sprint-2027/parcours/keycloak/inscription",
    "/organisation/sprint-2027",
    "/organisation/sprint-2027/personnes",
    "/connexion/demo",
    "/connexion/demo/retour",
    "/nothing",
    "//",
    "",
    "/sprint-2027/parcours/keycloak/nothing/more",
]


def scope(method: str, path: str, root: str = "") -> Scope:
    return {"type": "http", "method": method, "path": root + path, "root_path": root}


def tried_one_by_one(asked: Scope) -> tuple[Match, str]:
    """As Starlette's router does: the first that fits, else the first that fits but for its method."""
    found = [(route.matches(asked)[0], route.name) for route in ROUTES]
    whole = [name for match, name in found if match is Match.FULL]
    partly = [name for match, name in found if match is Match.PARTIAL]
    return (Match.FULL, whole[0]) if whole else (Match.PARTIAL, partly[0]) if partly else (Match.NONE, "")


@pytest.mark.parametrize("root", ["", "/en"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
@pytest.mark.parametrize("path", ASKED)
def test_an_address_leads_where_trying_every_route_would_lead(path: str, method: str, root: str) -> None:
    match, found = TABLE.matches(scope(method, path, root))
    assert (match, found[CHOSEN].name if found else "") == tried_one_by_one(scope(method, path, root))


def test_what_is_no_request_for_a_page_has_no_route() -> None:
    assert TABLE.matches({"type": "websocket", "path": "/"}) == (Match.NONE, {})


def test_addresses_are_found_by_name_as_before() -> None:
    router = Router(routes=[TABLE])
    assert router.url_path_for("track", edition="sprint-2027", track="keycloak") == "/sprint-2027/parcours/keycloak"
    with pytest.raises(NoMatchFound):
        router.url_path_for("track", edition="sprint-2027")
    with pytest.raises(NoMatchFound):
        router.url_path_for("nowhere")
