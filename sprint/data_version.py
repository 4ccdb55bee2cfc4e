"""Two numbers in the database: the data version grows with every change of what pages show, that of the plan when the team
changes what an edition is planned to be, which is rarely while people register.

They grow in the transaction that changes something, as its last statement. So whoever sees the change sees the new number,
in whatever process; and on PostgreSQL the lock on the row is held for the commit alone, by somebody who waits for no other
lock any more: it cannot deadlock with the lock of an edition. Rows changed by hand, past the writing door, do not count:
what is kept has a longest life for that (`kept`).
"""

from collections.abc import Mapping

from sqlalchemy import CheckConstraint, Connection, Engine, PrimaryKeyConstraint, event, text, update
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.schema import Table
from sqlmodel import Field, Session, SQLModel, select

from sprint.prepared import connection_of

QUIET = {"info": {"quiet": True}}
"""For `__table_args__` of a table that no kept page reads: writing to it leaves what is kept as it is."""
QUIETLY = {"sprint_quiet": True}
"""Execution options of a statement that changes only what no kept page shows, in a table that one reads."""
LOUDLY = {"sprint_loud": True}
"""Execution options of a statement that changes what a kept page shows, in a table that is quiet otherwise."""
PLAN = {"info": {"plan": True}}
"""For `__table_args__` of a table that the plan is made of: writing to it ends what `planned` keeps."""
CHANGED, PLAN_CHANGED = "sprint.changed", "sprint.plan_changed"


class DataVersion(SQLModel, table=True):
    """The one row."""

    __tablename__ = "data_version"
    # Named in full: the naming convention is set by `database`, which stands after this room.
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_data_version"),
        CheckConstraint("id = 1", name="ck_data_version_only_row"),
    )

    id: int = Field(default=1, primary_key=True)
    number: int = 0
    plan: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


READ, READ_PLAN = select(DataVersion.number), select(DataVersion.plan)
RAISE = update(DataVersion).values(number=DataVersion.number + 1)
RAISE_BOTH = RAISE.values(plan=DataVersion.plan + 1)


def data_version(db: Session) -> int:
    """The number, as of the transaction at hand."""
    return int(connection_of(db).execute(READ).scalar_one())


def plan_number(db: Session) -> int:
    """The number of the plan, as of now."""
    return int(connection_of(db).execute(READ_PLAN).scalar_one())


def has_changed_plan(db: Session) -> bool:
    """Whether the transaction at hand has changed the plan itself."""
    return bool(connection_of(db).info.get(PLAN_CHANGED))


def watch(engine: Engine) -> None:
    """Note on each connection whether its transaction changes what pages show, and the plan."""
    event.listen(engine, "begin", _forget)
    event.listen(engine, "before_execute", _note)


def _forget(connection: Connection) -> None:
    connection.info.pop(CHANGED, None)
    connection.info.pop(PLAN_CHANGED, None)


def _note(
    connection: Connection, statement: object, _many: object, _one: object, options: Mapping[str, object]
) -> None:
    table = statement.table if isinstance(statement, UpdateBase) else None
    is_quiet = not isinstance(table, Table) or table.info.get("quiet") or options.get("sprint_quiet")
    if not is_quiet or options.get("sprint_loud"):
        connection.info[CHANGED] = True
        if isinstance(table, Table) and table.info.get("plan"):
            connection.info[PLAN_CHANGED] = True


def raise_if_changed(db: Session) -> None:
    """The last statement before the commit, for the writing door."""
    db.flush()
    if db.in_transaction():
        connection = connection_of(db)
        if connection.info.pop(CHANGED, False):
            connection.execute(RAISE_BOTH if connection.info.pop(PLAN_CHANGED, False) else RAISE)
