"""A provider that lies, in each way we could think of: nobody is signed in, nothing breaks, and the person is told."""

import httpx2
import pytest
from starlette.testclient import TestClient

from sprint.database import Database
from sprint.provider_settings import block_of
from sprint.settings import Settings
from tests.account.conftest import Hosts
from tests.account.double import CLIENT, HOST, SECRET, Double
from tests.account.flow import Opened, assert_explained, opened
from tests.account.lies import LIES, UNTRUSTED

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """What an answer leads to does not depend on the engine; what is written is tried on both."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
def settings(settings: Settings) -> Settings:
    told = {"kind": "oidc", "issuer": HOST, "client_id": CLIENT, "client_secret": SECRET, "acr_values": ["eidas2"]}
    return settings.model_copy(update={"providers": (block_of("idp", told),)})


@pytest.fixture
def double(hosts: Hosts) -> Double:
    hosts.known["idp.example"] = honest = Double(proves={"acr": "eidas2"})
    return honest


def came_back(client: TestClient, double: Double, ending: str = "") -> httpx2.Response:
    """A whole sign-in; `ending` is added to the address to which the provider sends the browser back."""
    begun = client.get("/connexion/idp", follow_redirects=False)
    assert begun.status_code == 303, begun.text[:300]
    return client.get(double.came_from(begun.headers["location"]) + ending, follow_redirects=False)


@BOTH
def test_the_honest_provider_signs_in(client: TestClient, double: Double, database: Database) -> None:
    """Else the refusals below would prove nothing."""
    response = came_back(client, double)
    assert (response.status_code, opened(database)) == (303, Opened(people=1, sessions=1))


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_signs_nobody_in_and_is_explained_with_a_way_on(
    lie: str, client: TestClient, double: Double, database: Database
) -> None:
    endpoint, change, words = LIES[lie]
    begun = client.get("/connexion/idp", params={"retour": "/sprint-2027"}, follow_redirects=False)
    back = double.came_from(begun.headers["location"])
    double.lies[endpoint] = change(double)
    response = client.get(back, follow_redirects=False)
    assert_explained(response, words)
    assert 'href="/connexion/idp?retour=%2Fsprint-2027"' in response.text
    assert opened(database) == Opened(people=0, sessions=0)
    assert "sprint" not in client.cookies
    assert "evil.example" not in response.text


WRONG_ENDS = [
    "http://idp.example/x",
    "ftp://idp.example",
    "//idp.example",
    "https://",
    "",
    None,
    7,
    "https://a@idp.example/",
]


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"])
def test_a_discovery_document_that_leads_somewhere_unsafe_leads_nowhere(
    name: str, client: TestClient, double: Double
) -> None:
    for address in WRONG_ENDS:
        double.document = {name: address}
        assert_explained(client.get("/connexion/idp", follow_redirects=False), UNTRUSTED, str(address))


def test_a_discovery_document_of_another_issuer_is_not_believed(client: TestClient, double: Double) -> None:
    double.document = {"issuer": "https://evil.example"}
    assert_explained(client.get("/connexion/idp", follow_redirects=False), UNTRUSTED)


@pytest.mark.parametrize("ending", ["&iss=https://evil.example", "&iss=", "&code=good", "&state=x"])
def test_an_answer_that_names_another_issuer_or_says_a_thing_twice_is_refused(
    ending: str, client: TestClient, double: Double, database: Database
) -> None:
    words = UNTRUSTED if "iss" in ending else "ne correspond pas"
    assert_explained(came_back(client, double, ending), words)
    assert (opened(database), len(double.used)) == (Opened(people=0, sessions=0), 0)


def test_an_answer_must_name_its_issuer_when_the_provider_says_that_it_does(
    client: TestClient, double: Double, database: Database
) -> None:
    double.document = {"authorization_response_iss_parameter_supported": True}
    assert_explained(came_back(client, double), UNTRUSTED)
    assert came_back(client, double, f"&iss={HOST}").status_code == 303
    assert opened(database).sessions == 1


@BOTH
def test_an_answer_without_a_code_is_refused_before_anybody_is_asked(client: TestClient, double: Double) -> None:
    begun = client.get("/connexion/idp", follow_redirects=False)
    back = double.came_from(begun.headers["location"]).replace("code=good&", "")
    double.asked.clear()
    assert_explained(client.get(back, follow_redirects=False), UNTRUSTED)
    assert [one.url.path for one in double.asked] == []
