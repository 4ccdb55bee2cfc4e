"""Measures a calendar of 200 slots: written for the first time, kept, and known already to its reader (304).

python -m benchmarks.feeds
"""

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

from sqlmodel import select

from benchmarks.base import SLUG, make_base
from benchmarks.client import load, request
from benchmarks.servers import served
from sprint.agenda import writing
from sprint.agenda.queries.files import edition_sent
from sprint.database import Database
from sprint.programme.tables import Day, Edition, Slot, SlotKind

SLOTS, ROUNDS, SECONDS, PORT = 200, 5, 2.0, 8793
COLD_BUDGET_MS = 80


def fill(database: Database) -> None:
    """An edition of its own with as many timed slots as are measured."""
    with database.writing() as db:
        edition = Edition(
            slug="calendrier-2031",
            name="Calendrier 2031",
            timezone="Europe/Paris",
            place="Paris",
            announced_at=datetime(2031, 1, 1, tzinfo=UTC),
        )
        db.add(edition)
        db.flush()
        days = [Day(edition_id=edition.id or 0, on=date(2031, 3, 4) + timedelta(days=number)) for number in range(2)]
        db.add_all(days)
        db.flush()
        db.add_all(
            Slot(
                edition_id=edition.id or 0,
                day_id=days[number % 2].id or 0,
                identity=f"slot-{number}",
                title=f"Atelier nº {number} : préparer, relire et documenter une première contribution",
                kind=SlotKind.WORKSHOP,
                starts=hour(9 + number % 8, 30),
                ends=hour(10 + number % 8, 15),
                room=f"Salle Émilie-du-Châtelet, {number % 20}",
                position=number,
            )
            for number in range(SLOTS)
        )


def cold_ms(database: Database) -> float:
    """Processor time to read the rows and write every event, nothing kept."""
    writing._written.cache_clear()
    writing._event_lines.cache_clear()
    with database.reading() as db:
        started = time.process_time()
        assert edition_sent(db, "https://sprint.example", "fr", "calendrier-2031")
        return 1000 * (time.process_time() - started)


def moved_ms(database: Database) -> float:
    """The same after one slot of them has moved."""
    with database.writing() as db:
        slot = db.exec(select(Slot).where(Slot.identity == "slot-7")).one()
        slot.room, slot.revision = f"{slot.room}′"[-100:], slot.revision + 1
    with database.reading() as db:
        started = time.process_time()
        assert edition_sent(db, "https://sprint.example", "fr", "calendrier-2031")
        return 1000 * (time.process_time() - started)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = make_base(f"sqlite:///{folder}/feeds.db")
        with Database(base.url) as database:
            fill(database)
            cold = statistics.median(cold_ms(database) for _ in range(ROUNDS))
            moved = statistics.median(moved_ms(database) for _ in range(ROUNDS))
            with database.reading() as db:
                sent = edition_sent(db, f"http://127.0.0.1:{PORT}", "fr", "calendrier-2031")
            assert sent
        print(f"{SLOTS} slots, {len(sent.body) / 1000:.0f} kB (beside the edition {SLUG})")
        print(f"  written for the first time  {cold:6.1f} ms  of processor (budget {COLD_BUDGET_MS})")
        print(f"  one slot moved              {moved:6.1f} ms of processor")
        with served(base.url, "sprint.app:create", PORT):
            asked = request(PORT, "/calendrier-2031/agenda.ics")
            known = asked.replace(b"\r\n\r\n", f"\r\nIf-None-Match: {sent.tag}\r\n\r\n".encode())
            for name, what, status in (("kept", asked, 200), ("304", known, 304)):
                asyncio.run(load(PORT, what, 0.5))
                found = asyncio.run(load(PORT, what, SECONDS))
                assert set(found.statuses) == {status}, found.statuses
                print(f"  {name:27} {found.rate:6.0f} a second, p99 {found.p99_ms:.1f} ms")


if __name__ == "__main__":
    main()
