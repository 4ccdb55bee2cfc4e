"""`python -m sprint migrate`: brings the database to the present shape; `--check` says whether code and base agree."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from sprint.database import Database
from sprint.settings import database_url

HISTORY = Path(__file__).parent.parent / "migrations"


def migrate(
    check: Annotated[bool, typer.Option(help="write nothing; fail when the tables differ from the code")] = False,
) -> None:
    """Bring the database up to date."""
    database = Database(database_url())
    try:
        if check:
            check_history(database)
        else:
            bring_up_to_date(database)
    finally:
        database.close()


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that are missing. Two processes at once: the second waits, then finds nothing to do."""
    from alembic import command

    with database.migrating() as connection:
        command.upgrade(_config(connection), "head")


def check_history(database: Database) -> None:
    """Raise when the tables differ from what the code says."""
    from alembic import command

    with database.migrating() as connection:
        command.check(_config(connection))


def new_revision(database: Database, message: str) -> None:
    """For developers: write the next migration from what changed."""
    from alembic import command

    with database.migrating() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HISTORY))
    config.attributes["connection"] = connection
    return config
