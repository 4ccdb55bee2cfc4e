"""Signing in and out through a certified OpenID provider that knows nothing of us, in a real browser."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc import jws
from sqlmodel import select

from sprint.people.tables import Identity, Person
from sprint.provider_settings import Provider, block_of
from sprint.sessions import LoginSession
from tests.chromium.conftest import Site, running_site

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE = shutil.which("node") or shutil.which("node", path=ROOT / ".venv" / "bin")
SECRET = "a secret of more than thirty-two characters"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def declared(issuer: str) -> tuple[Provider, ...]:
    given = {"issuer": issuer, "client_secret": SECRET, "pkce": True}
    agents = {
        "kind": "proconnect",
        "client_id": "sprint-agents",
        "acr_values": ["eidas2"],
        "claims": {"id_token": {"amr": {"essential": True}}},
    }
    others = {
        "kind": "oidc",
        "client_id": "sprint-autres",
        "client_auth": "client_secret_post",
        "scope": "openid email",
    }
    return block_of("agents", given | agents), block_of("autres", given | others | {"label": "Annuaire"})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The site, configured for a provider that runs beside it."""
    package = ROOT / "node_modules" / "oidc-provider"
    if NODE is None or not package.is_dir():
        pytest.skip("NO NODE, OR NO oidc-provider IN node_modules: SIGNING IN AT A REAL PROVIDER WAS NOT TRIED")
    port = free_port()
    with running_site(tmp_path, providers=declared(f"http://127.0.0.1:{port}")) as running:
        process = subprocess.Popen(
            [NODE, str(HERE / "oidc_provider.mjs"), str(port), running.address],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            yield running
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def test_an_agent_signs_in_and_out_at_a_certified_provider(visitor, site: Site) -> None:  # type: ignore[no-untyped-def]
    page = visitor()
    page.goto("/connexion?retour=/moi/appareils")
    page.get_by_role("link", name="S’identifier avec ProConnect").click()
    page.locator("#strong").click()
    page.wait_for_url("**/moi/appareils")
    assert_known(site)
    page.goto("/moi")
    page.get_by_role("button", name="Se déconnecter").first.click()
    assert page.url.startswith(declared_origin(site))
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(f"{site.address}/")
    page.get_by_text("Vous êtes déconnecté·e.").wait_for()
    page.goto("/moi")
    assert page.url.startswith(f"{site.address}/connexion")
    # The provider forgot too: it asks again who one is.
    page.get_by_role("link", name="S’identifier avec ProConnect").click()
    page.locator("#strong").wait_for()
    # What the provider's own pages lack is theirs; ours let the form through to where signing out ends.
    assert [one for one in page.problems if "Security Policy" in one or site.address in one] == []


def declared_origin(site: Site) -> str:
    return site.settings.providers[0].origin


def assert_known(site: Site) -> None:
    """What the provider said, and how it proved it."""
    with site.database.reading() as db:
        identity = db.exec(select(Identity).where(Identity.provider == "agents")).one()
        person = db.exec(select(Person).where(Person.id == identity.person_id)).one()
        session = db.exec(select(LoginSession).where(LoginSession.provider == "agents")).one()
    assert (person.name, person.email) == ("Ada Lemoine", "ada.lemoine@ministere.example")
    assert (identity.issuer, identity.subject) == (declared_origin(site), "ada-of-the-ministry")
    assert session.acr == "eidas2"
    assert session.id_token is not None
    assert jws.extract_compact(session.id_token.encode()).headers()["alg"] == "RS256"


def test_a_weaker_sign_in_than_asked_for_is_not_accepted(visitor, site: Site) -> None:  # type: ignore[no-untyped-def]
    page = visitor()
    page.goto("/connexion/agents")
    page.locator("#weak").click()
    page.get_by_text("sans la double authentification").wait_for()
    assert page.get_by_role("link", name="S’identifier avec ProConnect").is_visible()
    with site.database.reading() as db:
        assert db.exec(select(LoginSession).where(LoginSession.provider == "agents")).all() == []


def test_who_says_no_there_reads_so_here_and_may_go_on_with_another(visitor, site: Site) -> None:  # type: ignore[no-untyped-def]
    page = visitor(javascript=False)
    page.goto("/connexion/agents")
    page.locator("#no").click()
    page.get_by_text("Vous n’avez pas confirmé la connexion").wait_for()
    page.get_by_role("link", name="Continuer avec Annuaire").click()
    page.locator("#strong").click()
    page.wait_for_url("**/moi/bienvenue*")
    with site.database.reading() as db:
        assert len(db.exec(select(Identity).where(Identity.provider == "autres")).all()) == 1
