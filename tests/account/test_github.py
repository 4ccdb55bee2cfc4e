"""GitHub: no OpenID, errors with HTTP 200, an address that counts when it is primary and verified."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.database import Database
from sprint.people.tables import Identity, Person
from sprint.provider_settings import block_of
from sprint.settings import Settings
from tests.account.conftest import Hosts
from tests.account.flow import Opened, assert_explained, begun_at, opened, question_of, says

UNREACHABLE, UNTRUSTED, REFUSED = "ne répond pas", "ne pouvons pas vérifier", "a refusé de confirmer"
ADDRESSES = [
    {"email": "old@example.org", "primary": False, "verified": True},
    {"email": "ada@example.org", "primary": True, "verified": True},
]
Answer = Callable[[httpx2.Request, httpx2.Response], httpx2.Response]


@dataclass
class GitHubDouble(httpx2.AsyncBaseTransport):
    """The three addresses of GitHub that signing in needs, with its habits."""

    account: dict[str, Any] = field(
        default_factory=lambda: {
            "id": 583231, "login": "ada", "name": None, "email": "shown@example.org",
            "html_url": "https://github.com/ada",
        }
    )  # fmt: skip
    addresses: object = field(default_factory=lambda: ADDRESSES)
    challenge: str = ""
    lies: dict[str, Answer] = field(default_factory=dict)
    asked: list[httpx2.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        self.asked.append(request)
        response = self._answer(request)
        lie = self.lies.get(request.url.path)
        return lie(request, response) if lie else response

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if path.endswith("/login/oauth/access_token"):
            given = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
            good = given.get("code") == "good" and given.get("client_secret") == "secret"
            if not good or create_s256_code_challenge(given.get("code_verifier", "")) != self.challenge:
                return httpx2.Response(200, json={"error": "bad_verification_code", "error_description": "call 0800"})
            token = {"access_token": "gho_x", "scope": "read:user,user:email", "token_type": "bearer"}
            return httpx2.Response(200, json=token)
        if request.headers.get("authorization") != "Bearer gho_x":
            return httpx2.Response(401, json={"message": "Bad credentials"})
        known = {"/user": self.account, "/api/v3/user": self.account, "/user/emails": self.addresses}
        return httpx2.Response(200, json=known[path]) if path in known else httpx2.Response(404, json={})


BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """What an answer leads to does not depend on the engine; what is written is tried on both."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
def settings(settings: Settings) -> Settings:
    told = {"kind": "github", "client_id": "c", "client_secret": "secret"}
    inside = told | {"issuer": "https://ghe.example", "label": "Forge interne"}
    return settings.model_copy(update={"providers": (block_of("github", told), block_of("inside", inside))})


@pytest.fixture
def github(hosts: Hosts) -> GitHubDouble:
    double = GitHubDouble()
    hosts.known |= {"github.com": double, "api.github.com": double, "ghe.example": double}
    return double


def came_back(client: TestClient, github: GitHubDouble, code: str = "good", name: str = "github") -> httpx2.Response:
    question = question_of(begun_at(client, name))
    github.challenge = question["code_challenge"]
    back = {"code": code, "state": question["state"]}
    return client.get(f"/connexion/{name}/retour", params=back, follow_redirects=False)


@BOTH
def test_the_number_is_the_key_and_the_address_is_the_primary_and_verified_one(
    client: TestClient, github: GitHubDouble, database: Database
) -> None:
    assert came_back(client, github).status_code == 303
    with database.reading() as db:
        person, identity = db.exec(select(Person)).one(), db.exec(select(Identity)).one()
    assert (identity.issuer, identity.subject, identity.login) == ("https://github.com", "583231", "ada")
    assert (person.name, identity.profile_url) == ("ada", "https://github.com/ada")
    assert person.email == "ada@example.org"


@BOTH
def test_a_login_taken_by_somebody_else_is_another_person(
    client: TestClient, github: GitHubDouble, database: Database
) -> None:
    came_back(client, github)
    client.cookies.clear()
    github.account["id"] = 583232
    assert came_back(client, github).status_code == 303
    assert opened(database) == Opened(people=2, sessions=2)


