"""What registering asks most: who holds or waits for a seat of a track, and whether the plan of an edition changed."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

LIVE = sa.text("ended_at IS NULL")
BEFORE = {"ix_registration_queue": ["day_id", "mode", "id"], "ix_registration_track": ["track_id", "day_id"]}
AFTER = {
    "ix_registration_queue": ["day_id", "mode", "state", "id"],
    "ix_registration_track": ["track_id", "day_id", "mode", "state", "ended_at"],
}


def upgrade() -> None:
    for name, columns in AFTER.items():
        op.drop_index(name, table_name="registration")
        op.create_index(name, "registration", columns)
    op.add_column("data_version", sa.Column("plan", sa.Integer(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    op.drop_column("data_version", "plan")
    for name in AFTER:
        op.drop_index(name, table_name="registration")
    op.create_index("ix_registration_track", "registration", BEFORE["ix_registration_track"])
    columns = BEFORE["ix_registration_queue"]
    op.create_index("ix_registration_queue", "registration", columns, sqlite_where=LIVE, postgresql_where=LIVE)
