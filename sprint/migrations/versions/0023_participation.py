"""What people say about their coming: pictures, the code of conduct, meals and needs."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MEALS = ("tout", "vegetarien", "vegetalien", "sans-porc", "sans-gluten", "aucun")
NEEDS = (
    "fauteuil", "trajets-courts", "langue-des-signes", "sous-titres", "boucle-magnetique", "gros-caracteres", "chien",
    "calme",
)  # fmt: skip


def _of_somebody(table: str, *columns: sa.schema.SchemaItem, keys: tuple[str, ...] = ()) -> None:
    op.create_table(
        table,
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id")),
        sa.PrimaryKeyConstraint("person_id", "edition_id", *keys, name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_edition_id"), table, ["edition_id"])


def _closed(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _of_somebody(
        "participation",
        sa.Column("images", _closed("images", ("oui", "non")), nullable=True),
        sa.Column("images_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(images IS NULL) = (images_at IS NULL)", name=op.f("ck_participation_images_said")),
    )
    _of_somebody(
        "conductacceptance",
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        keys=("version",),
    )
    _of_somebody(
        "mealchoice",
        sa.Column("meal", _closed("meal", MEALS), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_somebody(
        "accessneed",
        sa.Column("need", _closed("need", NEEDS), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        keys=("need",),
    )


def downgrade() -> None:
    for table in ("accessneed", "mealchoice", "conductacceptance", "participation"):
        op.drop_table(table)
