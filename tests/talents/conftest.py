"""Somebody to be seen, and somebody to see them."""

import pytest

from sprint.database import Database
from tests.people import Five
from tests.talents.pool import a_profile, a_reason, a_recruiter


@pytest.fixture
def key(database: Database, five: Five) -> str:
    """Barbara is in the pool; Denise recruits for an employer of hers, and said why."""
    with database.writing() as db:
        a_reason(db, a_recruiter(db, five.denise), "Chef de projet carto")
        return a_profile(db, five.barbara).key
