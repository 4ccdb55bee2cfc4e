"""Whose row is whose, told from the register and the metadata alone: no table's column is named here.

`whose = ["person_id"]` follows foreign keys up to a person; `"id = authorship.contribution_id"` goes through another table.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, Select, Table, func, or_, select, true
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlmodel import SQLModel

from sprint.database import UtcMoment
from sprint.privacy.register import TOMBSTONE, Policy, register
from sprint.privacy.rules import Erasure, Since

People = Select[Any]
"""The ids of the people meant."""


def table_of(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def policy_of(name: str) -> Policy:
    return next(policy for policy in register() if policy.table == name)


def hers(policy: Policy, people: People) -> ColumnElement[bool]:
    """The rows of a table that are about these people. LookupError when its policy leads to nobody."""
    table, ways = table_of(policy.table), []
    for said in policy.whose:
        own, _, other = said.partition(" = ")
        ways.append(table.c[own].in_(_through(other, people) if other else _above(table.c[own], people)))
    if not ways:
        raise LookupError(f"nobody's rows: {policy.table}")
    return or_(*ways)


def _through(other: str, people: People) -> Select[Any]:
    name, _, column = other.partition(".")
    return select(table_of(name).c[column]).where(hers(policy_of(name), people))


def _above(column: Column[int], people: People) -> Select[Any]:
    """What a foreign key may point to: the people themselves, or rows of theirs."""
    if column.table.name == TOMBSTONE and column.primary_key:
        return people
    (key,) = column.foreign_keys
    above = key.column.table
    return people if above.name == TOMBSTONE else select(key.column).where(hers(policy_of(above.name), people))


def one(person_id: int) -> People:
    """One person."""
    person = table_of(TOMBSTONE)
    return select(person.c.id).where(person.c.id == person_id)


def erased() -> People:
    """Everybody who had their account erased."""
    person = table_of(TOMBSTONE)
    return select(person.c.id).where(person.c.erased_at.is_not(None))


def children_first() -> Iterator[Policy]:
    """The policies in an order in which rows can be deleted."""
    told = {policy.table: policy for policy in register()}
    yield from (told[table.name] for table in reversed(SQLModel.metadata.sorted_tables) if table.name in told)


def blank(column: Column[object], now: datetime) -> object:
    """What an emptied column holds: nothing, its default, an empty text, or the moment it was emptied."""
    if column.nullable:
        return None
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    return now if isinstance(column.type, UtcMoment) else ""


def uncovered(metadata: MetaData, policies: dict[str, Policy]) -> list[str]:
    """Foreign keys to a person, or to a row that erasing deletes, that no policy takes care of."""
    return [
        f"{table.name}.{key.parent.name}"
        for table in metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if _matters(key.column.table.name, policies) and not _is_covered(table, key.parent, policies)
    ]


def _matters(above: str, policies: dict[str, Policy]) -> bool:
    return above == TOMBSTONE or (above in policies and policies[above].erasure == Erasure.DELETED)


def _is_covered(table: Table, column: Column[object], policies: dict[str, Policy]) -> bool:
    """To a person: the row goes with them, or points to a tombstone. To a row that goes: it goes too, or lets go of it."""
    policy = policies.get(table.name)
    if policy is None or column.name not in policy.columns:
        return False
    above = next(iter(column.foreign_keys)).column.table.name
    if above == TOMBSTONE:
        return True
    return policy.erasure == Erasure.DELETED or bool(column.nullable)


# --- time


def outlived(policy: Policy, now: datetime) -> ColumnElement[bool] | None:
    """The rows all of whose durations are over; None where one has no end that a date could tell."""
    spans = [span for span in policy.spans if span.is_limited]
    if not spans or len(spans) < len(policy.spans):
        return None
    return _older(policy, spans[-1].before(now), spans[-1].since)


def outlived_columns(policy: Policy, now: datetime) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """The columns that are forgotten before their row, with the rows that have one to forget."""
    longest = policy.spans[-1]
    table = table_of(policy.table)
    for name, held in policy.columns.items():
        if held.kept.is_limited and held.kept != longest and table.c[name].nullable:
            older = _older(policy, held.kept.before(now), held.kept.since)
            if older is not None:
                yield name, older & table.c[name].is_not(None)


def _older(policy: Policy, before: datetime, since: Since) -> ColumnElement[bool] | None:
    table = table_of(policy.table)
    if since is Since.EDITION:
        return _of_editions_over(table, before.date())
    if not policy.since:
        return None  # its feature forgets by itself
    known = [table.c[name] for name in policy.since]
    return (func.coalesce(*known) if len(known) > 1 else known[0]) < before


def _of_editions_over(table: Table, before: date) -> ColumnElement[bool]:
    """Rows of editions whose last day was before a day, found through what they belong to."""
    day = table_of("day")
    if "edition_id" in table.c:
        over = select(day.c.edition_id).group_by(day.c.edition_id).having(func.max(day.c.on) < before)
        return table.c.edition_id.in_(over)
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        if "edition_id" in key.column.table.c:
            above = select(key.column).where(_of_editions_over(key.column.table, before))
            return key.parent.in_(above)
    return ~true()
