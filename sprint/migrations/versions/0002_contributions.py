"""Contributions: what was done, by whom, what it rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "code",
                "securite",
                "relecture",
                "anomalie",
                "test",
                "documentation",
                "traduction",
                "accessibilite",
                "conception",
                "donnees",
                "formation",
                "animation",
                "gouvernance",
                "ouverture",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "sent_back",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_contribution_withdrawn")
        ),
        sa.CheckConstraint("answer = '' OR answered_at IS NOT NULL", name=op.f("ck_contribution_answered")),
        sa.CheckConstraint("state <> 'sent_back' OR reason <> ''", name=op.f("ck_contribution_reason")),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'sent_back') OR decided_at IS NOT NULL", name=op.f("ck_contribution_decided")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_contribution_title")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_contribution_decided_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_contribution_edition_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_contribution_project_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_contribution_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index("ix_contribution_edition", ["edition_id", "state", "track_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_contribution_track", ["track_id", "state"], unique=False)

    op.create_table(
        "authorship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "accepted", "declined", name="consent", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint("(state = 'proposed') = (answered_at IS NULL)", name=op.f("ck_authorship_answered")),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_authorship_minutes")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_authorship_contribution_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_authorship_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_authorship_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorship")),
        sa.UniqueConstraint("contribution_id", "person_id", name=op.f("uq_authorship_contribution_id_person_id")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_authorship_person_id_once")),
    )
    with op.batch_alter_table("authorship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorship_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_evidence_contribution_id")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_evidence")),
    )
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "code",
                "securite",
                "relecture",
                "anomalie",
                "test",
                "documentation",
                "traduction",
                "accessibilite",
                "conception",
                "donnees",
                "formation",
                "animation",
                "gouvernance",
                "ouverture",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_reference_contribution_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_reference_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sa.UniqueConstraint("contribution_id", "key", name=op.f("uq_reference_contribution_id_key")),
    )
    with op.batch_alter_table("reference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reference_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(
            "uq_reference_serves_once",
            ["edition_id", "kind", "key"],
            unique=True,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("reference", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reference_serves_once",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_reference_contribution_id"))

    op.drop_table("reference")
    op.drop_table("evidence")
    with op.batch_alter_table("authorship", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authorship_organisation_id"))

    op.drop_table("authorship")
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index("ix_contribution_track")
        batch_op.drop_index(batch_op.f("ix_contribution_project_id"))
        batch_op.drop_index("ix_contribution_edition")
        batch_op.drop_index(batch_op.f("ix_contribution_decided_by_id"))

    op.drop_table("contribution")
