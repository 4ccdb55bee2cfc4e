"""Several ways of signing in: names on forges, how surely somebody was recognised, what signing out wants back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identity", sa.Column("login", sa.String(length=120), nullable=True))
    op.add_column("identity", sa.Column("profile_url", sa.String(length=300), nullable=True))
    op.add_column("loginsession", sa.Column("acr", sa.String(length=200), nullable=True))
    op.add_column("loginsession", sa.Column("id_token", sa.Text(), nullable=True))


def downgrade() -> None:
    for table, column in (
        ("loginsession", "id_token"),
        ("loginsession", "acr"),
        ("identity", "profile_url"),
        ("identity", "login"),
    ):
        op.drop_column(table, column)
