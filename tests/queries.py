"""A recorder of what is asked of the database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event

from sprint.database import Database

ADMINISTRATIVE = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SHOW", "SELECT PG_CATALOG.VERSION")
FRESHNESS = (
    "SELECT data_version.number",
    "SELECT data_version.plan",
    'SELECT data_version."plan"',
    "UPDATE data_version",
)
"""What is asked to know whether what is kept still holds, and added to each change: not a page's own, counted apart."""


@dataclass
class Queries:
    """The statements of a block, in order; what only opens and closes transactions is left out."""

    statements: list[str] = field(default_factory=list)
    freshness: int = 0

    @property
    def count(self) -> int:
        return len(self.statements)

    @property
    def writes(self) -> list[str]:
        return [one for one in self.statements if not one.startswith("SELECT")]

    def note(self, _connection: object, _cursor: object, statement: str, *_others: object) -> None:
        words = " ".join(statement.split())
        if words.startswith(FRESHNESS):
            self.freshness += 1
        # Who asks comes with the number, and is a query of the frame's.
        if not words.startswith(FRESHNESS) or "loginsession" in words:
            self._count(words)

    def _count(self, words: str) -> None:
        if not words.upper().startswith(ADMINISTRATIVE):
            self.statements.append(words)

    def __str__(self) -> str:
        return "\n".join(self.statements)


class QueriesOfDeed(Queries):
    """What an action asks, without what one engine alone asks there: who comes, and the lock of an edition."""

    def _count(self, words: str) -> None:
        is_lock = "pg_advisory_xact_lock" in words
        if not is_lock and not words.startswith(FRESHNESS):
            super()._count(words)


def recorded(database: Database) -> AbstractContextManager[Queries]:
    """Record what goes through either door of the database while the block lasts."""
    return _through(database.readers, database.writers)


def inside_the_writing_door(database: Database) -> AbstractContextManager[Queries]:
    """Record what is asked while others who write may have to wait; who comes is not: on one engine it is asked before."""
    return _through(database.writers, queries=QueriesOfDeed())


@contextmanager
def _through(*engines: Engine, queries: Queries | None = None) -> Iterator[Queries]:
    queries = queries or Queries()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", queries.note)
    try:
        yield queries
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", queries.note)
