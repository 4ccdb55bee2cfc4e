"""Fixtures every test may ask for. One PostgreSQL for the whole run, one fresh database for each test, on either engine."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from sprint.database import Database
from sprint.settings import Settings
from tests.bases import PostgresServer, database_name, migrate, sqlite_copy
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five, five_people, signed_in
from tests.postgres import Cluster, NoPostgres, start

SERVER = pytest.StashKey[PostgresServer | None]()
CLUSTER = pytest.StashKey[Cluster | None]()
WITHOUT = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that hands out the tests; the others are told where it is."""
    given = getattr(config, "workerinput", None)
    if given is not None:
        config.stash[SERVER] = PostgresServer(given["postgres"]) if given["postgres"] else None
        config.stash[WITHOUT] = given["without_postgres"]
    elif config.getoption("numprocesses", None):
        _start_postgres(config)


def _start_postgres(config: pytest.Config) -> None:
    config.stash[CLUSTER], config.stash[SERVER], config.stash[WITHOUT] = None, None, ""
    try:
        cluster = config.stash[CLUSTER] = start()
        config.stash[SERVER] = PostgresServer.prepared(cluster)
    except NoPostgres as error:
        config.stash[WITHOUT] = f"NO POSTGRESQL: half of the tests do not run. {error}"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """For xdist: tell a new process where PostgreSQL is."""
    config, given = node.config, node.workerinput  # type: ignore[attr-defined]
    server = config.stash[SERVER]
    given |= {"postgres": server.url if server else "", "without_postgres": config.stash[WITHOUT]}


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if reason := config.stash.get(WITHOUT, ""):
        terminalreporter.section(reason, sep="!", red=True)


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> PostgresServer:
    """The server of the run, started at first use when there is only one process."""
    if SERVER not in pytestconfig.stash:
        _start_postgres(pytestconfig)
    server = pytestconfig.stash[SERVER]
    if server is None:
        pytest.skip(pytestconfig.stash[WITHOUT])
    return server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[Database]:
    """A fresh, migrated PostgreSQL database."""
    with postgres_server.copy(database_name(os.environ.get("PYTEST_XDIST_WORKER", "alone"))) as database:
        yield database


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh, migrated SQLite database."""
    with sqlite_copy(sqlite_template, tmp_path) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A fresh, migrated database: the test runs once on each engine."""
    return request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")


@pytest.fixture
def settings(database: Database) -> Settings:
    """The settings of a demonstration on this machine, with letters that leave at once."""
    url = database.url.render_as_string(hide_password=False)
    return Settings(database_url=url, base_url="http://localhost", secret="s" * 32, demo="1", letter_delay_seconds=0)


@pytest.fixture
def time() -> Iterator[Callable[[datetime], None]]:
    """It is NOW until the test says otherwise."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def app(settings: Settings, database: Database) -> ASGIApp:
    """The whole application over the test's database, without its worker."""
    return import_module("sprint.app").build(settings, database, with_worker=False)


@pytest.fixture
def five(database: Database) -> Five:
    """The five people in their edition."""
    with database.writing() as db:
        return five_people(db)


@pytest.fixture
def browser(
    app: ASGIApp, settings: Settings, database: Database, time: Callable[[datetime], None]
) -> Iterator[Callable[..., Browser]]:
    """A factory of browsers: `browser()` is nobody's, `browser(five.ada)` is signed in."""
    with TestClient(app, base_url=settings.base_url) as first:

        def open_browser(person=None) -> Browser:  # type: ignore[no-untyped-def]
            # All share the loop of the first: the frame's limiters belong to one loop.
            client = TestClient(app, base_url=settings.base_url, headers={"accept-encoding": "identity"})
            client.portal = first.portal
            one = Browser(client, settings)
            if person is not None:
                with database.writing() as db:
                    one.take_session(signed_in(db, person))
            return one

        yield open_browser
