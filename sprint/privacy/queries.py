"""What is held of somebody: how much, and all of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import Table, func, literal, select, union_all
from sqlmodel import Session, SQLModel

from sprint.privacy.register import TOMBSTONE, Policy, register
from sprint.privacy.rows import hers, one, table_of

Value = str | int | float | bool | None | list[object] | dict[str, object]
LABELS = ("name", "title", "slug", "on", "words")
"""What a row is called by, where it has it."""


def held_counts(db: Session, person_id: int) -> dict[str, int]:
    """How many rows of each table are the person's; tables without any are left out. One query."""
    who = one(person_id)
    counts = [
        select(literal(policy.table), func.count()).select_from(table_of(policy.table)).where(hers(policy, who))
        for policy in register()
        if policy.whose
    ]
    return {table: number for table, number in db.connection().execute(union_all(*counts)) if number}


@dataclass(frozen=True)
class HeldRows:
    """The person's rows of one table, as names and plain values."""

    policy: Policy
    feature: str
    rows: tuple[dict[str, Value], ...]


def held_rows(db: Session, person_id: int) -> list[HeldRows]:
    """Everything held of the person, table by table, without secrets of the machine. A query a table, and one a label."""
    features = {mapper.local_table.name: mapper.class_.__module__ for mapper in SQLModel._sa_registry.mappers}
    found = []
    for policy in register():
        rows = _rows(db, policy, person_id) if policy.whose else ()
        if rows:
            found.append(HeldRows(policy, features[policy.table].split(".")[1], rows))
    return found


def _rows(db: Session, policy: Policy, person_id: int) -> tuple[dict[str, Value], ...]:
    table = table_of(policy.table)
    shown = [column for column in table.c if column.name not in policy.hidden]
    statement = select(*shown).where(hers(policy, one(person_id))).order_by(*table.primary_key.columns)
    rows = [dict(row._mapping) for row in db.connection().execute(statement)]
    for name in (column.name for column in shown if column.foreign_keys):
        labels = _labels(db, table, policy, name, {row[name] for row in rows})
        for row in rows:
            if row[name] in labels:
                row[f"{name}_label"] = labels[row[name]]
    return tuple({name: plain(value) for name, value in row.items()} for row in rows)


def _labels(db: Session, table: Table, policy: Policy, name: str, ids: set[object]) -> dict[object, object]:
    """What the rows that a column points to are called. People are numbers here, save those the policy names."""
    (key,) = table.c[name].foreign_keys
    above = key.column.table
    if above.name == TOMBSTONE and name not in policy.named:
        return {}
    called = next((above.c[label] for label in LABELS if label in above.c), None)
    if called is None:
        return {}
    rows = db.connection().execute(select(key.column, called).where(key.column.in_(ids - {None})))
    return dict(rows.all())


def plain(value: object) -> Value:
    """A value as JSON holds it; moments and days in ISO 8601."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)
