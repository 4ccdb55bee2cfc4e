"""The switch that pauses the waiting list of an edition."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queuepause",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_queuepause_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_queuepause")),
    )


def downgrade() -> None:
    op.drop_table("queuepause")
