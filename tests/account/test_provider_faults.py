"""A provider may answer anything: the person reads why it did not come off, and nobody is signed in."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from anyio import sleep
from joserfc.jwk import OKPKey
from joserfc.util import urlsafe_b64encode
from starlette.testclient import TestClient

from sprint.account.pages import sign_in
from sprint.account.providers import asking
from sprint.account.providers.demo_tokens import new_key
from sprint.account.queries import demo_key
from sprint.clock import now
from sprint.database import Database
from sprint.settings import Settings
from tests.account.flow import (
    BEGIN,
    Answer,
    Network,
    Opened,
    assert_explained,
    begun,
    changed,
    chosen,
    fails,
    forged,
    opened,
    says,
    signed,
)

UNREACHABLE, UNTRUSTED, REFUSED = "ne répond pas", "ne pouvons pas vérifier", "a refusé de confirmer"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What a provider's answer leads to does not depend on the engine."""
pytestmark = SQLITE
Forge = Callable[[dict[str, Any], dict[str, Any]], str]
STRANGE = {
    "server error": (says("oops", 500), UNREACHABLE),
    "bad gateway": (says("<html>502</html>", 502, "text/html"), UNREACHABLE),
    "elsewhere": (lambda *_: httpx2.Response(302, headers={"location": "http://evil.example/"}), UNREACHABLE),
    "connection refused": (fails(httpx2.ConnectError("no")), UNREACHABLE),
    "no answer in time": (fails(httpx2.ReadTimeout("slow")), UNREACHABLE),
    "cut off": (fails(httpx2.RemoteProtocolError("gone")), UNREACHABLE),
    "html": (says("<html>Maintenance</html>", 200, "text/html"), UNTRUSTED),
    "empty": (says(""), UNTRUSTED),
    "no utf-8": (says(b"\xff\xfe{}"), UNTRUSTED),
    "a list": (says("[]"), UNTRUSTED),
    "null": (says("null"), UNTRUSTED),
    "nested without end": (says("[" * 100_000), UNTRUSTED),
    "nothing in it": (says("{}"), UNTRUSTED),
}


def finished(client: TestClient, network: Network, endpoint: str, answer: Answer, persona: str = "ada"):  # type: ignore[no-untyped-def]
    """A whole sign-in; the provider's answer is another once the browser comes back."""
    network.answers.clear()
    client.cookies.clear()  # another browser each time: one may not try so often
    sign_in.KNOWN.clear()  # nothing the provider published is kept from the last time
    where = chosen(client, begun(client), persona)
    network.answers[endpoint] = answer
    return client.get(where, follow_redirects=False)


@pytest.mark.parametrize("endpoint", ["token", "jwks", "userinfo"])
def test_a_strange_answer_signs_nobody_in(
    endpoint: str, client: TestClient, network: Network, database: Database
) -> None:
    for how, (answer, words) in STRANGE.items():
        assert_explained(finished(client, network, endpoint, answer), words, how)
    assert opened(database) == Opened(people=0, sessions=0)


def test_a_strange_answer_at_the_beginning_leads_nowhere(client: TestClient, network: Network) -> None:
    for how, (answer, words) in STRANGE.items():
        network.answers["openid-configuration"] = answer
        assert_explained(client.get(BEGIN, follow_redirects=False), words, how)


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint"])
@pytest.mark.parametrize("value", [None, "", 7, "http://evil.example/demo-openid\nx"])
def test_a_discovery_document_that_says_something_else_is_not_believed(
    name: str, value: object, client: TestClient, network: Network
) -> None:
    network.answers["openid-configuration"] = changed(**{name: value})
    assert_explained(client.get(BEGIN, follow_redirects=False), UNTRUSTED)


NO_KEYS = [[], None, "x", {}, ["x"], [{}], [{"kty": "OKP"}], [{"kty": "RSA", "n": "x", "e": "y"}], 7]


def test_keys_that_are_none_check_nothing(client: TestClient, network: Network) -> None:
    for keys in NO_KEYS:
        answer = says(json.dumps({"keys": keys}))
        assert_explained(finished(client, network, "jwks", answer), UNTRUSTED, str(keys))


def test_a_refused_code_is_told_so(client: TestClient, network: Network) -> None:
    answer = says('{"error": "invalid_grant", "error_description": "call 0800"}', 400)
    assert_explained(finished(client, network, "token", answer), REFUSED)


# --- ID tokens


def claims_but(database: Database, **values: object) -> Forge:
    """The provider's own token, signed with its own key, with other claims; None leaves one out."""

    def forge(header: dict[str, Any], claims: dict[str, Any]) -> str:
        with database.reading() as db:
            key = demo_key(db)
        assert key is not None
        return signed(header, {name: value for name, value in (claims | values).items() if value is not None}, key)

    return forge


