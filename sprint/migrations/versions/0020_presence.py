"""Whether people still come: what an edition asks, their answers, a seat released, and letters that are good for a time."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LIVE = sa.text("ended_at IS NULL")
SEATED = sa.text("ended_at IS NULL AND state = 'confirmed'")
BEFORE, AFTER = ("cancelled", "moved"), ("cancelled", "moved", "released")


def upgrade() -> None:
    op.create_table(
        "presencecall",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ask_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("releases", sa.Boolean(), nullable=False),
        sa.CheckConstraint("answer_days >= 0 AND ask_days > answer_days", name=op.f("ck_presencecall_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_presencecall_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_presencecall")),
    )
    op.create_table(
        "presenceanswer",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_presenceanswer_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presenceanswer_person_id")),
        sa.PrimaryKeyConstraint("person_id", "edition_id", name=op.f("pk_presenceanswer")),
    )
    op.create_index(op.f("ix_presenceanswer_edition_id"), "presenceanswer", ["edition_id"])
    _ends(AFTER)
    op.add_column("letter", sa.Column("good_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("letter", "good_until")
    op.execute("UPDATE registration SET ended = 'cancelled' WHERE ended = 'released'")
    _ends(BEFORE)
    op.drop_index(op.f("ix_presenceanswer_edition_id"), table_name="presenceanswer")
    op.drop_table("presenceanswer")
    op.drop_table("presencecall")


def _ends(values: tuple[str, ...]) -> None:
    """Let registrations end for these reasons."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_registration_end"), "registration", type_="check")
        known = ", ".join(f"'{value}'" for value in values)
        op.create_check_constraint(op.f("ck_registration_end"), "registration", f"ended IN ({known})")
        return
    # SQLite changes no check: the table is made again, from what is written here, for checks are not read back.
    with op.batch_alter_table("registration", copy_from=_registration(values), recreate="always"):
        pass


def _registration(ends: tuple[str, ...]) -> sa.Table:
    return sa.Table(
        "registration",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False, server_default=sa.text("''")),
        _one_of("mode", ("site", "distance"), "mode"),
        _one_of("state", ("confirmed", "waiting"), "state"),
        _one_of("ended", ends, "end"),
        sa.CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="ck_registration_confirmed"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name="ck_registration_ended"),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name="fk_registration_day_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_registration_edition_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_registration_person_id"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name="fk_registration_track_id"),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint("person_id", "once", "day_id", name="uq_registration_person_id_once_day_id"),
        sa.Index("ix_registration_edition_id", "edition_id"),
        sa.Index("ix_registration_uid", "uid", unique=True),
        sa.Index("ix_registration_queue", "day_id", "mode", "id", sqlite_where=LIVE),
        sa.Index("ix_registration_track", "track_id", "day_id"),
        sa.Index("uq_registration_live", "person_id", "track_id", "day_id", unique=True, sqlite_where=LIVE),
        sa.Index("uq_registration_seat", "person_id", "day_id", unique=True, sqlite_where=SEATED),
    )


def _one_of(column: str, values: tuple[str, ...], name: str) -> sa.CheckConstraint:
    known = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({known})", name=f"ck_registration_{name}")
