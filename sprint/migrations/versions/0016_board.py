"""The open board: what registered people propose."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boardentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint("(slot_id IS NULL) = (minutes IS NOT NULL)", name=op.f("ck_boardentry_kind")),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_boardentry_minutes")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_boardentry_title")),
        sa.CheckConstraint("(removed_at IS NULL) = (reason = '')", name=op.f("ck_boardentry_reason")),
        sa.CheckConstraint("withdrawn_at IS NULL OR removed_at IS NULL", name=op.f("ck_boardentry_one_end")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_boardentry_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_boardentry_person_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_boardentry_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boardentry")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_boardentry_person_id_once")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_boardentry_slot_id")),
    )
    with op.batch_alter_table("boardentry", schema=None) as batch_op:
        batch_op.create_index("ix_boardentry_queue", ["edition_id", "position"], unique=False)


def downgrade() -> None:
    op.drop_table("boardentry")
