"""What those who come must know of an edition, and when it is written to them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practical",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("access", sa.String(length=2000), nullable=False),
        sa.Column("hours", sa.String(length=600), nullable=False),
        sa.Column("food", sa.String(length=1000), nullable=False),
        sa.Column("contact", sa.String(length=400), nullable=False),
        sa.Column("conduct", sa.String(length=1000), nullable=False),
        sa.Column("letter_days", sa.Integer(), nullable=True),
        sa.Column("reminds", sa.Boolean(), nullable=False),
        sa.CheckConstraint("letter_days IS NULL OR letter_days > 0", name=op.f("ck_practical_days")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_practical_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_practical")),
    )


def downgrade() -> None:
    op.drop_table("practical")
