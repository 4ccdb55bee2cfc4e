"""Free software and digital commons, and where their source lives."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from sprint.database import closed_values


class ProjectKind(StrEnum):
    """What is worked on."""

    SOFTWARE = "software"
    COMMONS = "commons"


class Project(SQLModel, table=True):
    """A piece of free software or a digital commons; `sill_id` is its number in the State's recommended list."""

    __table_args__ = (CheckConstraint("sill_id > 0", name="sill_id"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=160)
    kind: ProjectKind = Field(default=ProjectKind.SOFTWARE, sa_type=closed_values(ProjectKind))
    sill_id: int | None = Field(default=None, unique=True)
    homepage: str | None = Field(default=None, max_length=500)


class Repository(SQLModel, table=True):
    """A source repository; `url` is canonical: https, lower-case host, no trailing slash, no `.git`."""

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(max_length=500, unique=True)
    host: str = Field(max_length=120, index=True)
    path: str = Field(max_length=380)
    licence: str | None = Field(default=None, max_length=60)
    language: str | None = Field(default=None, max_length=40)
