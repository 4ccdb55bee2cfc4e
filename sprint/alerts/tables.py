"""Addresses to write to once, when registration opens."""

import secrets
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, text
from sqlmodel import Field, SQLModel

from sprint.data_version import QUIET
from sprint.database import UtcMoment, unique_when

IDS = 10**18
"""Ids are drawn below that, and never twice: the seals and jobs of a row that is gone are no other's."""


def drawn_id() -> int:
    return 1 + secrets.randbelow(IDS - 1)


class Alert(SQLModel, table=True):
    """One address, for one edition or (none) for the next one whose registration opens; it goes with the letter it waits for.

    `mailbox` is the address without case. `letters` says how many left to have it confirmed. `person_id`: asked from an account,
    whose address is proven. `opening`: the act that owes its letter, the latest one.
    """

    __table_args__ = (
        unique_when("uq_alert_of_edition", "mailbox", "edition_id", where=text("edition_id IS NOT NULL")),
        unique_when("uq_alert_of_the_next", "mailbox", where=text("edition_id IS NULL")),
        CheckConstraint("person_id IS NULL OR confirmed_at IS NOT NULL", name="proven"),
        CheckConstraint("letters >= 0", name="letters"),
        QUIET,
    )

    id: int = Field(default_factory=drawn_id, primary_key=True, sa_type=BigInteger)
    email: str = Field(max_length=254)
    mailbox: str = Field(max_length=254)
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    language: str = Field(max_length=2)
    letters: int = 0
    asked_at: datetime = Field(sa_type=UtcMoment)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    opening: str | None = Field(default=None, max_length=32)
