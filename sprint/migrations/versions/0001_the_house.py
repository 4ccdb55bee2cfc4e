"""The house: people, rights, journal, jobs, sessions, catalogue, programme, registrations, letters."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("window_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("subject", "window_at", name=op.f("uq_attempts_subject_window_at")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_window_at"), ["window_at"], unique=False)

    op.create_table(
        "democode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("persona", sa.String(length=20), nullable=False),
        sa.Column("client_id", sa.String(length=80), nullable=False),
        sa.Column("redirect_uri", sa.String(length=300), nullable=False),
        sa.Column("nonce", sa.String(length=200), nullable=False),
        sa.Column("code_challenge", sa.String(length=43), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_democode")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_democode_code_hash")),
    )
    with op.batch_alter_table("democode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_democode_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "demokey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jwk", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_demokey_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demokey")),
    )
    op.create_table(
        "dutydone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dutydone")),
        sa.UniqueConstraint("kind", "subject", "due_on", name=op.f("uq_dutydone_kind_subject_due_on")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "slug GLOB '*20[0-9][0-9]*' AND slug NOT GLOB '*[^a-z0-9-]*'", name=op.f("ck_edition_slug")
        ).ddl_if(dialect="sqlite"),
        sa.CheckConstraint("slug ~ '^[a-z0-9-]*20[0-9]{2}[a-z0-9-]*$'", name=op.f("ck_edition_slug")).ddl_if(
            dialect="postgresql"
        ),
        sa.CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name=op.f("ck_edition_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("slug", name=op.f("uq_edition_slug")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_job_attempts")),
        sa.CheckConstraint("done_at IS NULL OR dead_at IS NULL", name=op.f("ck_job_one_end")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_job_kind_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_owed",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "agent", "researcher", "other", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_person_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("software", "commons", name="projectkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("sill_id", sa.Integer(), nullable=True),
        sa.Column("homepage", sa.String(length=500), nullable=True),
        sa.CheckConstraint("sill_id > 0", name=op.f("ck_project_sill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("sill_id", name=op.f("uq_project_sill_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_project_slug")),
    )
    op.create_table(
        "repository",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("path", sa.String(length=380), nullable=False),
        sa.Column("licence", sa.String(length=60), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repository")),
        sa.UniqueConstraint("url", name=op.f("uq_repository_url")),
    )
    with op.batch_alter_table("repository", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repository_host"), ["host"], unique=False)

    op.create_table(
        "affiliation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on IS NULL OR until_on >= since_on", name=op.f("ck_affiliation_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_affiliation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
        sa.UniqueConstraint(
            "person_id", "organisation_id", "since_on", name=op.f("uq_affiliation_person_id_organisation_id_since_on")
        ),
    )
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_affiliation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_affiliation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_day_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day")),
        sa.UniqueConstraint("edition_id", "on", name=op.f("uq_day_edition_id_on")),
    )
    with op.batch_alter_table("day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_person_id"), ["person_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("owed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_letter_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("act", "person_id", "purpose", name=op.f("uq_letter_act_person_id_purpose")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_edition", ["edition_id", "owed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)

    op.create_table(
        "loginsession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_loginsession_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loginsession")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_loginsession_token_hash")),
    )
    with op.batch_alter_table("loginsession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loginsession_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_loginsession_person_id"), ["person_id"], unique=False)

    op.create_table(
        "right_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "right",
            sa.Enum(
                "organiser",
                "mentor",
                "recruiter",
                "administrator",
                name="right",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope_kind",
            sa.Enum(
                "everything", "edition", "track", name="scope", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(scope_kind = 'everything') = (scope_id IS NULL)", name=op.f("ck_right_grant_scope_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_right_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_right_grant")),
    )
    with op.batch_alter_table("right_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_right_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_right_grant_scope", ["scope_kind", "scope_id"], unique=False)

    op.create_table(
        "track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("objective", sa.String(length=400), nullable=False),
        sa.Column("description", sa.String(length=8000), nullable=False),
        sa.Column("needs", sa.String(length=2000), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("agents", "open", "mixed", name="audience", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("verbs", sa.JSON(), nullable=False),
        sa.Column("first_tasks", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(slug) > 0", name=op.f("ck_track_slug")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_track_edition_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_track_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sa.UniqueConstraint("edition_id", "slug", name=op.f("uq_track_edition_id_slug")),
    )
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_project_id"), ["project_id"], unique=False)

    op.create_table(
        "daycapacity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("site", "distance", name="mode", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name=op.f("ck_daycapacity_seats")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_daycapacity_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daycapacity")),
        sa.UniqueConstraint("day_id", "mode", name=op.f("uq_daycapacity_day_id_mode")),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("day_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_fact_actor_id")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_fact_day_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_fact_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fact_person_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_fact_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index("ix_fact_act", ["act"], unique=False)
        batch_op.create_index("ix_fact_edition", ["edition_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_person_id"), ["person_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("site", "distance", name="mode", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("confirmed", "waiting", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended",
            sa.Enum("cancelled", "moved", name="end", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f("ck_registration_confirmed")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name=op.f("ck_registration_ended")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_registration_day_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_registration_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_registration_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("person_id", "once", "day_id", name=op.f("uq_registration_person_id_once_day_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(
            "ix_registration_queue",
            ["day_id", "mode", "queued_at", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("ix_registration_track", ["track_id", "day_id"], unique=False)
        batch_op.create_index(
            "uq_registration_live",
            ["person_id", "track_id", "day_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_registration_seat",
            ["person_id", "day_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND state = 'confirmed'"),
            postgresql_where=sa.text("ended_at IS NULL AND state = 'confirmed'"),
        )

    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pleniere",
                "atelier",
                "presentation",
                "presentation-courte",
                "restitution",
                "pause",
                name="slotkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("block", sa.String(length=80), nullable=False),
        sa.Column("room", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends IS NULL OR (starts IS NOT NULL AND ends > starts)", name=op.f("ck_slot_order")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_slot_day_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_slot_edition_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_slot_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("edition_id", "identity", name=op.f("uq_slot_edition_id_identity")),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_day_id"), ["day_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_track_id"), ["track_id"], unique=False)

    op.create_table(
        "trackcapacity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("site", "distance", name="mode", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name=op.f("ck_trackcapacity_seats")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_trackcapacity_day_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_trackcapacity_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trackcapacity")),
        sa.UniqueConstraint("track_id", "day_id", "mode", name=op.f("uq_trackcapacity_track_id_day_id_mode")),
    )
    with op.batch_alter_table("trackcapacity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trackcapacity_day_id"), ["day_id"], unique=False)

    op.create_table(
        "trackrepository",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_trackrepository_repository_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_trackrepository_track_id")),
        sa.PrimaryKeyConstraint("track_id", "repository_id", name=op.f("pk_trackrepository")),
        sa.UniqueConstraint("track_id", "position", name=op.f("uq_trackrepository_track_id_position")),
    )
    with op.batch_alter_table("trackrepository", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trackrepository_repository_id"), ["repository_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("trackrepository", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trackrepository_repository_id"))

    op.drop_table("trackrepository")
    with op.batch_alter_table("trackcapacity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trackcapacity_day_id"))

    op.drop_table("trackcapacity")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_track_id"))
        batch_op.drop_index(batch_op.f("ix_slot_day_id"))

    op.drop_table("slot")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_seat",
            sqlite_where=sa.text("ended_at IS NULL AND state = 'confirmed'"),
            postgresql_where=sa.text("ended_at IS NULL AND state = 'confirmed'"),
        )
        batch_op.drop_index(
            "uq_registration_live",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_registration_track")
        batch_op.drop_index(
            "ix_registration_queue",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_registration_edition_id"))

    op.drop_table("registration")
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_person_id"))
        batch_op.drop_index("ix_fact_edition")
        batch_op.drop_index("ix_fact_act")

    op.drop_table("fact")
    op.drop_table("daycapacity")
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_track_project_id"))
        batch_op.drop_index(batch_op.f("ix_track_edition_id"))

    op.drop_table("track")
    with op.batch_alter_table("right_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_right_grant_scope")
        batch_op.drop_index(batch_op.f("ix_right_grant_person_id"))

    op.drop_table("right_grant")
    with op.batch_alter_table("loginsession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_loginsession_person_id"))
        batch_op.drop_index(batch_op.f("ix_loginsession_expires_at"))

    op.drop_table("loginsession")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))
        batch_op.drop_index("ix_letter_edition")

    op.drop_table("letter")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_person_id"))

    op.drop_table("identity")
    with op.batch_alter_table("day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_day_edition_id"))

    op.drop_table("day")
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_affiliation_person_id"))
        batch_op.drop_index(batch_op.f("ix_affiliation_organisation_id"))

    op.drop_table("affiliation")
    with op.batch_alter_table("repository", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_repository_host"))

    op.drop_table("repository")
    op.drop_table("project")
    op.drop_table("person")
    op.drop_table("organisation")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_owed",
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.drop_table("job")
    op.drop_table("edition")
    op.drop_table("dutydone")
    op.drop_table("demokey")
    with op.batch_alter_table("democode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_democode_expires_at"))

    op.drop_table("democode")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempts_window_at"))

    op.drop_table("attempts")
