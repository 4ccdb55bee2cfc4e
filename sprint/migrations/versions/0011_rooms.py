"""Rooms of a day, and the five minutes of each that a slot holds: no room is used twice at once."""

from datetime import time

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NO_ROOMS = ("", "en ligne", "à distance", "visio", "visioconférence", "online", "remote")


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closes > opens", name=op.f("ck_room_order")),
        sa.CheckConstraint("key <> ''", name=op.f("ck_room_key")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_room_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("day_id", "key", name=op.f("uq_room_day_id_key")),
    )
    op.create_table(
        "roomtime",
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=120), nullable=False),
        sa.Column("minute", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("minute >= 0 AND minute < 1440 AND minute % 5 = 0", name=op.f("ck_roomtime_minute")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_roomtime_day_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_roomtime_slot_id")),
        sa.PrimaryKeyConstraint("day_id", "room", "minute", name=op.f("pk_roomtime")),
    )
    with op.batch_alter_table("roomtime", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roomtime_slot_id"), ["slot_id"], unique=False)
    _hold_rooms()


def _hold_rooms() -> None:
    """What the agenda holds today holds its rooms; where two slots share one, the first has it and the second is to be moved."""
    slot = sa.table(
        "slot",
        sa.column("id", sa.Integer),
        sa.column("day_id", sa.Integer),
        sa.column("room", sa.String),
        sa.column("starts", sa.Time),
        sa.column("ends", sa.Time),
        sa.column("cancelled_at", sa.DateTime),
    )
    placed = sa.select(slot.c.id, slot.c.day_id, slot.c.room, slot.c.starts, slot.c.ends).where(
        slot.c.cancelled_at.is_(None), slot.c.starts.is_not(None), slot.c.room != ""
    )
    held: dict[tuple[int, str, int], int] = {}
    for slot_id, day_id, room, starts, ends in op.get_bind().execute(placed.order_by(slot.c.id)):
        key = " ".join(room.split()).casefold()
        for minute in _minutes(starts, ends) if key not in NO_ROOMS else ():
            held.setdefault((day_id, key, minute), slot_id)
    rows = [{"day_id": day, "room": room, "minute": minute, "slot_id": of} for (day, room, minute), of in held.items()]
    if rows:
        columns = (sa.column("day_id"), sa.column("room"), sa.column("minute"), sa.column("slot_id"))
        op.bulk_insert(sa.table("roomtime", *columns), rows)


def _minutes(starts: time, ends: time | None) -> range:
    first = starts.hour * 60 + starts.minute
    last = ends.hour * 60 + ends.minute if ends else min(first + 30, 1440)
    return range(first - first % 5, last + -last % 5, 5)


def downgrade() -> None:
    op.drop_table("roomtime")
    op.drop_table("room")
