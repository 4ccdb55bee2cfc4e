"""One's own feed: nothing of its address is kept, only how often it was renewed."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment


class PersonalFeed(SQLModel, table=True):
    """The address of a person's feed was renewed `generation` times; without a row, never."""

    __table_args__ = (CheckConstraint("generation > 0", name="generation"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    generation: int
    renewed_at: datetime = Field(sa_type=UtcMoment)
