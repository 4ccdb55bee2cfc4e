"""Holding an edition until the transaction ends: alone, or together with others who register for it.

Whoever frees or adds seats, moves people or changes what is planned holds it alone; so nobody is overtaken in the queue,
and what was decided holds until it is written. Those who only register need not wait for each other before they take their
seat, which one guarded statement does: they hold it together. On PostgreSQL these are advisory locks, which are given in the
order in which they were asked for: rows held together would let newcomers in before an organiser who waits, as long as
some come. On SQLite whoever writes is alone.
"""

from sqlalchemy import ColumnElement, bindparam, func
from sqlmodel import Session, col, select

from sprint.database import writes_alone
from sprint.plans import settle_plan
from sprint.prepared import Prepared
from sprint.programme.tables import Edition

EDITIONS, COMERS = 20191119, 20191120
"""The first of the two numbers of an advisory lock; the second is the edition, or the person."""


def _alone(*which: ColumnElement[bool]) -> "Prepared[int, None]":
    # NO KEY: rows that refer to the edition may be inserted meanwhile. In order of id, for who holds several.
    rows = select(col(Edition.id)).where(*which).order_by(col(Edition.id)).with_for_update(key_share=True).subquery()
    return Prepared(select(rows.c.id, func.pg_advisory_xact_lock(EDITIONS, rows.c.id)))


_ALONE = _alone(col(Edition.id) == bindparam("edition_id"))
_ALONE_CALLED = _alone(col(Edition.slug) == bindparam("slug"))
_ALL_ALONE = _alone()
_TOGETHER_CALLED = Prepared(
    select(
        Edition.id,
        func.pg_advisory_xact_lock_shared(EDITIONS, col(Edition.id)),
        func.pg_advisory_xact_lock(COMERS, bindparam("person_id")),
    ).where(Edition.slug == bindparam("slug"))
)


def hold_edition(db: Session, edition_id: int) -> None:
    """Hold the edition, alone."""
    if not writes_alone(db):
        _ALONE.rows(db, edition_id=edition_id)


def hold_edition_called(db: Session, slug: str) -> None:
    """Hold the edition of an address, if there is one, alone; its plan may be taken as it was kept."""
    if not writes_alone(db):
        _ALONE_CALLED.rows(db, slug=slug)
    settle_plan(db)


def join_edition_called(db: Session, slug: str, person_id: int) -> None:
    """Hold the edition of an address together with other people who register; its plan may be taken as it was kept.

    The same person comes once at a time. Nobody who holds it so may hold it alone later in the same transaction.
    """
    if not writes_alone(db):
        _TOGETHER_CALLED.rows(db, slug=slug, person_id=person_id)
    settle_plan(db)


def hold_every_edition(db: Session) -> None:
    """Hold all editions alone, in order of id: for who changes seats in several without knowing yet in which."""
    if not writes_alone(db):
        _ALL_ALONE.rows(db)
