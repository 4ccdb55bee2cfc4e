"""What each provider asks to be asked, and what is made of what it says."""

import json
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.account.providers import READERS
from sprint.account.providers.openid import OpenIdProvider, Told
from sprint.account.providers.orcid import is_orcid
from sprint.account.providers.provider import Claims, Offer, Pending, Place
from sprint.database import Database
from sprint.people.tables import Identity, Person, Standing
from sprint.provider_settings import OpenId, block_of
from sprint.sessions import LoginSession
from sprint.settings import Settings
from sprint.words import say
from tests.account.conftest import Hosts
from tests.account.double import CLIENT, SECRET, Double, rsa
from tests.account.flow import Opened, assert_explained, begun_at, opened, question_of

KINDS = ("proconnect", "orcid", "gitlab", "forgejo", "oidc")
SUBJECT = "0000-0002-1825-0097"
"""The iD of ORCID's own documentation."""


BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """What an answer leads to does not depend on the engine; what is written is tried on both."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """One provider of each kind, a second GitLab, and one that wants a signed proof of who we are."""
    given = {"client_id": CLIENT, "client_secret": SECRET}
    blocks = [block_of(kind, given | {"kind": kind, "issuer": f"https://{kind}.example"}) for kind in KINDS]
    blocks.append(block_of("gitlab-two", given | {"kind": "gitlab", "issuer": "https://two.example"}))
    strict = {"acr_values": ["eidas2", "eidas3"], "claims": {"id_token": {"amr": {"essential": True}}}}
    signs = {"client_auth": "private_key_jwt", "private_key": rsa("client").as_pem(private=True).decode()}
    strict |= {"kind": "proconnect", "issuer": "https://strict.example", "client_id": CLIENT, **signs}
    return settings.model_copy(update={"providers": (*blocks, block_of("strict", strict))})


@pytest.fixture
def doubles(hosts: Hosts) -> dict[str, Double]:
    found = {}
    for name in (*KINDS, "two", "strict"):
        found[name] = hosts.known[f"{name}.example"] = Double(issuer=f"https://{name}.example", subject=SUBJECT)
    return found


def came_back(client: TestClient, double: Double, name: str = "") -> httpx2.Response:
    name = name or double.issuer.removeprefix("https://").removesuffix(".example")
    return client.get(double.came_from(begun_at(client, name)), follow_redirects=False)


# --- what they are asked


def test_proconnect_is_asked_nothing_it_does_not_know(client: TestClient, doubles: dict[str, Double]) -> None:
    """It refuses an unknown parameter: no PKCE, no language, no acr and no claims unless its block says so."""
    question = question_of(begun_at(client, "proconnect"))
    assert set(question) == {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
    scopes = "openid given_name usual_name email uid siret idp_id roles organization_label"
    assert (question["scope"], question["redirect_uri"]) == (scopes, "http://localhost/connexion/proconnect/retour")
    assert (len(question["state"]), len(question["nonce"])) == (43, 43)


def test_acr_and_claims_are_asked_when_the_block_says_so(client: TestClient, doubles: dict[str, Double]) -> None:
    question = question_of(begun_at(client, "strict"))
    assert question["acr_values"] == "eidas2 eidas3"
    assert json.loads(question["claims"]) == {"id_token": {"amr": {"essential": True}}}


def test_orcid_is_asked_for_openid_alone(client: TestClient, doubles: dict[str, Double]) -> None:
    assert question_of(begun_at(client, "orcid"))["scope"] == "openid"


def test_each_provider_has_a_redirect_address_of_its_own(client: TestClient, doubles: dict[str, Double]) -> None:
    names = (*KINDS, "gitlab-two", "strict")
    found = {question_of(begun_at(client, name))["redirect_uri"] for name in names}
    assert found == {f"http://localhost/connexion/{name}/retour" for name in names}


def token_request(double: Double) -> tuple[dict[str, str], str]:
    """What was sent for a code, and the header that said who asks."""
    (request,) = [one for one in double.asked if one.url.path == "/token"]
    body = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
    return body, request.headers.get("authorization", "")


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_is_asked_with_the_secret_where_the_provider_wants_it(
    kind: str, client: TestClient, doubles: dict[str, Double]
) -> None:
    assert came_back(client, doubles[kind]).status_code == 303
    body, header = token_request(doubles[kind])
    in_body = kind in ("proconnect", "orcid")
    assert (body.get("client_secret") == SECRET, header.startswith("Basic ")) == (in_body, not in_body)
    assert ("code_verifier" in body) is (kind not in ("proconnect", "orcid"))


def test_a_private_key_signs_for_a_minute_who_asks(client: TestClient, doubles: dict[str, Double]) -> None:
    doubles["strict"].proves = {"acr": "eidas3"}
    assert came_back(client, doubles["strict"]).status_code == 303
    body, header = token_request(doubles["strict"])
    assert (header, "client_secret" in body) == ("", False)
    public = RSAKey.import_key(rsa("client").as_dict(private=False))
    proof = jwt.decode(body["client_assertion"], public, algorithms=["RS256"]).claims
    assert (proof["iss"], proof["sub"], proof["aud"]) == (CLIENT, CLIENT, "https://strict.example/token")
    assert proof["exp"] - proof["iat"] <= 70
    assert proof["jti"]


def test_an_access_token_of_a_minute_is_used_before_it_ends(client: TestClient, doubles: dict[str, Double]) -> None:
    """A library that takes sixty seconds off would find it expired at once."""
    doubles["proconnect"].expires_in = 60
    assert came_back(client, doubles["proconnect"]).status_code == 303


@pytest.mark.parametrize("signed", [True, False])
def test_userinfo_is_taken_signed_or_not_by_its_type(
    signed: bool, client: TestClient, doubles: dict[str, Double], database: Database
) -> None:
    doubles["proconnect"].signs_userinfo = signed
    assert came_back(client, doubles["proconnect"]).status_code == 303
    assert opened(database) == Opened(people=1, sessions=1)


@BOTH
def test_one_number_on_two_instances_is_two_people(
    client: TestClient, doubles: dict[str, Double], database: Database
) -> None:
    for double, name in ((doubles["gitlab"], "gitlab"), (doubles["two"], "gitlab-two")):
        client.cookies.clear()
        assert came_back(client, double, name).status_code == 303
    with database.reading() as db:
        found = db.exec(select(Identity.issuer, Identity.subject).order_by(Identity.issuer)).all()
    assert found == [("https://gitlab.example", SUBJECT), ("https://two.example", SUBJECT)]
    assert opened(database).people == 2


@BOTH
def test_the_same_address_at_another_provider_reaches_no_account(
    client: TestClient, doubles: dict[str, Double], database: Database
) -> None:
    for name in ("gitlab", "oidc", "forgejo"):
        client.cookies.clear()
        doubles[name].says["email_verified"] = True
        came_back(client, doubles[name])
    with database.reading() as db:
        emails = db.exec(select(Person.email)).all()
    assert (emails, opened(database).people) == (["ada@example.org"] * 3, 3)


def test_how_surely_and_by_what_means_somebody_was_recognised_is_told() -> None:
    double = Double(proves={"acr": "eidas2", "amr": ["pwd", 7, "mfa"]})
    block = block_of("idp", {"kind": "oidc", "issuer": double.issuer, "client_id": CLIENT, "client_secret": SECRET})
    assert isinstance(block, OpenId)
    offer = Offer(Place.OTHER, say("%(brand)s", brand="Annuaire"), say("%(whom)s", whom="x"))
    provider = OpenIdProvider(block, offer, "http://localhost", READERS["oidc"], double)
    pending = Pending.begin("idp", "fr", "")

    async def both() -> Claims:
        double.came_from(await provider.begin(pending))
        return await provider.finish(pending, {"code": "good", "state": pending.state})

    # In a thread of its own: the browser of another test may hold the loop of this one.
    with start_blocking_portal() as portal:
        claims = portal.call(both)
    assert (claims.acr, claims.amr) == ("eidas2", ("pwd", "mfa"))


def test_who_must_show_once_more_who_they_are_is_asked_to_sign_in_there_again(
    client: TestClient, doubles: dict[str, Double]
) -> None:
    assert came_back(client, doubles["oidc"]).status_code == 303
    again = client.get("/connexion/oidc", params={"but": "confirmer"}, follow_redirects=False)
    assert question_of(again.headers["location"])["prompt"] == "login"
    assert "prompt" not in question_of(begun_at(client, "oidc"))


# --- what is made of what they say


def read(kind: str, subject: str = SUBJECT, **info: Any) -> Claims:
    return READERS[kind](Told(kind, f"https://{kind}.example", subject, {"sub": subject, **info}))


def test_proconnect_vouches_for_the_address_and_the_establishment() -> None:
    claims = read(
        "proconnect", given_name="Ada", usual_name="Lemoine", email="ada@ministere.example", siret="110 001 013 00017",
        organization_label="Ministère des Exemples", roles="agent chef", uid="x", idp_id="y",
    )  # fmt: skip
    assert (claims.name, claims.given_names, claims.usual_name) == ("Ada Lemoine", "Ada", "Lemoine")
    assert (claims.email, claims.email_verified, claims.standing) == ("ada@ministere.example", True, Standing.AGENT)
    assert (claims.siret, claims.organisation_name) == ("11000101300017", "Ministère des Exemples")
    assert "chef" not in repr(claims)


@pytest.mark.parametrize("siret", [None, "", "1", "1100010130001x", "110001013000170", 11000101300017])
def test_a_siret_that_is_none_is_none(siret: object) -> None:
    assert read("proconnect", email="a@b.example", siret=siret).siret is None


def test_orcid_tells_no_address_and_perhaps_no_name() -> None:
    told = read("orcid", name=None, given_name=None, family_name=None, email="eve@example.org")
    assert (told.name, told.email, told.standing) == (f"ORCID {SUBJECT}", None, Standing.RESEARCHER)
    assert told.profile_url == f"https://orcid.example/{SUBJECT}"
    assert read("orcid", given_name="Josiah", family_name="Carberry").name == "Josiah Carberry"
    assert read("orcid", given_name="Josiah", family_name=None).name == "Josiah"


@pytest.mark.parametrize(
    ("identifier", "is_one"),
    [
        (SUBJECT, True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1825-0098", False),
        ("https://orcid.org/" + SUBJECT, False),
        ("0000-0002-1825-009", False),
        ("0000000218250097", False),
        (SUBJECT + "\n", False),
    ],
)
def test_an_orcid_id_is_bare_and_its_last_character_checks_it(identifier: str, is_one: bool) -> None:
    assert is_orcid(identifier) is is_one


def test_an_orcid_answer_about_no_id_signs_nobody_in(
    client: TestClient, doubles: dict[str, Double], database: Database
) -> None:
    doubles["orcid"].subject = "eve"
    assert_explained(came_back(client, doubles["orcid"]), "ne pouvons pas vérifier")
    assert opened(database) == Opened(people=0, sessions=0)


def test_forges_tell_a_login_and_where_to_see_it() -> None:
    gitlab = read("gitlab", "7", name="Ada", nickname="ada", profile="https://gitlab.example/ada", email="a@b.example")
    assert (gitlab.login, gitlab.profile_url, gitlab.email_verified) == ("ada", "https://gitlab.example/ada", False)
    forgejo = read("forgejo", "7", name="", preferred_username="ada", email="a@b.example", email_verified=True)
    assert (forgejo.name, forgejo.login, forgejo.profile_url) == ("ada", "ada", "https://forgejo.example/ada")
    assert forgejo.email_verified


@pytest.mark.parametrize("verified", ["true", 1, None, "yes"])
def test_an_address_is_verified_when_that_is_said_and_not_almost_said(verified: object) -> None:
    assert read("oidc", email="a@b.example", email_verified=verified).email_verified is False


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ada", "//x", "ftp://x.example", 7, "https://", "x" * 400])
def test_a_profile_that_is_no_web_address_is_none(address: object) -> None:
    assert read("oidc", profile=address).profile_url is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_provider_leaves_out_or_garbles_breaks_nothing(kind: str) -> None:
    garbled = {"name": ["x"], "given_name": 7, "usual_name": {}, "family_name": "\x00", "nickname": "", "profile": []}
    claims = read(kind, email="a@b.example", **garbled)
    assert claims.name
    assert (claims.given_names, claims.usual_name, claims.login) == (None, None, None)


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_are_dropped_but_the_one_that_signing_out_needs(
    kind: str, client: TestClient, doubles: dict[str, Double], database: Database
) -> None:
    """Those of Forgejo may do whatever the person may, those of ORCID and GitLab are of no use."""
    assert came_back(client, doubles[kind]).status_code == 303
    with database.reading() as db:
        session = db.exec(select(LoginSession)).one()
    assert (session.id_token is not None) == (kind in ("proconnect", "oidc"))
