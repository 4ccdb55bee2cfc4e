"""The edition of the five before its registration opens."""

import pytest

from sprint.database import Database
from tests.alerts.scene import put_ahead
from tests.people import Five


@pytest.fixture
def ahead(database: Database, five: Five) -> Five:
    """The five, in an edition that opens in three days."""
    put_ahead(database, five.edition)
    return five
