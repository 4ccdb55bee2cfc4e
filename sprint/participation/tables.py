"""What people say about their coming to an edition. What is sensitive stands apart, so that it can go sooner."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.data_version import PLAN
from sprint.database import UtcMoment, closed_values


class Images(StrEnum):
    """Whether one may be seen in the pictures of an edition; the value is the word of the form."""

    YES = "oui"
    NO = "non"


class Meal(StrEnum):
    """What one eats; the value is the word of the form."""

    EVERYTHING = "tout"
    VEGETARIAN = "vegetarien"
    VEGAN = "vegetalien"
    NO_PORK = "sans-porc"
    NO_GLUTEN = "sans-gluten"
    NONE = "aucun"


class Need(StrEnum):
    """What makes coming possible; the value is the word of the form."""

    WHEELCHAIR = "fauteuil"
    SHORT_WAYS = "trajets-courts"
    SIGN_LANGUAGE = "langue-des-signes"
    CAPTIONS = "sous-titres"
    HEARING_LOOP = "boucle-magnetique"
    LARGE_PRINT = "gros-caracteres"
    ASSISTANCE_DOG = "chien"
    QUIET_ROOM = "calme"


CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that look like others."""
CODE_LENGTH = 8


def drawn_code() -> str:
    """A code that nobody guesses: 31 letters, eight times."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Participation(SQLModel, table=True):
    """One person in one edition, whatever the days: what they choose, and may choose otherwise at any time.

    `named_at`: since when they wish to be named in public results; what they log from then on begins with that wish.
    """

    __table_args__ = (CheckConstraint("(images IS NULL) = (images_at IS NULL)", name="images_said"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    edition_id: int = Field(
        primary_key=True, foreign_key="edition.id", index=True, sa_column_kwargs={"autoincrement": False}
    )
    images: Images | None = Field(default=None, sa_type=closed_values(Images))
    images_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    named_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class ConductAcceptance(SQLModel, table=True):
    """Somebody accepted one version of an edition's code of conduct. Never changed: a new version is another row."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    edition_id: int = Field(
        primary_key=True, foreign_key="edition.id", index=True, sa_column_kwargs={"autoincrement": False}
    )
    version: str = Field(primary_key=True, max_length=40)
    accepted_at: datetime = Field(sa_type=UtcMoment)


class MealChoice(SQLModel, table=True):
    """What somebody eats, said with their consent (GDPR art. 9): withdrawing it deletes the row."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    edition_id: int = Field(
        primary_key=True, foreign_key="edition.id", index=True, sa_column_kwargs={"autoincrement": False}
    )
    meal: Meal = Field(sa_type=closed_values(Meal))
    consented_at: datetime = Field(sa_type=UtcMoment)


class AccessNeed(SQLModel, table=True):
    """One thing somebody needs in order to come, said with their consent (GDPR art. 9): withdrawing it deletes the row."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    edition_id: int = Field(
        primary_key=True, foreign_key="edition.id", index=True, sa_column_kwargs={"autoincrement": False}
    )
    need: Need = Field(primary_key=True, sa_type=closed_values(Need))
    consented_at: datetime = Field(sa_type=UtcMoment)


class QuestionKind(StrEnum):
    """How a question is answered; the value is the word of the form."""

    TEXT = "texte"
    CHOICE = "choix"
    SEVERAL = "plusieurs"
    YES_NO = "oui-non"


class RegistrationQuestion(SQLModel, table=True):
    """What organisers ask whoever comes to their edition, or to one track: why, and for how many days afterwards.

    Texts are French (`words`, `purpose`) and English. `options`: `{"fr": …, "en": …}`, in order. It changes as long as
    nobody answered; then it is closed, so that an answer is never read under another question.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "once"),
        CheckConstraint("kept_days BETWEEN 1 AND 365", name="kept_days"),
        CheckConstraint("words <> '' AND purpose <> ''", name="says_why"),
        PLAN,
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    track_id: int | None = Field(default=None, foreign_key="track.id", index=True)
    kind: QuestionKind = Field(sa_type=closed_values(QuestionKind))
    words: str = Field(max_length=240)
    words_en: str = Field(max_length=240)
    purpose: str = Field(max_length=240)
    purpose_en: str = Field(max_length=240)
    options: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    is_required: bool = False
    kept_days: int
    position: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)


class Answer(SQLModel, table=True):
    """What somebody answers: `words` to a text, `chosen` (options in French, as the question has them) to the others."""

    question_id: int = Field(
        primary_key=True, foreign_key="registrationquestion.id", sa_column_kwargs={"autoincrement": False}
    )
    person_id: int = Field(
        primary_key=True, foreign_key="person.id", index=True, sa_column_kwargs={"autoincrement": False}
    )
    words: str = Field(default="", max_length=2000)
    chosen: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    answered_at: datetime = Field(sa_type=UtcMoment)


class Team(SQLModel, table=True):
    """People who come to a track together. Whoever has its code may join; its name is for them, mentors and organisers."""

    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: int | None = Field(default=None, primary_key=True)
    track_id: int = Field(foreign_key="track.id", index=True)
    name: str = Field(max_length=60)
    code: str = Field(default_factory=drawn_code, max_length=CODE_LENGTH, unique=True)
    made_at: datetime = Field(sa_type=UtcMoment)


class TeamMember(SQLModel, table=True):
    """Somebody in a team: one for each track. `once` is the token of the form that made the team; no seat depends on it."""

    __table_args__ = (UniqueConstraint("person_id", "once"),)

    track_id: int = Field(primary_key=True, foreign_key="track.id", sa_column_kwargs={"autoincrement": False})
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    team_id: int = Field(foreign_key="team.id", index=True)
    joined_at: datetime = Field(sa_type=UtcMoment)
    once: str | None = Field(default=None, max_length=40)
