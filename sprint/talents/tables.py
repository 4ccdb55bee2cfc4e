"""The opt-in pool: what somebody agreed to, the card recruiters may see, who saw it, who asked to meet.

Nothing here belongs to an edition: an organiser's pages, which read by edition, never meet it.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment, closed_values, unique_when

LONGEST_HEADLINE, LONGEST_WORD, LONGEST_REASON, LONGEST_LINE = 80, 40, 200, 120
MOST_SKILLS, MOST_LANGUAGES, MOST_EXCLUSIONS = 10, 6, 30


class Purpose(StrEnum):
    """What one agrees to, each apart; the value is the word of the form."""

    VISIBLE = "visible"
    CONTRIBUTIONS = "contributions"


class ConsentState(StrEnum):
    """What a consent event says."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Visibility(StrEnum):
    """Who reads a field: its owner alone, every recruiter, or only those whose request its owner accepted."""

    ME = "moi"
    RECRUITERS = "employeurs"
    AGREEMENT = "accord"


class Region(StrEnum):
    """Where somebody would work; the value is the word of the address."""

    AUVERGNE_RHONE_ALPES = "auvergne-rhone-alpes"
    BOURGOGNE_FRANCHE_COMTE = "bourgogne-franche-comte"
    BRETAGNE = "bretagne"
    CENTRE_VAL_DE_LOIRE = "centre-val-de-loire"
    CORSE = "corse"
    GRAND_EST = "grand-est"
    HAUTS_DE_FRANCE = "hauts-de-france"
    ILE_DE_FRANCE = "ile-de-france"
    NORMANDIE = "normandie"
    NOUVELLE_AQUITAINE = "nouvelle-aquitaine"
    OCCITANIE = "occitanie"
    PAYS_DE_LA_LOIRE = "pays-de-la-loire"
    PROVENCE_ALPES_COTE_D_AZUR = "provence-alpes-cote-d-azur"
    GUADELOUPE = "guadeloupe"
    GUYANE = "guyane"
    MARTINIQUE = "martinique"
    MAYOTTE = "mayotte"
    LA_REUNION = "la-reunion"
    OTHER_OVERSEAS = "autre-outre-mer"
    ABROAD = "hors-de-france"


class Contract(StrEnum):
    """How somebody would be employed; the value is the word of the address."""

    MOBILITY = "mobilite"
    SECONDMENT = "detachement"
    LOAN = "mise-a-disposition"
    CONTRACT = "contrat"
    APPRENTICESHIP = "alternance"


class RequestState(StrEnum):
    """What became of a contact request. An open one past its date has lapsed, whatever this says."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CLOSED = "closed"


class ConsentNotice(SQLModel, table=True):
    """The wording somebody agreed to, kept once for all who did: the very text and its SHA-256. Never changed."""

    id: int | None = Field(default=None, primary_key=True)
    version: int
    language: str = Field(max_length=2)
    sha256: str = Field(max_length=64, unique=True)
    document: str = Field(sa_column=Column(Text, nullable=False))


class Consent(SQLModel, table=True):
    """One event: somebody agreed to one purpose, or took it back. Rows are added, never changed.

    `statement` is what stood beside the box; `receipt` names the event for its person.
    """

    __table_args__ = (
        CheckConstraint("(state = 'given') = (expires_at IS NOT NULL)", name="expires"),
        Index("ix_consent_person", "person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    receipt: str = Field(max_length=32, unique=True)
    person_id: int = Field(foreign_key="person.id")
    purpose: Purpose = Field(sa_type=closed_values(Purpose))
    state: ConsentState = Field(sa_type=closed_values(ConsentState))
    at: datetime = Field(sa_type=UtcMoment)
    notice_id: int = Field(foreign_key="consentnotice.id", index=True)
    notice_version: int
    statement: str = Field(max_length=240)
    expires_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class ConsentProof(SQLModel, table=True):
    """What stays of a consent when its person is erased: the hash of the receipt and dates, nobody's."""

    id: int | None = Field(default=None, primary_key=True)
    receipt_sha256: str = Field(max_length=64, unique=True)
    purpose: Purpose = Field(sa_type=closed_values(Purpose))
    state: ConsentState = Field(sa_type=closed_values(ConsentState))
    notice_version: int
    on: date
    expires_on: date | None = None


