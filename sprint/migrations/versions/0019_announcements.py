"""Letters to groups, and notices of the moment."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "groupletter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "to_group",
            sa.Enum(
                "tous",
                "confirmees",
                "attente",
                "mentors",
                name="group",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("day_id", sa.Integer(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum("site", "distance", name="mode", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("subject_fr", sa.String(length=160), nullable=False),
        sa.Column("body_fr", sa.String(length=5000), nullable=False),
        sa.Column("subject_en", sa.String(length=160), nullable=False),
        sa.Column("body_en", sa.String(length=5000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("act", sa.String(length=32), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "subject_fr <> '' AND body_fr <> '' AND subject_en <> '' AND body_en <> ''",
            name=op.f("ck_groupletter_worded"),
        ),
        sa.CheckConstraint("(sent_at IS NULL) = (act IS NULL)", name=op.f("ck_groupletter_sent")),
        sa.CheckConstraint("withdrawn_at IS NULL OR sent_at IS NOT NULL", name=op.f("ck_groupletter_withdrawn")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_groupletter_edition_id_edition")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_groupletter_track_id_track")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_groupletter_day_id_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groupletter")),
        sa.UniqueConstraint("edition_id", "once", name=op.f("uq_groupletter_edition_id_once")),
        sa.UniqueConstraint("act", name=op.f("uq_groupletter_act")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("words_fr", sa.String(length=300), nullable=False),
        sa.Column("words_en", sa.String(length=300), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint("words_fr <> '' AND words_en <> ''", name=op.f("ck_announcement_worded")),
        sa.CheckConstraint("ends_at > said_at", name=op.f("ck_announcement_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_announcement_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("edition_id", "once", name=op.f("uq_announcement_edition_id_once")),
    )
    op.create_index(op.f("ix_announcement_ends_at"), "announcement", ["ends_at"])


def downgrade() -> None:
    op.drop_table("announcement")
    op.drop_table("groupletter")
