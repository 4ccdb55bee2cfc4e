"""What organisers ask whoever comes, and the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kinds = sa.Enum(
        "texte", "choix", "plusieurs", "oui-non",
        name="questionkind", native_enum=False, create_constraint=True, length=32,
    )  # fmt: skip
    op.create_table(
        "registrationquestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("words", sa.String(length=240), nullable=False),
        sa.Column("words_en", sa.String(length=240), nullable=False),
        sa.Column("purpose", sa.String(length=240), nullable=False),
        sa.Column("purpose_en", sa.String(length=240), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kept_days BETWEEN 1 AND 365", name=op.f("ck_registrationquestion_kept_days")),
        sa.CheckConstraint("words <> '' AND purpose <> ''", name=op.f("ck_registrationquestion_says_why")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_registrationquestion_edition_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_registrationquestion_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrationquestion")),
        sa.UniqueConstraint("edition_id", "once", name=op.f("uq_registrationquestion_edition_id_once")),
    )
    op.create_index(op.f("ix_registrationquestion_track_id"), "registrationquestion", ["track_id"])
    op.create_table(
        "answer",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["registrationquestion.id"], name=op.f("fk_answer_question_id")),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_person_id"), "answer", ["person_id"])


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("registrationquestion")
