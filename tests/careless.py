"""The same site without its guards: what the races must be able to see. `python -m tests.careless --port N` serves it.

No lock of the edition, read-compare-write instead of one guarded statement, the driver's own transactions, no CHECK, and
as many writers at once as there are threads.
"""

import sys

import uvicorn
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, select, update

from sprint.app import build
from sprint.database import Database
from sprint.registrations.actions import promotion, registering
from sprint.registrations.tables import Mode, TrackCapacity
from sprint.settings import read_settings
from sprint.web import frame

THREADS = 32


def careless(database: Database, *, keeps_constraint: bool, threads: int) -> Database:
    """A database as one gets it without thought: no lock, the driver's own transactions, perhaps no CHECK."""
    address = database.url.render_as_string(hide_password=False)
    bare = Database(address, threads=threads)
    if bare.is_sqlite:
        bare.writers.dispose()
        bare._writers = None  # neither threads nor processes queue
        # Python's driver begins before the first write only: what was read before may be old by then.
        bare.writers = create_engine(address, pool_size=threads, connect_args={"timeout": 30})
    if not keeps_constraint:
        take_the_constraint_away(bare)
    return bare


def take_the_constraint_away(database: Database) -> None:
    if database.is_sqlite:

        def ignore(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
            connection.cursor().execute("PRAGMA ignore_check_constraints = ON")

        event.listen(database.writers, "connect", ignore)
        return
    with database.writing() as db:
        db.connection().execute(text("ALTER TABLE trackcapacity DROP CONSTRAINT IF EXISTS ck_trackcapacity_seats"))


def take_seat_unguarded(db: Session, track_id: int, day_id: int, mode: Mode, *, is_day_limited: bool = True) -> bool:
    """What one would write without thinking of others: read, compare, write."""
    here = [TrackCapacity.track_id == track_id, TrackCapacity.day_id == day_id, TrackCapacity.mode == mode]
    seats, taken = db.exec(select(TrackCapacity.seats, TrackCapacity.taken).where(*here)).one()
    if taken < seats:
        db.exec(update(TrackCapacity).where(*here).values(taken=TrackCapacity.taken + 1))
    return taken < seats


def serve(port: int) -> None:
    """Everything else is the site as it is."""
    vars(promotion)["hold_edition"] = lambda db, edition_id: None
    vars(promotion)["hold_edition_called"] = lambda db, slug: None
    vars(promotion)["join_edition_called"] = lambda db, slug, person_id: None
    vars(registering)["take_seat"] = take_seat_unguarded
    vars(frame)["WAITING_WRITERS"] = THREADS
    settings = read_settings().model_copy(update={"threads": THREADS})
    database = careless(Database(settings.database_url), keeps_constraint=False, threads=THREADS)
    uvicorn.run(build(settings, database), host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    serve(int(sys.argv[sys.argv.index("--port") + 1]))
