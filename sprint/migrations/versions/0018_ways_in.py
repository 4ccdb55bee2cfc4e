"""Links sent by e-mail to sign in; by what somebody was recognised; the address left for another; relays of organisations,
and recruiters whose right has an end.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

RECRUITER_LASTS = timedelta(days=366)
RIGHTS = "'organiser', 'mentor', 'recruiter', 'administrator'"
SCOPES = "'everything', 'edition', 'track'"
RECRUITER_ENDS = "\"right\" <> 'recruiter' OR until_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "emaillink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_emaillink_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emaillink")),
    )
    op.create_index(op.f("ix_emaillink_asked_at"), "emaillink", ["asked_at"])
    op.add_column("loginsession", sa.Column("amr", sa.String(length=80), nullable=True))
    op.add_column("emailproof", sa.Column("replaced", sa.String(length=254), nullable=True))
    # Said in SQL: SQLite takes a foreign key with a column that is added, and only so.
    op.execute(
        "ALTER TABLE declaredemployer ADD COLUMN organisation_id INTEGER "
        "CONSTRAINT fk_declaredemployer_organisation_id REFERENCES organisation (id)"
    )
    _end_recruiters()
    _check(f"{RIGHTS}, 'relay'", f"{SCOPES}, 'organisation'", RECRUITER_ENDS)


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
        connection.execute(sa.update(grant).where(grant.c.id == key).values(until_at=given_at + RECRUITER_LASTS))


def _check(rights: str, scopes: str, ends: str) -> None:
    """Hold rights to these values. SQLite changes no constraint of a table that is there: it is made anew."""
    if op.get_bind().dialect.name == "postgresql":
        for name in ("right", "scope", "recruiter_ends"):
            op.execute(f"ALTER TABLE right_grant DROP CONSTRAINT IF EXISTS ck_right_grant_{name}")
        op.execute(f'ALTER TABLE right_grant ADD CONSTRAINT ck_right_grant_right CHECK ("right" IN ({rights}))')
        op.execute(f"ALTER TABLE right_grant ADD CONSTRAINT ck_right_grant_scope CHECK (scope_kind IN ({scopes}))")
        if ends:
            op.execute(f"ALTER TABLE right_grant ADD CONSTRAINT ck_right_grant_recruiter_ends CHECK ({ends})")
        return
    columns = 'id, person_id, "right", scope_kind, scope_id, given_at, until_at, revoked_at, confirmed_at, given_by, confirmed_by'
    op.execute(f"""
        CREATE TABLE right_grant_new (
            id INTEGER NOT NULL,
            person_id INTEGER NOT NULL,
            "right" VARCHAR(32) NOT NULL,
            scope_kind VARCHAR(32) NOT NULL,
            scope_id INTEGER,
            given_at DATETIME NOT NULL,
            until_at DATETIME,
            revoked_at DATETIME,
            confirmed_at DATETIME,
            given_by INTEGER CONSTRAINT fk_right_grant_given_by REFERENCES person (id),
            confirmed_by INTEGER CONSTRAINT fk_right_grant_confirmed_by REFERENCES person (id),
            CONSTRAINT ck_right_grant_right CHECK ("right" IN ({rights})),
            CONSTRAINT ck_right_grant_scope CHECK (scope_kind IN ({scopes})),
            CONSTRAINT ck_right_grant_scope_id CHECK ((scope_kind = 'everything') = (scope_id IS NULL)),
            {f"CONSTRAINT ck_right_grant_recruiter_ends CHECK ({ends})," if ends else ""}
            CONSTRAINT fk_right_grant_person_id FOREIGN KEY(person_id) REFERENCES person (id),
            CONSTRAINT pk_right_grant PRIMARY KEY (id)
        )
    """)
    op.execute(f"INSERT INTO right_grant_new ({columns}) SELECT {columns} FROM right_grant")  # noqa: S608  ours, all of it
    op.drop_table("right_grant")
    op.rename_table("right_grant_new", "right_grant")
    op.create_index("ix_right_grant_person_id", "right_grant", ["person_id"])
    op.create_index("ix_right_grant_scope", "right_grant", ["scope_kind", "scope_id"])


def downgrade() -> None:
    op.execute("DELETE FROM right_grant WHERE \"right\" = 'relay'")
    _check(RIGHTS, SCOPES, "")
    op.drop_column("declaredemployer", "organisation_id")
    op.drop_column("emailproof", "replaced")
    op.drop_column("loginsession", "amr")
    op.drop_table("emaillink")
