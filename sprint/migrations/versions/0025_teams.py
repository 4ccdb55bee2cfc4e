"""Teams of a track, joined by a code."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_team_name")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_team_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("code", name=op.f("uq_team_code")),
    )
    op.create_index(op.f("ix_team_track_id"), "team", ["track_id"])
    op.create_table(
        "teammember",
        sa.Column("track_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_teammember_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_teammember_team_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_teammember_track_id")),
        sa.PrimaryKeyConstraint("track_id", "person_id", name=op.f("pk_teammember")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_teammember_person_id_once")),
    )
    op.create_index(op.f("ix_teammember_team_id"), "teammember", ["team_id"])


def downgrade() -> None:
    op.drop_table("teammember")
    op.drop_table("team")
