"""Addresses to write to once, when registration opens."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opening", sa.String(length=32), nullable=True),
        sa.CheckConstraint("person_id IS NULL OR confirmed_at IS NOT NULL", name=op.f("ck_alert_proven")),
        sa.CheckConstraint("letters >= 0", name=op.f("ck_alert_letters")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_alert_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_alert_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_edition_id"), "alert", ["edition_id"])
    op.create_index(op.f("ix_alert_person_id"), "alert", ["person_id"])
    named, unnamed = sa.text("edition_id IS NOT NULL"), sa.text("edition_id IS NULL")
    of_edition = ["mailbox", "edition_id"]
    op.create_index("uq_alert_of_edition", "alert", of_edition, unique=True, sqlite_where=named, postgresql_where=named)
    op.create_index(
        "uq_alert_of_the_next", "alert", ["mailbox"], unique=True, sqlite_where=unnamed, postgresql_where=unnamed
    )


def downgrade() -> None:
    op.drop_table("alert")