def test_a_token_made_anew_with_nothing_changed_signs_in(
    client: TestClient, network: Network, database: Database
) -> None:
    """Else the refusals below would prove nothing."""
    response = finished(client, network, "token", forged(claims_but(database)))
    assert (response.status_code, opened(database)) == (303, Opened(people=1, sessions=1))


OTHER_CLAIMS: list[dict[str, object]] = [
    {"nonce": "n" * 43},
    {"nonce": None},
    {"nonce": ""},
    {"iss": "http://evil.example"},
    {"iss": "http://localhost/demo-openid/"},
    {"iss": None},
    {"aud": "another"},
    {"aud": ["another"]},
    {"aud": []},
    {"aud": None},
    {"aud": ["sprint", "another"]},
    {"aud": ["sprint", "another"], "azp": "another"},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "a" * 256},
    {"sub": "ada\n"},
    {"sub": "eve"},
    {"exp": None},
    {"exp": "tomorrow"},
    {"iat": None},
]


def test_a_token_for_something_else_signs_nobody_in(client: TestClient, network: Network, database: Database) -> None:
    for values in OTHER_CLAIMS:
        assert_explained(
            finished(client, network, "token", forged(claims_but(database, **values))), UNTRUSTED, str(values)
        )
    assert opened(database) == Opened(people=0, sessions=0)


@pytest.mark.parametrize(("seconds", "holds"), [(-31, False), (-29, True), (1, True)])
def test_a_token_counts_until_it_expires_and_clocks_may_differ_by_half_a_minute(
    seconds: int, holds: bool, client: TestClient, network: Network, database: Database
) -> None:
    moment = int(now().timestamp()) + seconds
    response = finished(client, network, "token", forged(claims_but(database, exp=moment)))
    assert (response.status_code == 303, opened(database).sessions) == (holds, int(holds))


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    head, body = (httpx2.Response(200, json=part).content for part in ({**header, "alg": "none"}, claims))
    return f"{base64(head)}.{base64(body)}."


def base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode()


def with_another_key(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed(header, claims, new_key())


def with_a_key_it_brings(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """The key in the header of the token (RFC 7515 §4.1.3) is no key of the provider."""
    key = new_key()
    public = OKPKey.import_key({**key}).as_dict(private=False)
    return signed({**header, "jwk": public, "kid": key["kid"]}, claims, key)


def with_a_touched_body(header: dict[str, Any], claims: dict[str, Any]) -> str:
    token = signed(header, claims, new_key()).split(".")
    return ".".join([token[0], token[1][:-2] + "AA", token[2]])


@pytest.mark.parametrize(
    "forge",
    [unsigned, with_another_key, with_a_key_it_brings, with_a_touched_body, lambda *_: "x", lambda *_: "a.b.c"],
    ids=["alg none", "another key", "a key it brings", "touched", "no token", "no base64"],
)
def test_a_token_the_provider_did_not_sign_signs_nobody_in(
    forge: Forge, client: TestClient, network: Network, database: Database
) -> None:
    assert_explained(finished(client, network, "token", forged(forge)), UNTRUSTED)
    assert opened(database) == Opened(people=0, sessions=0)


def test_the_access_token_is_not_taken_for_the_id_token(client: TestClient, network: Network) -> None:
    def swap(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        token = response.json()
        return httpx2.Response(200, json=token | {"id_token": token["access_token"]})

    assert_explained(finished(client, network, "token", swap), UNTRUSTED)


# --- userinfo


OTHER_INFO: list[dict[str, object]] = [
    {"sub": "eve"},
    {"sub": None},
    {"name": None},
    {"name": ""},
    {"name": "x" * 121},
    {"name": ["Ada"]},
    {"email": "x" * 255},
    {"email": None},
    {"standing": "minister"},
    {"standing": None},
    {"organisation": 7},
]


def test_what_userinfo_says_wrongly_signs_nobody_in(client: TestClient, network: Network, database: Database) -> None:
    for values in OTHER_INFO:
        assert_explained(finished(client, network, "userinfo", changed(**values)), UNTRUSTED, str(values))
    assert opened(database) == Opened(people=0, sessions=0)


def test_a_provider_that_is_too_slow_is_left(settings: Settings, monkeypatch: pytest.MonkeyPatch, app: object) -> None:
    """In real time: the clock of the other tests stands still, and so would the deadline."""

    class Slow(Network):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            await sleep(30)
            raise AssertionError("nobody waits so long")

    monkeypatch.setattr(asking, "SECONDS_IN_ALL", 0.2)
    real = sign_in.configured
    monkeypatch.setattr(sign_in, "configured", lambda given, transport=None: real(given, Slow()))
    with TestClient(app, base_url=settings.base_url) as client:  # type: ignore[arg-type]
        began = now()
        assert_explained(client.get(BEGIN, follow_redirects=False), UNREACHABLE)
        assert (now() - began).total_seconds() < 10
