"""The demonstration's provider: an authorization request that does not hold stays there, a code is for whom it was made."""

import json
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from sprint.account.providers.demo import CLIENT_ID
from sprint.account.providers.personas import PERSONAS
from sprint.app import build
from sprint.database import Database
from sprint.settings import Settings, SettingsError, read_settings
from tests.account.flow import begun, chosen, question_of

PEOPLE = Path(__file__).parents[2] / "sprint" / "demo" / "people.json"
VERIFIER = "v" * 43
"""Nobody's: the site keeps its own in the cookie."""


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


def test_it_offers_five_people_each_behind_a_button(client: TestClient) -> None:
    page = client.get(begun(client).removeprefix("http://localhost")).text
    assert [persona.key for persona in PERSONAS] == ["ada", "barbara", "claude", "denise", "eve"]
    assert [page.count(f'data-persona="{persona.key}"') for persona in PERSONAS] == [1] * 5


def test_the_people_of_the_demonstration_say_the_same_of_themselves_as_the_provider_does() -> None:
    """Else signing in as Ada would open the account of somebody who is called otherwise."""
    told = json.loads(PEOPLE.read_text(encoding="utf-8"))["people"]
    known = {one["key"]: (one["name"], one["email"], one["standing"], one["organisation"]) for one in told}
    ours = {one.key: (one.name, one.email, one.standing.value, one.organisation) for one in PERSONAS}
    assert {key: known[key] for key in ours} == ours


@pytest.mark.parametrize(
    "values",
    [
        {"redirect_uri": "http://evil.example/connexion/demo/retour"},
        {"redirect_uri": "http://localhost/connexion/demo/retour/.."},
        {"redirect_uri": "http://localhost@evil.example/connexion/demo/retour"},
        {"redirect_uri": ""},
        {"client_id": "another"},
        {"response_type": "token"},
        {"response_type": "code id_token"},
        {"scope": "profile"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"code_challenge": "c" * 42},
        {"state": ""},
        {"state": "short"},
        {"nonce": ""},
        {"nonce": "<script>" * 8},
    ],
    ids=str,
)
def test_a_request_that_does_not_hold_sends_no_browser_anywhere(values: dict[str, str], client: TestClient) -> None:
    parts = urlsplit(begun(client))
    address = f"{parts.path}?{urlencode(dict(parse_qsl(parts.query)) | values)}"
    answers = [
        client.get(address, follow_redirects=False),
        client.post(address, data={"persona": "ada"}, follow_redirects=False),
    ]
    assert [(answer.status_code, "location" in answer.headers) for answer in answers] == [(400, False)] * 2


def test_somebody_unknown_cannot_be_chosen(client: TestClient) -> None:
    address = begun(client).removeprefix("http://localhost")
    assert client.post(address, data={"persona": "mallory"}, follow_redirects=False).status_code == 400


def a_code(client: TestClient) -> str:
    return question_of(chosen(client, begun(client)))["code"]


@pytest.mark.parametrize(
    "values",
    [
        {"code_verifier": VERIFIER},
        {"code_verifier": ""},
        {"client_id": "another"},
        {"redirect_uri": "http://localhost/"},
        {"code": "x" * 43},
        {"grant_type": "password"},
    ],
    ids=str,
)
def test_a_code_is_no_use_to_who_did_not_ask_for_it(values: dict[str, str], client: TestClient) -> None:
    """An intercepted code: PKCE's whole purpose."""
    asked = {
        "grant_type": "authorization_code",
        "client_id": CLIENT_ID,
        "redirect_uri": "http://localhost/connexion/demo/retour",
        "code": a_code(client),
        "code_verifier": VERIFIER,
    }
    answer = client.post("/demo-openid/token", data=asked | values)
    wanted = "unsupported_grant_type" if "grant_type" in values else "invalid_grant"
    assert (answer.status_code, answer.json()) == (400, {"error": wanted})


def test_a_code_tried_in_vain_by_another_is_still_good_for_whom_it_was_made(client: TestClient) -> None:
    """An answer of 400 changes nothing, here as everywhere: who cannot use a code cannot spoil it either."""
    where = chosen(client, begun(client))
    stolen = {"grant_type": "authorization_code", "code": question_of(where)["code"], "code_verifier": VERIFIER}
    assert client.post("/demo-openid/token", data=stolen).status_code == 400
    assert client.get(where, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Bearer " + "x" * 9000])
def test_userinfo_speaks_to_nobody_without_a_token_of_its_own(header: str, client: TestClient) -> None:
    client.get(chosen(client, begun(client)), follow_redirects=False)
    answer = client.get("/demo-openid/userinfo", headers={"authorization": header} if header else {})
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


# --- where it may exist at all


@pytest.mark.parametrize(
    ("base_url", "demo", "starts"),
    [
        ("http://127.0.0.1:8000", "1", True),
        ("http://[::1]:8000", "1", True),
        ("http://localhost", "yes", True),
        ("https://demo.example.org", "demo.example.org", True),
        ("https://demo.example.org", "1", False),
        ("https://demo.example.org", "example.org", False),
        ("https://demo.example.org", "https://demo.example.org", False),
        ("https://localhost.example.org", "1", False),
        ("https://127.0.0.1.example.org", "1", False),
    ],
)
def test_it_is_refused_at_the_start_unless_on_this_machine_or_its_host_is_repeated(
    base_url: str, demo: str, starts: bool
) -> None:
    environment = {"SPRINT_SECRET": "s" * 32, "SPRINT_BASE_URL": base_url, "SPRINT_DEMO": demo}
    if starts:
        assert read_settings(environment).demo == demo
    else:
        with pytest.raises(SettingsError, match="SPRINT_DEMO"):
            read_settings(environment)


def test_outside_a_demonstration_its_addresses_and_its_sign_in_do_not_exist(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    serious = Settings(database_url=url, base_url="http://localhost", secret="s" * 32, smtp_host="127.0.0.1")
    with TestClient(build(serious, database, with_worker=False), base_url="http://localhost") as client:
        paths = ["authorize", "token", "userinfo", "jwks", ".well-known/openid-configuration"]
        answers = [client.get(f"/demo-openid/{path}").status_code for path in paths]
        answers += [client.post(f"/demo-openid/{path}").status_code for path in ("authorize", "token")]
        answers += [client.get(f"/connexion/demo{end}").status_code for end in ("", "/retour")]
        assert answers == [404] * len(answers)
        assert client.get("/connexion").status_code == 200
