"""The history of the tables ends where the code stands, on both engines."""

from sprint.commands.migrate import check_history
from sprint.database import Database


def test_code_and_base_agree(database: Database) -> None:
    """Raises with what differs: tables, columns, types, defaults, indexes."""
    check_history(database)