class TalentProfile(SQLModel, table=True):
    """Somebody in the pool, under a pseudonym. Each field says who reads it.

    `key` is random and new at each joining; so is the pseudonym. `contracts` holds words of `Contract`, a space between and
    around each. `search_words` is what recruiters may find the profile by: the words of the fields they may read, no others.
    """

    __table_args__ = (
        CheckConstraint("headline <> ''", name="headline"),
        CheckConstraint("shuffle > 0", name="shuffle"),
        Index("ix_talentprofile_pseudonym", "tree", "number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=32, unique=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    tree: str = Field(max_length=20)
    number: int
    visible_consent_id: int = Field(foreign_key="consent.id", index=True)
    contributions_consent_id: int | None = Field(default=None, foreign_key="consent.id", index=True)
    headline: str = Field(max_length=LONGEST_HEADLINE)
    skills: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    languages: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    region: Region | None = Field(default=None, sa_type=closed_values(Region))
    contracts: str = Field(default="", max_length=120)
    available_on: date | None = None
    name_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "name_for"))
    employer_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "employer_for"))
    orcid_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "orcid_for"))
    headline_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "headline_for"))
    skills_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "skills_for"))
    region_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "region_for"))
    contracts_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "contracts_for"))
    languages_for: Visibility = Field(default=Visibility.ME, sa_type=closed_values(Visibility, "languages_for"))
    search_words: str = Field(default="", sa_column=Column(Text, nullable=False))
    shuffle: int = Field(sa_column=Column(BigInteger, nullable=False))
    joined_at: datetime = Field(sa_type=UtcMoment)
    changed_at: datetime = Field(sa_type=UtcMoment)


class Exclusion(SQLModel, table=True):
    """An organisation, or a mail domain with those below it, to which a profile is never shown."""

    __table_args__ = (
        UniqueConstraint("profile_id", "organisation_id"),
        UniqueConstraint("profile_id", "domain"),
        CheckConstraint("(organisation_id IS NULL) <> (domain IS NULL)", name="one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="talentprofile.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    domain: str | None = Field(default=None, max_length=120)


class ShownContribution(SQLModel, table=True):
    """A contribution its author chose to show beside the profile."""

    profile_id: int = Field(foreign_key="talentprofile.id", primary_key=True)
    contribution_id: int = Field(foreign_key="contribution.id", primary_key=True, index=True)


class SearchReason(SQLModel, table=True):
    """Why a recruiter searches, asked once and carried to each view; the last one counts."""

    __table_args__ = (
        UniqueConstraint("recruiter_id", "once"),
        Index("ix_searchreason_last", "recruiter_id", "said_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    recruiter_id: int = Field(foreign_key="person.id")
    words: str = Field(max_length=LONGEST_REASON)
    said_at: datetime = Field(sa_type=UtcMoment)
    once: str = Field(max_length=40)


class TalentView(SQLModel, table=True):
    """A recruiter opened somebody's profile: who, from where, why, when. It names the person, never the card's address."""

    __table_args__ = (
        Index("ix_talentview_person", "person_id", "at"),
        Index("ix_talentview_recruiter", "recruiter_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    recruiter_id: int = Field(foreign_key="person.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    reason_id: int = Field(foreign_key="searchreason.id", index=True)
    at: datetime = Field(sa_type=UtcMoment)


class ContactRequest(SQLModel, table=True):
    """A recruiter proposes a post to somebody. `profile_id` goes when the profile does, the rest stays for both to read."""

    __table_args__ = (
        unique_when("uq_contactrequest_open", "recruiter_id", "profile_id", where=text("state = 'open'")),
        UniqueConstraint("recruiter_id", "once"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        Index("ix_contactrequest_person", "person_id", "sent_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    profile_id: int | None = Field(default=None, foreign_key="talentprofile.id", index=True)
    recruiter_id: int = Field(foreign_key="person.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    post: str = Field(max_length=LONGEST_LINE)
    contract: str = Field(max_length=LONGEST_LINE)
    place: str = Field(max_length=LONGEST_LINE)
    reason: str = Field(max_length=1000)
    state: RequestState = Field(default=RequestState.OPEN, sa_type=closed_values(RequestState))
    sent_at: datetime = Field(sa_type=UtcMoment)
    expires_at: datetime = Field(sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)


class WithdrawnCard(SQLModel, table=True):
    """Who could see a card when it was withdrawn: they are told that it is gone (410). Nothing says whose it was."""

    key: str = Field(max_length=32, primary_key=True)
    recruiter_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    left_on: date


class PoolMonth(SQLModel, table=True):
    """What stays of what was purged: how many, in which month (its first day)."""

    what: str = Field(max_length=20, primary_key=True)
    month: date = Field(primary_key=True)
    number: int
