"""The life of an edition: announced and archived moments, for whom it is, its code of conduct. What exists is announced."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns are added with constant defaults, never by making a table anew: SQLite would lose its CHECKs on the way.
    for name in ("announced_at", "archived_at"):
        op.add_column("edition", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name, longest in (("conduct_url", 400), ("conduct_version", 40)):
        text = sa.Column(name, sa.String(length=longest), nullable=False, server_default=sa.text("''"))
        op.add_column("edition", text)
    # Worded by hand, so that the CHECK comes with the column on both engines.
    op.execute(
        "ALTER TABLE edition ADD COLUMN audience VARCHAR(32) DEFAULT 'mixed' NOT NULL"
        " CONSTRAINT ck_edition_edition_audience CHECK (audience IN ('agents', 'open', 'mixed'))"
    )
    op.execute("UPDATE edition SET announced_at = changed_at")


def downgrade() -> None:
    for name in ("audience", "conduct_version", "conduct_url", "archived_at", "announced_at"):
        op.drop_column("edition", name)
