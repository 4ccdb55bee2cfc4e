"""The index of the queue follows the order in which it is read: by id, which is given under the edition's lock."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _index("day_id", "mode", "id")


def downgrade() -> None:
    _index("day_id", "mode", "queued_at", "id")


def _index(*columns: str) -> None:
    op.drop_index("ix_registration_queue", table_name="registration")
    op.create_index("ix_registration_queue", "registration", columns, sqlite_where=LIVE, postgresql_where=LIVE)
