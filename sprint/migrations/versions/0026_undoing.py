"""What the team takes back, calendars take back too: the revision of a registration."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("registration", sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("registration", sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("registration", "revised_at")
    op.drop_column("registration", "revision")
