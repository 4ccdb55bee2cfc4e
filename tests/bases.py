"""Fresh, migrated databases for tests on both engines: a template is migrated once, every test gets a copy of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from sprint.commands.migrate import bring_up_to_date
from sprint.database import Database
from tests.postgres import Cluster

TEMPLATE = "sprint_template"
_numbers = count(1)


def migrate(url: str) -> None:
    """Bring a database to the present shape by the real migrations."""
    database = Database(url)
    try:
        bring_up_to_date(database)
    finally:
        database.close()


@dataclass(frozen=True)
class PostgresServer:
    """What a test process needs of the cluster that the first process started: how to reach it."""

    url: str

    @staticmethod
    def prepared(cluster: Cluster) -> "PostgresServer":
        """The server with its migrated template."""
        migrate(cluster.create_database(TEMPLATE))
        return PostgresServer(cluster.url())

    @contextmanager
    def copy(self, name: str) -> Iterator[Database]:
        """A copy of the template, as long as the block lasts. Files are copied: four times as quick as the write-ahead log."""
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY".encode())
        database = Database(self.url.rpartition("/")[0] + f"/{name}")
        try:
            yield database
        finally:
            database.close()
            with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def database_name(worker: str) -> str:
    """A name no other test of the run has."""
    return f"sprint_{worker}_{next(_numbers)}"


@contextmanager
def sqlite_copy(template: Path, folder: Path) -> Iterator[Database]:
    """A copy of the template file, as long as the block lasts."""
    file = folder / "sprint.db"
    shutil.copyfile(template, file)
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()
