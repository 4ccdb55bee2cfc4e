"""A real server over the demonstration, a real Chromium, and people who sign in through the demo provider."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from sprint.app import build
from sprint.clock import now
from sprint.commands.migrate import bring_up_to_date
from sprint.database import Database
from sprint.demo import build_demo
from sprint.programme.queries import current_edition, editions
from sprint.provider_settings import Provider
from sprint.settings import Settings

playwright_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Site:
    """A running demonstration."""

    address: str
    edition: str
    database: Database
    settings: Settings


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as running:
        yield running


@contextmanager
def running_site(
    folder: Path, providers: tuple[Provider, ...] = (), mfa_acr: tuple[str, ...] = (), *, email_links: bool = False
) -> Iterator[Site]:
    """A fresh demonstration on loopback, with its worker outside so that tests say when letters leave."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"sqlite:///{folder}/demo.db"
    settings = Settings(
        database_url=url,
        base_url=f"http://127.0.0.1:{port}",
        secret="b" * 40,
        demo="1",
        worker="apart",
        contact="equipe@sprint.example",
        letter_delay_seconds=0,
        providers=providers,
        mfa_acr=mfa_acr,
        email_links=email_links,
    )
    database = Database(url)
    bring_up_to_date(database)
    build_demo(database, now())
    with database.reading() as db:
        edition = current_edition(editions(db), now())
    server = uvicorn.Server(uvicorn.Config(build(settings, database), port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Site(settings.base_url, edition.slug if edition else "", database, settings)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the browser tests did not run")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, site: Site) -> Iterator[Callable]:  # type: ignore[no-untyped-def, type-arg]
    """A factory of pages: `visitor("ada")` has signed in through the provider's own page."""
    with _contexts(chromium, site) as open_page:
        yield open_page


@contextmanager
def _contexts(chromium, site: Site) -> Iterator[Callable]:  # type: ignore[no-untyped-def, type-arg]
    opened = []

    def open_page(  # type: ignore[no-untyped-def]
        persona: str = "",
        *,
        javascript: bool = True,
        theme: str = "light",
        width: int = 1280,
        device: str = "light",
        forced_colors: str = "none",
    ):
        context = chromium.new_context(
            base_url=site.address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=device,
            forced_colors=forced_colors,
        )
        context.add_cookies([{"name": "sprint-affichage", "value": theme, "url": site.address}])
        opened.append(context)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda line: line.type == "error" and page.problems.append(line.text))
        # A page that goes on to the next abandons what it was still fetching: that is the browser's haste, no fault of ours.
        page.on(
            "requestfailed",
            lambda request: request.failure != "net::ERR_ABORTED" and page.problems.append(f"failed: {request.url}"),
        )
        if persona:
            page.goto("/connexion/demo")
            page.locator(f"[data-persona={persona}]").click()
            page.wait_for_url("**/moi")
        return page

    yield open_page
    for context in opened:
        context.close()
