"""Addresses that are proven: when, by which link, and letters that go where the link must arrive."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True))
    # Every address so far came from a provider that vouched for it.
    op.execute("UPDATE person SET email_verified_at = created_at WHERE email IS NOT NULL AND email <> ''")
    op.add_column("letter", sa.Column("address", sa.String(length=254), nullable=True))
    op.create_table(
        "emailproof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_emailproof_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_emailproof_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emailproof")),
    )
    op.create_index(op.f("ix_emailproof_person_id"), "emailproof", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_emailproof_person_id"), "emailproof")
    op.drop_table("emailproof")
    op.drop_column("letter", "address")
    op.drop_column("person", "email_verified_at")
