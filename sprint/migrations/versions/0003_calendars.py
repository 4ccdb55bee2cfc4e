"""What calendars must know: names of events that never change, revisions, cancelled slots, renewed feeds, join links."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMED = ("edition", "day", "slot", "registration")
ANNOUNCED = ("edition", "track", "slot")


def upgrade() -> None:
    # Columns are added with constant defaults, never by making a table anew: SQLite would lose its CHECKs on the way.
    for table in NAMED:
        op.add_column(table, sa.Column("uid", sa.String(length=32), nullable=False, server_default=sa.text("''")))
        _name_rows(table)
        op.create_index(op.f(f"ix_{table}_uid"), table, ["uid"], unique=True)
    for table in ANNOUNCED:
        op.add_column(table, sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("0")))
        long_ago = sa.text("'2019-11-19 00:00:00'")
        op.add_column(
            table, sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=long_ago)
        )
    op.add_column("slot", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("track", sa.Column("join_url", sa.String(length=400), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "personalfeed",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("generation > 0", name=op.f("ck_personalfeed_generation")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personalfeed_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_personalfeed")),
    )


def _name_rows(table: str) -> None:
    """Give each row that is there a random name."""
    rows = sa.table(table, sa.column("id", sa.Integer), sa.column("uid", sa.String))
    connection = op.get_bind()
    for (key,) in connection.execute(sa.select(rows.c.id)).all():
        connection.execute(sa.update(rows).where(rows.c.id == key).values(uid=secrets.token_hex(16)))