def test_it_is_asked_with_pkce_and_no_nonce(client: TestClient, github: GitHubDouble) -> None:
    address = begun_at(client, "github")
    question = question_of(address)
    assert address.startswith("https://github.com/login/oauth/authorize?")
    assert set(question) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
    }  # fmt: skip
    assert (question["scope"], question["code_challenge_method"]) == ("read:user user:email", "S256")


def test_an_instance_of_ones_own_is_asked_at_its_own_api(
    client: TestClient, github: GitHubDouble, database: Database
) -> None:
    assert came_back(client, github, name="inside").status_code == 303
    assert [str(one.url) for one in github.asked] == [
        "https://ghe.example/login/oauth/access_token",
        "https://ghe.example/api/v3/user",
        "https://ghe.example/api/v3/user/emails",
    ]
    with database.reading() as db:
        assert db.exec(select(Identity.issuer)).all() == ["https://ghe.example"]


def test_an_error_with_200_is_an_error(client: TestClient, github: GitHubDouble, database: Database) -> None:
    response = came_back(client, github, code="bad")
    assert_explained(response, REFUSED)
    assert ("0800" in response.text, opened(database)) == (False, Opened(people=0, sessions=0))


ADDRESS_LISTS: list[tuple[object, str | None]] = [
    ([], None),
    ([{"email": "a@b.example", "primary": True, "verified": False}], None),
    ([{"email": "a@b.example", "primary": False, "verified": True}], None),
    ([{"email": "a@b.example", "primary": "true", "verified": "true"}], None),
    ([{"primary": True, "verified": True}], None),
    (["a@b.example", None, 7], None),
    ([{"email": "a@b.example", "primary": True, "verified": True}], "a@b.example"),
]


@pytest.mark.parametrize(("listed", "email"), ADDRESS_LISTS)
def test_an_address_that_is_not_both_is_none(
    listed: object, email: str | None, client: TestClient, github: GitHubDouble, database: Database
) -> None:
    github.addresses = listed
    assert came_back(client, github).status_code == 303
    with database.reading() as db:
        assert db.exec(select(Person.email)).all() == [email]


@pytest.mark.parametrize("status", [403, 404])
def test_who_hides_their_addresses_signs_in_without_one(
    status: int, client: TestClient, github: GitHubDouble, database: Database
) -> None:
    github.lies["/user/emails"] = says("{}", status)
    assert came_back(client, github).status_code == 303
    assert opened(database) == Opened(people=1, sessions=1)


STRANGE = {
    "no number": ("/user", says('{"login": "ada"}'), UNTRUSTED),
    "a number that is a text": ("/user", says('{"id": "583231", "login": "ada"}'), UNTRUSTED),
    "a number that is true": ("/user", says('{"id": true, "login": "ada"}'), UNTRUSTED),
    "no login": ("/user", says('{"id": 583231}'), UNTRUSTED),
    "a list": ("/user", says("[]"), UNTRUSTED),
    "too often": ("/user", says("{}", 403), UNREACHABLE),
    "server error": ("/user", says("oops", 500), UNREACHABLE),
    "addresses that are no list": ("/user/emails", says("{}"), UNTRUSTED),
    "server error of addresses": ("/user/emails", says("oops", 502), UNREACHABLE),
    "no token": ("/login/oauth/access_token", says("{}"), UNTRUSTED),
    "a form for a token": (
        "/login/oauth/access_token",
        says("access_token=gho_x", media_type="application/x-www-form-urlencoded"),
        UNTRUSTED,
    ),
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_strange_answer_signs_nobody_in(
    what: str, client: TestClient, github: GitHubDouble, database: Database
) -> None:
    path, answer, words = STRANGE[what]
    github.lies[path] = answer
    assert_explained(came_back(client, github), words)
    assert opened(database) == Opened(people=0, sessions=0)
