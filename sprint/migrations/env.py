"""Alembic's entry: one history for both engines. The connection is handed over by `sprint.commands.migrate`."""

from alembic import context
from sqlalchemy import JSON, Column
from sqlmodel import SQLModel

import sprint.tables  # noqa: F401  the metadata is whole, whoever asks


def defaults_differ(_context: object, _inspected: object, column: Column, *_defaults: object) -> bool | None:  # type: ignore[type-arg]
    """PostgreSQL compares no JSON: such a default is taken as it is. None leaves all others to Alembic."""
    return False if isinstance(column.type, JSON) else None


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=defaults_differ,
)
with context.begin_transaction():
    context.run_migrations()
