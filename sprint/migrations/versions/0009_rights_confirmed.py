"""Rights count once they are confirmed; who gave and who confirmed them; recruiters' end in a year at most."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LASTS = timedelta(days=366)


def upgrade() -> None:
    op.add_column("right_grant", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    for column in ("given_by", "confirmed_by"):
        # Said in SQL: SQLite takes a foreign key with a column that is added, and only so.
        op.execute(
            f"ALTER TABLE right_grant ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_right_grant_{column} REFERENCES person (id)"
        )
    op.execute("UPDATE right_grant SET confirmed_at = given_at")
    _end_recruiters()


def _end_recruiters() -> None:
    grant = sa.table(
        "right_grant",
        sa.column("id", sa.Integer),
        sa.column("right", sa.String),
        sa.column("given_at", sa.DateTime(timezone=True)),
        sa.column("until_at", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    endless = sa.select(grant.c.id, grant.c.given_at).where(grant.c.right == "recruiter", grant.c.until_at.is_(None))
    for key, given_at in connection.execute(endless).all():
        connection.execute(sa.update(grant).where(grant.c.id == key).values(until_at=given_at + LASTS))


def downgrade() -> None:
    for column in ("confirmed_by", "given_by", "confirmed_at"):
        op.drop_column("right_grant", column)
