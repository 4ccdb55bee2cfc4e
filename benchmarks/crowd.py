"""A crowd: 5 000 people in the desk's pages, and a thousand who register at once through 32 connections and two workers.

make bench ARGS="sqlite crowd"
make bench ARGS="postgresql crowd"
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from sqlmodel import col, select

from benchmarks.base import SLUG, Base, make_base
from benchmarks.client import Connection, Load, request
from benchmarks.compare import BARE, OURS, compare, database_url
from benchmarks.servers import served
from sprint.database import Database
from sprint.programme.tables import Day, Track
from sprint.registrations.tables import Mode, Registration, State, TrackCapacity

PEOPLE, COMERS, SEATS, CLIENTS, WORKERS = 5000, 1000, 500, 32, 2
EARLY = 16
"""Who registers before the crowd, so that each worker has built its statements, as the bare page's have when they record."""


def desk_pages(base: Base) -> dict[str, tuple[str, str]]:
    """Name → (address, cookie): the desk's pages that show people or their number."""
    desk, claude = f"/organisation/{SLUG}", base.cookies["claude"]
    asked = {
        "tracks": "",
        "people": "/personnes",
        "people, a word": "/personnes?mot=42",
        "people who wait": "/personnes?etat=waiting",
        "people, page 40": "/personnes?page=40",
        "waiting list": "/attente",
        "figures": "/chiffres",
        "one track": f"/parcours/{base.track}",
    }
    return {f"desk with {PEOPLE} people: {name}": (desk + path, claude) for name, path in asked.items()}


@dataclass(frozen=True)
class Rush:
    """What a crowd was answered, and how long the busiest connection and each answer took."""

    load: Load
    slowest_client_s: float
    """The longest that one of the clients waited for one answer."""

    def __str__(self) -> str:
        return (
            f"{self.load.rate:.0f}/s, p50 {self.load.median_ms:.0f} ms, p99 {self.load.p99_ms:.0f} ms, "
            f"slowest {1000 * self.slowest_client_s:.0f} ms, answers {dict(self.load.statuses)}"
        )


async def rush(port: int, asked: Iterator[bytes]) -> Rush:
    """Send what is asked, each once, through the connections of all clients."""
    found, connections = Load(), [await Connection.to(port) for _ in range(CLIENTS)]
    began = time.perf_counter()

    async def one(connection: Connection) -> None:
        for what in asked:
            started = time.perf_counter()
            found.statuses[await connection.ask(what)] += 1
            found.times.append(time.perf_counter() - started)

    await asyncio.gather(*map(one, connections))
    found.seconds = time.perf_counter() - began
    return Rush(found, max(found.times))


def registering(base: Base, port: int, named: str = "crowd") -> Iterator[bytes]:
    """One form of each comer, on the first track and day."""
    address = f"/{SLUG}/parcours/{base.track}/inscription"
    for number, cookie in enumerate(base.writers):
        form = {"jour": base.day, "mode": "site", "once": f"{named}-{number:05d}"}
        yield request(port, address, cookie, urlencode(form).encode())


def seats_sold(base: Base) -> tuple[int, int]:
    """How many hold a seat on the first track, day and mode asked for, and how many wait."""
    with Database(base.url) as database, database.reading() as db:
        states = db.exec(select(Registration.state).where(col(Registration.once).startswith("crowd-"))).all()
    return states.count(State.CONFIRMED), states.count(State.WAITING)


def bare_writing(port: int, way: str) -> Iterator[bytes]:
    """As many requests of the bare page, each for another comer."""
    return (request(port, f"/{way}/{number}", form=b"x=1") for number in range(COMERS))


def compare_rushes(empty: Callable[[], str]) -> None:
    """Print how the crowd fared here and on the bare pages, each on a new database, which `empty` gives."""
    ours = _rush(empty(), "sprint.app:create", OURS, "")
    for way in ("text", "model"):
        bare = _rush(empty(), "benchmarks.bare_writes:create", BARE, way)
        print(f"ratio to the bare page, writes as {way}: {ours.load.rate / bare.load.rate:.2f}", flush=True)


def _rush(url: str, factory: str, port: int, way: str) -> Rush:
    base = make_base(url, people=2 * COMERS, writers=COMERS + EARLY)
    _widen(base)
    comers, early = (replace(base, writers=of) for of in (base.writers[:COMERS], base.writers[COMERS:]))
    plan = {
        "cookies": base.writers[COMERS:],
        "first": base.first_writer,
        "comers": COMERS,
        "address": f"/{SLUG}/parcours/{base.track}/inscription",
        "day": base.day,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        Path(file.name).write_text(json.dumps(plan))
        with served(url, factory, port, workers=WORKERS, BENCH_PLAN=file.name):
            if not way:
                asyncio.run(rush(port, registering(early, port, "early")))
            found = asyncio.run(rush(port, bare_writing(port, way) if way else registering(comers, port)))
    print(f"{way or 'Sprint'}: {found}", flush=True)
    if not way:
        print("seats sold, people waiting:", *seats_sold(comers), f"of {SEATS} seats that were free")
    return found


def _widen(base: Base) -> None:
    """Half of the comers find a seat: the track is given as many as that beside those that are taken before."""
    with Database(base.url) as database, database.writing() as db:
        offer = db.exec(
            select(TrackCapacity)
            .join(Track)
            .join(Day)
            .where(
                Track.slug == base.track,
                col(Track.edition_id) == col(Day.edition_id),
                col(TrackCapacity.day_id) == col(Day.id),
            )
            .where(TrackCapacity.mode == Mode.SITE, Day.on == date.fromisoformat(base.day))
        ).one()
        offer.seats = offer.taken + EARLY + SEATS


def main(engine: str) -> None:
    """The desk with 5 000 people, then the rush."""
    with database_url(engine) as url:
        compare(url, desk_pages(make_base(url, people=PEOPLE)))
    with ExitStack() as stack:
        compare_rushes(lambda: stack.enter_context(database_url(engine)))
