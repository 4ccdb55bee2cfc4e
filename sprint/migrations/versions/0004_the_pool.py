"""The pool: consents, profiles, exclusions, views, contact requests."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consentnotice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consentnotice")),
        sa.UniqueConstraint("sha256", name=op.f("uq_consentnotice_sha256")),
    )
    op.create_table(
        "consentproof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("visible", "contributions", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("given", "withdrawn", name="consentstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consentproof")),
        sa.UniqueConstraint("receipt_sha256", name=op.f("uq_consentproof_receipt_sha256")),
    )
    op.create_table(
        "poolmonth",
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "month", name=op.f("pk_poolmonth")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("visible", "contributions", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("given", "withdrawn", name="consentstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=240), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'given') = (expires_at IS NOT NULL)", name=op.f("ck_consent_expires")),
        sa.ForeignKeyConstraint(["notice_id"], ["consentnotice.id"], name=op.f("fk_consent_notice_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("receipt", name=op.f("uq_consent_receipt")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index("ix_consent_person", ["person_id", "at"], unique=False)

    op.create_table(
        "searchreason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recruiter_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["recruiter_id"], ["person.id"], name=op.f("fk_searchreason_recruiter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searchreason")),
        sa.UniqueConstraint("recruiter_id", "once", name=op.f("uq_searchreason_recruiter_id_once")),
    )
    with op.batch_alter_table("searchreason", schema=None) as batch_op:
        batch_op.create_index("ix_searchreason_last", ["recruiter_id", "said_at"], unique=False)

    op.create_table(
        "withdrawncard",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("recruiter_id", sa.Integer(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["recruiter_id"], ["person.id"], name=op.f("fk_withdrawncard_recruiter_id")),
        sa.PrimaryKeyConstraint("key", "recruiter_id", name=op.f("pk_withdrawncard")),
    )
    with op.batch_alter_table("withdrawncard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawncard_recruiter_id"), ["recruiter_id"], unique=False)

    op.create_table(
        "talentprofile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tree", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("visible_consent_id", sa.Integer(), nullable=False),
        sa.Column("contributions_consent_id", sa.Integer(), nullable=True),
        sa.Column("headline", sa.String(length=80), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column(
            "region",
            sa.Enum(
                "auvergne-rhone-alpes",
                "bourgogne-franche-comte",
                "bretagne",
                "centre-val-de-loire",
                "corse",
                "grand-est",
                "hauts-de-france",
                "ile-de-france",
                "normandie",
                "nouvelle-aquitaine",
                "occitanie",
                "pays-de-la-loire",
                "provence-alpes-cote-d-azur",
                "guadeloupe",
                "guyane",
                "martinique",
                "mayotte",
                "la-reunion",
                "autre-outre-mer",
                "hors-de-france",
                name="region",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("contracts", sa.String(length=120), nullable=False),
        sa.Column("available_on", sa.Date(), nullable=True),
        sa.Column(
            "name_for",
            sa.Enum(
                "moi", "employeurs", "accord", name="name_for", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "employer_for",
            sa.Enum(
                "moi", "employeurs", "accord", name="employer_for", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "orcid_for",
            sa.Enum(
                "moi", "employeurs", "accord", name="orcid_for", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "headline_for",
            sa.Enum(
                "moi", "employeurs", "accord", name="headline_for", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "skills_for",
            sa.Enum(
                "moi", "employeurs", "accord", name="skills_for", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "region_for",
            sa.Enum(
                "moi", "employeurs", "accord", name="region_for", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "contracts_for",
            sa.Enum(
                "moi",
                "employeurs",
                "accord",
                name="contracts_for",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "languages_for",
            sa.Enum(
                "moi",
                "employeurs",
                "accord",
                name="languages_for",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("shuffle", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("headline <> ''", name=op.f("ck_talentprofile_headline")),
        sa.CheckConstraint("shuffle > 0", name=op.f("ck_talentprofile_shuffle")),
        sa.ForeignKeyConstraint(
            ["contributions_consent_id"], ["consent.id"], name=op.f("fk_talentprofile_contributions_consent_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_talentprofile_person_id")),
        sa.ForeignKeyConstraint(
            ["visible_consent_id"], ["consent.id"], name=op.f("fk_talentprofile_visible_consent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talentprofile")),
        sa.UniqueConstraint("key", name=op.f("uq_talentprofile_key")),
        sa.UniqueConstraint("person_id", name=op.f("uq_talentprofile_person_id")),
    )
    with op.batch_alter_table("talentprofile", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_talentprofile_contributions_consent_id"), ["contributions_consent_id"], unique=False
        )
        batch_op.create_index("ix_talentprofile_pseudonym", ["tree", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_talentprofile_visible_consent_id"), ["visible_consent_id"], unique=False)

    op.create_table(
        "talentview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("recruiter_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_talentview_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_talentview_person_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["searchreason.id"], name=op.f("fk_talentview_reason_id")),
        sa.ForeignKeyConstraint(["recruiter_id"], ["person.id"], name=op.f("fk_talentview_recruiter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talentview")),
    )
    with op.batch_alter_table("talentview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talentview_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_talentview_person", ["person_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_talentview_reason_id"), ["reason_id"], unique=False)
        batch_op.create_index("ix_talentview_recruiter", ["recruiter_id", "at"], unique=False)

    op.create_table(
        "contactrequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("recruiter_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("contract", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "lapsed",
                "closed",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_contactrequest_ended")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contactrequest_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contactrequest_person_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["talentprofile.id"], name=op.f("fk_contactrequest_profile_id")),
        sa.ForeignKeyConstraint(["recruiter_id"], ["person.id"], name=op.f("fk_contactrequest_recruiter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contactrequest")),
        sa.UniqueConstraint("recruiter_id", "once", name=op.f("uq_contactrequest_recruiter_id_once")),
    )
    with op.batch_alter_table("contactrequest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contactrequest_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_contactrequest_person", ["person_id", "sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contactrequest_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(
            "uq_contactrequest_open",
            ["recruiter_id", "profile_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("domain", sa.String(length=120), nullable=True),
        sa.CheckConstraint("(organisation_id IS NULL) <> (domain IS NULL)", name=op.f("ck_exclusion_one")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_exclusion_organisation_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["talentprofile.id"], name=op.f("fk_exclusion_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint("profile_id", "domain", name=op.f("uq_exclusion_profile_id_domain")),
        sa.UniqueConstraint("profile_id", "organisation_id", name=op.f("uq_exclusion_profile_id_organisation_id")),
    )
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "showncontribution",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_showncontribution_contribution_id")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["talentprofile.id"], name=op.f("fk_showncontribution_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "contribution_id", name=op.f("pk_showncontribution")),
    )
    with op.batch_alter_table("showncontribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_showncontribution_contribution_id"), ["contribution_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("showncontribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_showncontribution_contribution_id"))

    op.drop_table("showncontribution")
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_organisation_id"))

    op.drop_table("exclusion")
    with op.batch_alter_table("contactrequest", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contactrequest_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_contactrequest_profile_id"))
        batch_op.drop_index("ix_contactrequest_person")
        batch_op.drop_index(batch_op.f("ix_contactrequest_organisation_id"))

    op.drop_table("contactrequest")
    with op.batch_alter_table("talentview", schema=None) as batch_op:
        batch_op.drop_index("ix_talentview_recruiter")
        batch_op.drop_index(batch_op.f("ix_talentview_reason_id"))
        batch_op.drop_index("ix_talentview_person")
        batch_op.drop_index(batch_op.f("ix_talentview_organisation_id"))

    op.drop_table("talentview")
    with op.batch_alter_table("talentprofile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talentprofile_visible_consent_id"))
        batch_op.drop_index("ix_talentprofile_pseudonym")
        batch_op.drop_index(batch_op.f("ix_talentprofile_contributions_consent_id"))

    op.drop_table("talentprofile")
    with op.batch_alter_table("withdrawncard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawncard_recruiter_id"))

    op.drop_table("withdrawncard")
    with op.batch_alter_table("searchreason", schema=None) as batch_op:
        batch_op.drop_index("ix_searchreason_last")

    op.drop_table("searchreason")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("ix_consent_person")
        batch_op.drop_index(batch_op.f("ix_consent_notice_id"))

    op.drop_table("consent")
    op.drop_table("poolmonth")
    op.drop_table("consentproof")
    op.drop_table("consentnotice")
