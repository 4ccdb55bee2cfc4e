"""Connections of each engine, from the moment they are opened or lent."""

import time

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

IDLE_SECONDS = 1
"""After how long without use a connection to PostgreSQL is asked whether it lives: the server may have been restarted."""
USED_AT = "sprint.used_at"


def dress_sqlite(engine: Engine, *, read_only: bool) -> None:
    """SQLAlchemy, not the driver, says BEGIN: immediately for a writer, so that two never both believe they may write."""

    def on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged registration survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        else:
            cursor.execute("PRAGMA secure_delete=ON")  # what is erased leaves no bytes in the file's free pages
        cursor.close()

    event.listen(engine, "connect", on_connect)
    statement = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(statement))


def ping_after_idleness(engine: Engine) -> None:
    """Ask a connection whether it still lives when nobody used it for a while; asking each time is a tenth of a form."""

    def on_checkin(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info[USED_AT] = time.monotonic()

    def on_checkout(connection: DBAPIConnection, record: ConnectionPoolEntry, _lent: PoolProxiedConnection) -> None:
        if time.monotonic() - record.info.get(USED_AT, time.monotonic()) < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", on_checkin)
    event.listen(engine, "checkout", on_checkout)
