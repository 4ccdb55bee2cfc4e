"""Erasing somebody, forgetting in time. Both follow the register; where a feature has rules of its own, it acts itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, delete, func, null, select, update
from sqlmodel import Session

from sprint.account.actions import close_account
from sprint.contributions.actions import erase_contributions
from sprint.jobs import forget_ended
from sprint.journal import new_act, record
from sprint.notices.actions import erase_letters
from sprint.privacy.facts import PrivacyFact
from sprint.privacy.queries import held_counts
from sprint.privacy.register import Policy, register
from sprint.privacy.rows import (
    People,
    blank,
    children_first,
    erased,
    hers,
    one,
    outlived,
    outlived_columns,
    table_of,
)
from sprint.privacy.rules import Erasure
from sprint.programme.holding import hold_every_edition
from sprint.registrations.actions import erase_registrations
from sprint.talents.actions import forget_person

JOBS_KEPT = timedelta(days=730)


def export(db: Session, person_id: int, now: datetime) -> None:
    """Note that somebody was handed their data."""
    record(db, new_act(), PrivacyFact.EXPORTED, now, actor_id=person_id, person_id=person_id)


def erase(db: Session, person_id: int, language: str, now: datetime) -> None:
    """Erase somebody, whole, in one transaction; a number stays. Raises Refused while a letter to them is being posted.

    Editions are held before the person, in the order in which everybody takes them.
    """
    hold_every_edition(db)
    is_first = close_account(db, person_id, now)
    erase_letters(db, person_id, now)
    erase_registrations(db, person_id, now)
    forget_person(db, person_id, language, now)
    erase_contributions(db, person_id)
    db.flush()
    wipe(db, one(person_id), now)
    if is_first:
        record(db, new_act(), PrivacyFact.ERASED, now, actor_id=person_id, person_id=person_id)


def wipe(db: Session, people: People, now: datetime) -> None:
    """What the register says of tables without rules of their own: rows go, values are emptied."""
    for policy in children_first():
        if policy.erasure is Erasure.DELETED and policy.whose and not policy.by_action:
            db.exec(delete(table_of(policy.table)).where(hers(policy, people)))
    for policy in register():
        if policy.erasure is Erasure.EMPTIED:
            table = table_of(policy.table)
            emptied = [name for name, held in policy.columns.items() if held.erasure is Erasure.EMPTIED]
            values = {name: blank(table.c[name], now) for name in emptied}
            db.exec(update(table).where(hers(policy, people)).values(values))
    db.expire_all()


@dataclass(frozen=True)
class Forgotten:
    """What a purge took away, or would: rows of a table, or one column of them."""

    table: str
    column: str
    number: int


def purge(db: Session, now: datetime, *, dry_run: bool = False) -> list[Forgotten]:
    """Forget what has lasted long enough, and what arrived about people already erased (a restored backup brings it back)."""
    done = [_columns(db, policy, now, dry_run=dry_run) for policy in register()]
    done.append([_rows(db, policy, now, dry_run=dry_run) for policy in children_first()])
    if not dry_run:
        forget_ended(db, now - JOBS_KEPT)
        for person_id in _left_over(db):
            erase(db, person_id, "fr", now)
    return [one for several in done for one in several if one.number]


def _columns(db: Session, policy: Policy, now: datetime, *, dry_run: bool) -> list[Forgotten]:
    table = table_of(policy.table)
    forget = _count if dry_run else _empty
    return [
        Forgotten(policy.table, name, forget(db, table.c[name], which)) for name, which in outlived_columns(policy, now)
    ]


def _rows(db: Session, policy: Policy, now: datetime, *, dry_run: bool) -> Forgotten:
    table, which = table_of(policy.table), outlived(policy, now)
    if which is None:
        return Forgotten(policy.table, "", 0)
    first = next(iter(table.c))
    number = _count(db, first, which) if dry_run else db.exec(delete(table).where(which)).rowcount
    return Forgotten(policy.table, "", number)


def _empty(db: Session, column: Column[object], which: ColumnElement[bool]) -> int:
    return db.exec(update(column.table).where(which).values({column.name: null()})).rowcount


def _count(db: Session, column: Column[object], which: ColumnElement[bool]) -> int:
    return db.connection().execute(select(func.count(column)).where(which)).scalar_one()


def _left_over(db: Session) -> list[int]:
    """Erased people about whom something is there all the same."""
    gone = {policy.table for policy in register() if policy.erasure is Erasure.DELETED}
    ids = db.connection().execute(erased()).scalars()
    return [int(person_id) for person_id in ids if gone & set(held_counts(db, int(person_id)))]
