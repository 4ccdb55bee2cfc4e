"""Until tests/conftest.py offers `database`."""

from tests.preparation.conftest import cluster, database, postgres

__all__ = ["cluster", "database", "postgres"]
