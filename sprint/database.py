"""SQLite and PostgreSQL behind the same two doors: `reading()` sees one state and changes nothing, `writing()` commits as a whole.

The only room, with `connections`, `jobs` and the migrations, that knows which engine stands below.
"""

import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Index,
    Table,
    create_engine,
    make_url,
    text,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from sprint.connections import dress_sqlite, ping_after_idleness
from sprint.data_version import raise_if_changed, watch
from sprint.kept import KeptValues
from sprint.plans import lend_plans
from sprint.turnstile import OneWriter, TookTooLong, Turnstile

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_SECONDS = 5
"""How long a statement waits for a lock before the person is asked to come back (503)."""

MIGRATION_LOCK = 20191119
"""Any number that nobody else uses: PostgreSQL's advisory lock of migrations."""

Found = TypeVar("Found")

_open_doors: ContextVar[int] = ContextVar("open_doors", default=0)


class NetworkBehindOpenDoor(AssertionError):
    """Somebody was about to wait for the network while holding a connection or a lock."""


def no_door_is_open() -> None:
    """Called before every outgoing connection; raises NetworkBehindOpenDoor."""
    if _open_doors.get():
        raise NetworkBehindOpenDoor("close the database door before using the network")


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def closed_values(of: type, name: str = "") -> Enum:
    """A column of a StrEnum, stored by value, checked by the database on both engines.

    `name` is that of the check, for a table with several columns of one kind.
    """
    return Enum(
        of,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name or of.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def matches(name: str, sqlite: str, postgresql: str) -> tuple[SchemaItem, SchemaItem]:
    """A CHECK worded for each engine under one name (SQLite has GLOB, PostgreSQL regular expressions)."""
    return (
        CheckConstraint(sqlite, name=name).ddl_if(dialect="sqlite"),
        CheckConstraint(postgresql, name=name).ddl_if(dialect="postgresql"),
    )


def unique_when(name: str, *columns: str, where: TextClause) -> Index:
    """A UNIQUE that counts only the rows where `where` holds."""
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


def random_uid() -> Any:
    """A column that names its row to the outside for ever (in calendars): derived from nothing, unique."""
    return Field(
        default_factory=lambda: secrets.token_hex(16),
        max_length=32,
        index=True,
        unique=True,
        sa_column_kwargs={"server_default": text("''")},
    )


class Database:
    """One engine for reading, one for writing, so that a flood of writes never takes the readers' connections."""

    def __init__(self, url: str, threads: int = 4) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database and self.url.database != ":memory:":
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        # Writers queue here, for SQLite's busy loop wakes nobody.
        self._writers = OneWriter(self._own_turnstile()) if self.is_sqlite else None
        self.readers = self._engine(threads + 2, read_only=True)
        self.writers = self._engine(1 if self.is_sqlite else threads + 2, read_only=False)
        watch(self.writers)
        self._plans = KeptValues()

    def _own_turnstile(self) -> Turnstile | None:
        """None where no other process writes to the same file."""
        name = self.url.database
        if not name or name == ":memory:" or name.startswith("file:"):
            return None
        return Turnstile(Path(name), BUSY_SECONDS)

    def _engine(self, connections: int, *, read_only: bool) -> Engine:
        if self.is_sqlite:
            engine = create_engine(
                self.url,
                poolclass=QueuePool,
                pool_size=connections,
                max_overflow=2,
                connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
            )
            dress_sqlite(engine, read_only=read_only)
            return engine
        options = f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout=30s -c timezone=UTC"
        engine = create_engine(
            self.url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            connect_args={"connect_timeout": BUSY_SECONDS, "options": options},
        )
        ping_after_idleness(engine)
        # Readers see one state from first to last query, so that a list and its count agree.
        return (
            engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            if read_only
            else engine
        )

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A door through which nothing can be changed; the transaction is always rolled back."""
        with _held(), Session(self.readers, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A door that commits when the block ends well and rolls back whatever was raised. Nobody else commits."""
        with self._one_writer(), self._committed() as session:
            yield session

    @contextmanager
    def _committed(self) -> Generator[Session]:
        with _held(), Session(self.writers, expire_on_commit=False) as session:
            lend_plans(session, self._plans)
            yield session
            raise_if_changed(session)
            session.commit()

    @contextmanager
    def writing_for(self, ask: Callable[[Session], Found]) -> Generator[tuple[Session, Found]]:
        """As `writing`, for whom `ask` lets in, with what it found; what it raises opens no door.

        Where one writer keeps all others waiting, `ask` goes through the reading door, a moment before the wait.
        """
        if self.is_sqlite:
            with self.reading() as db:
                found = ask(db)
            with self.writing() as db:
                yield db, found
        else:
            with self.writing() as db:
                yield db, ask(db)

    @contextmanager
    def writing_if_free(self) -> Generator[Session | None]:
        """As `writing`, but gives None at once when another writer of this process holds the door (for traces that can wait)."""
        with self._one_writer(waits=False) as is_in:
            if not is_in:
                yield None
                return
            with self._committed() as session:
                yield session

    @contextmanager
    def _one_writer(self, *, waits: bool = True) -> Generator[bool]:
        if self._writers is None:
            yield True
            return
        try:
            with self._writers.let_in(waits=waits) as is_in:
                yield is_in
        except TookTooLong as error:
            raise PoolTimeout(str(error)) from error

    @contextmanager
    def migrating(self) -> Generator[Connection]:
        """A connection for changing tables: one process at a time, foreign keys held until the end on SQLite."""
        with self._one_writer(), self.writers.connect() as connection:
            if self.is_sqlite:
                # Batch mode makes a table anew under another name: the rows that point to it must not be asked meanwhile.
                connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            else:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            yield connection
            connection.commit()
        self.writers.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self.readers.dispose()
        self.writers.dispose()
        if self._writers is not None:
            self._writers.close()


def writes_alone(db: Session) -> bool:
    """Whether nobody else writes until this transaction ends, as on SQLite: its rows need no lock."""
    return db.get_bind().dialect.name == "sqlite"


@contextmanager
def _held() -> Generator[None]:
    token = _open_doors.set(_open_doors.get() + 1)
    try:
        yield
    finally:
        _open_doors.reset(token)


def all_tables() -> list[Table]:
    """Every table, parents before children."""
    return list(SQLModel.metadata.sorted_tables)
