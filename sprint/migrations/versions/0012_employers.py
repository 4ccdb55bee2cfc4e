"""Employers: known by SIRET, attested by a provider, vouched for by an organiser, or only declared."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("siret", sa.String(length=14), nullable=True))
    op.create_index(op.f("ix_organisation_siret"), "organisation", ["siret"], unique=True)
    # Worded by hand, so that CHECK and foreign keys come with the columns on both engines.
    op.execute(
        "ALTER TABLE affiliation ADD COLUMN source VARCHAR(32) DEFAULT 'recorded' NOT NULL"
        " CONSTRAINT ck_affiliation_source CHECK (source IN ('recorded', 'attested', 'vouched'))"
    )
    for column, table in (("identity_id", "identity"), ("vouched_by", "person")):
        op.execute(
            f"ALTER TABLE affiliation ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_affiliation_{column} REFERENCES {table} (id)"
        )
    op.create_table(
        "declaredemployer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_declaredemployer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaredemployer")),
        sa.UniqueConstraint("person_id", name=op.f("uq_declaredemployer_person_id")),
    )


def downgrade() -> None:
    op.drop_table("declaredemployer")
    for column in ("vouched_by", "identity_id", "source"):
        op.drop_column("affiliation", column)
    op.drop_index(op.f("ix_organisation_siret"), "organisation")
    op.drop_column("organisation", "siret")
