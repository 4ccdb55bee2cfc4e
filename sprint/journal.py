"""The journal: what happened, by whom, to whom, about what, in which act. Rows are added, never changed.

A Fact holds ids, closed values and numbers: no name, address, free text or link.
"""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, insert
from sqlmodel import Field, Session, SQLModel

from sprint.data_version import QUIET
from sprint.database import UtcMoment
from sprint.jobs import owe
from sprint.prepared import PreparedChange

FOLLOW_UP = "facts"
"""Kind of the job that derives what an act owes (letters); its key is the act."""


KEPT_MONTHS = 24
"""How long a Fact is kept; `retention.toml` says the same, and a test holds them together."""


class Fact(SQLModel, table=True):
    """One thing that happened. All facts of one action share their `act`."""

    __table_args__ = (Index("ix_fact_act", "act"), Index("ix_fact_edition", "edition_id", "at"), QUIET)

    id: int | None = Field(default=None, primary_key=True)
    act: str = Field(max_length=32)
    kind: str = Field(max_length=60)
    at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    edition_id: int | None = Field(default=None, foreign_key="edition.id")
    track_id: int | None = Field(default=None, foreign_key="track.id")
    day_id: int | None = Field(default=None, foreign_key="day.id")
    detail: dict[str, int | str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


_RECORD = PreparedChange(insert(Fact))


def new_act() -> str:
    """The name of one action: what its facts, its job and its letters have in common."""
    return secrets.token_hex(16)


def record(
    db: Session,
    act: str,
    kind: StrEnum,
    now: datetime,
    *,
    actor_id: int | None = None,
    person_id: int | None = None,
    edition_id: int | None = None,
    track_id: int | None = None,
    day_id: int | None = None,
    detail: dict[str, int | str] | None = None,
) -> None:
    """Write one fact, and owe once per act what follows from it. `detail` holds numbers and closed values only."""
    _RECORD.run(
        db,
        act=act,
        kind=kind.value,
        at=now,
        actor_id=actor_id,
        person_id=person_id,
        edition_id=edition_id,
        track_id=track_id,
        day_id=day_id,
        detail=detail or {},
    )
    owed: set[str] = db.info.setdefault("acts_owed", set())
    if act not in owed:
        owed.add(act)
        owe(db, FOLLOW_UP, act, now)
