"""Tracks proposed by their teams, and what their pages say since."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATES = ("draft", "submitted", "returned", "declined", "withdrawn", "published")


def upgrade() -> None:
    _tracks()
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="proposal_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("canvas", sa.JSON(), nullable=False),
        sa.Column("tested_by", sa.String(length=160), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint("(state = 'published') = (track_id IS NOT NULL)", name=op.f("ck_proposal_track")),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_proposal_published")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_proposal_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_person_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_proposal_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_proposal_person_id_once")),
        sa.UniqueConstraint("track_id", name=op.f("uq_proposal_track_id")),
    )
    op.create_index(op.f("ix_proposal_edition_id"), "proposal", ["edition_id"])
    op.create_table(
        "proposalmentor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposalmentor_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposalmentor_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposalmentor")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_proposalmentor_proposal_id_person_id")),
    )
    op.create_index(op.f("ix_proposalmentor_person_id"), "proposalmentor", ["person_id"])
    op.create_table(
        "proposalnote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposalnote_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposalnote_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposalnote")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_proposalnote_person_id_once")),
    )
    op.create_index(op.f("ix_proposalnote_proposal_id"), "proposalnote", ["proposal_id"])


def _tracks() -> None:
    # Columns are added with constant defaults, never by making a table anew: SQLite would lose its CHECKs on the way.
    for name, longest in (("chat_url", 400), ("place", 160)):
        text = sa.Column(name, sa.String(length=longest), nullable=False, server_default=sa.text("''"))
        op.add_column("track", text)
    op.add_column("track", sa.Column("is_supported", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("track", sa.Column("guides", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    # Worded by hand, so that the CHECK comes with the column on both engines.
    op.execute(
        "ALTER TABLE track ADD COLUMN kind VARCHAR(32) DEFAULT 'software' NOT NULL"
        " CONSTRAINT ck_track_track_kind CHECK (kind IN ('software', 'commons'))"
    )
    op.execute(
        "ALTER TABLE track ADD COLUMN openness VARCHAR(32)"
        " CONSTRAINT ck_track_track_openness CHECK (openness IN ('published', 'open', 'contributive'))"
    )


def downgrade() -> None:
    for table in ("proposalnote", "proposalmentor", "proposal"):
        op.drop_table(table)
    for name in ("openness", "kind", "guides", "is_supported", "place", "chat_url"):
        op.drop_column("track", name)
