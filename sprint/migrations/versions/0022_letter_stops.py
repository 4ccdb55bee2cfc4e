"""Letters that somebody does without."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterstop",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letterstop_person_id")),
        sa.PrimaryKeyConstraint("person_id", "purpose", name=op.f("pk_letterstop")),
    )


def downgrade() -> None:
    op.drop_table("letterstop")
