"""Signing in step by step, and a network on which the provider may answer anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
from joserfc import jws
from joserfc.jwk import OKPKey
from sqlmodel import func, select
from starlette.testclient import TestClient

from sprint.account.providers.demo import ALGORITHM
from sprint.database import Database
from sprint.people.tables import Person
from sprint.sessions import LoginSession
from tests.page_checks import elements, parsed, text_of

BEGIN, RETURN = "/connexion/demo", "/connexion/demo/retour"
Answer = Callable[[httpx2.Request, httpx2.Response], httpx2.Response]
"""From the question and what the provider really answers, what comes over the network."""


@dataclass
class Network(httpx2.AsyncBaseTransport):
    """Leads to the demonstration's provider; `answers` changes what comes back, by the last word of the address."""

    real: httpx2.AsyncBaseTransport | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        assert self.real is not None
        endpoint = request.url.path.rpartition("/")[2]
        self.asked.append(endpoint)
        response = await self.real.handle_async_request(request)
        await response.aread()
        change = self.answers.get(endpoint)
        return change(request, response) if change else response


def says(body: str | bytes, status: int = 200, media_type: str = "application/json") -> Answer:
    """The provider answers this, whatever it was asked."""
    return lambda _request, _response: httpx2.Response(status, content=body, headers={"content-type": media_type})


def fails(error: Exception) -> Answer:
    """The network fails."""

    def answer(_request: httpx2.Request, _response: httpx2.Response) -> httpx2.Response:
        raise error

    return answer


def changed(**values: object) -> Answer:
    """The provider's own answer with other values; None leaves one out."""

    def answer(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        told = {name: value for name, value in (response.json() | values).items() if value is not None}
        return httpx2.Response(response.status_code, json=told)

    return answer


def forged(change: Callable[[dict[str, Any], dict[str, Any]], str]) -> Answer:
    """The provider's tokens, the ID token made anew by `change` from the header and claims of the real one."""

    def answer(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        token = response.json()
        header, claims = (_part(token["id_token"], number) for number in (0, 1))
        return httpx2.Response(200, json=token | {"id_token": change(header, claims)})

    return answer


def _part(token: str, number: int) -> dict[str, Any]:
    found = jws.extract_compact(token.encode())
    return dict(found.headers()) if number == 0 else dict(httpx2.Response(200, content=found.payload).json())


def signed(header: Mapping[str, Any], claims: Mapping[str, Any], key: Mapping[str, str]) -> str:
    """A token as the holder of that key would sign it."""
    body = httpx2.Response(200, json=dict(claims)).content
    return jws.serialize_compact({**header}, body, OKPKey.import_key({**key}), algorithms=[ALGORITHM])


def begun(client: TestClient, **question: str) -> str:
    """Begin to sign in: the address of the provider to which the browser is sent."""
    response = client.get(BEGIN, params=question, follow_redirects=False)
    assert response.status_code == 303, response.text
    return response.headers["location"]


def begun_at(client: TestClient, provider: str) -> str:
    """Begin to sign in with a provider of that name: its address to which the browser is sent."""
    response = client.get(f"/connexion/{provider}", follow_redirects=False)
    assert response.status_code == 303, response.text
    return response.headers["location"]


def chosen(client: TestClient, authorization: str, persona: str = "ada") -> str:
    """Choose who to be at the provider: the address of this site to which the browser is sent back."""
    response = client.post(_local(authorization), data={"persona": persona}, follow_redirects=False)
    assert response.status_code == 303, response.text
    return _local(response.headers["location"])


def came_back(client: TestClient, persona: str = "ada", **question: str) -> httpx2.Response:
    """All three steps; the answer of the last is what the browser gets from this site."""
    return client.get(chosen(client, begun(client, **question), persona), follow_redirects=False)


def _local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def question_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@dataclass(frozen=True)
class Opened:
    """What signing in leaves in the database."""

    people: int
    sessions: int


def opened(database: Database) -> Opened:
    with database.reading() as db:
        people = db.exec(select(func.count()).select_from(Person)).one()
        return Opened(people, db.exec(select(func.count()).select_from(LoginSession)).one())


def assert_explained(response: httpx2.Response, words: str, what: str = "") -> None:
    """The page where one signs in says why it did not come off, with the reference under which the log knows it."""
    assert response.status_code == 400, (what, response.status_code, response.text[:300])
    page, _ = parsed(response.text)
    (alert,) = [one for one in elements(page) if one.get("role") == "alert"]
    told = text_of(alert)
    assert words in told, (what, told)
    assert f"Référence : {response.headers['x-request-id']}" in told
    set_cookies = [value for name, value in response.headers.multi_items() if name == "set-cookie"]
    assert [value.partition("=")[0] for value in set_cookies] == ["sprint-connexion"]
    assert response.headers["cache-control"] == "no-store"
