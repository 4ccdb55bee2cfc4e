"""Measures each page beside a bare one in one run, as a ratio; then start, memory, and reads during a flood of writes.

make bench                                       on SQLite
make bench ARGS=postgresql                       on a PostgreSQL of its own
make bench ARGS=postgresql+psycopg://…/empty     on that database, which must be empty
"""

import asyncio
import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.bare import VISITS
from benchmarks.base import SLUG, Base, make_base
from benchmarks.client import load, request
from benchmarks.flood import flood
from benchmarks.servers import served
from tests.postgres import running_postgres

ROUNDS, WARM_UP_SECONDS, SECONDS = 5, 0.5, 1.0
OURS, BARE = 8791, 8792


def pages(base: Base) -> dict[str, tuple[str, str]]:
    """Name → (address, cookie): what is measured, signed out and in."""
    ada, claude = base.cookies["ada"], base.cookies["claude"]
    return {
        "home, signed out": ("/", ""),
        "home, signed in": ("/", ada),
        "programme of 60 tracks, signed out": (f"/{SLUG}/parcours", ""),
        "programme of 60 tracks, signed in": (f"/{SLUG}/parcours", ada),
        "track page, signed out": (f"/{SLUG}/parcours/{base.track}", ""),
        "track page, signed in": (f"/{SLUG}/parcours/{base.track}", ada),
        "organiser's list of tracks": (f"/organisation/{SLUG}", claude),
        "organiser's list of people": (f"/organisation/{SLUG}/personnes", claude),
    }


@contextmanager
def database_url(asked: str) -> Generator[str]:
    """The address of an empty database on the engine asked for, gone with the block unless it was given."""
    if asked.startswith("postgresql+"):
        yield asked
    elif asked == "postgresql":
        with running_postgres(durable=True) as cluster:
            yield cluster.create_database("bench")
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.db"


async def side_by_side(page: int, address: str, cookie: str) -> list[float]:
    """Our rate and the bare rates of a page, for a first visit and for the next one: medians of interleaved rounds."""
    asked = [(OURS, request(OURS, address, cookie))]
    asked += [(BARE, request(BARE, f"/{page}/{visit}")) for visit in VISITS]
    rates: list[list[float]] = [[] for _ in asked]
    for port, what in asked:
        await load(port, what, WARM_UP_SECONDS)
    for _ in range(ROUNDS):
        for (port, what), found in zip(asked, rates, strict=True):
            measured = await load(port, what, SECONDS)
            assert measured.errors == 0, (address, measured.statuses)
            found.append(measured.rate)
    return [statistics.median(found) for found in rates]


def compare(url: str, base: Base) -> None:
    """Print the table of ratios."""
    plan = [{"address": address, "cookie": cookie} for address, cookie in pages(base).values()]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        Path(file.name).write_text(json.dumps(plan))
        with served(url, "sprint.app:create", OURS), served(url, "benchmarks.bare:create", BARE, BENCH_PLAN=file.name):
            print("| page | Sprint, answers/s | bare, first visit | ratio | bare, next visit | ratio |")
            print("|---|---|---|---|---|---|")
            for number, (name, page) in enumerate(pages(base).items()):
                ours, first, again = asyncio.run(side_by_side(number, *page))
                cells = f"{ours:.0f} | {first:.0f} | {ours / first:.2f} | {again:.0f} | {ours / again:.2f}"
                print(f"| {name} | {cells} |", flush=True)


def main(asked: str) -> None:
    with database_url(asked) as url:
        base = make_base(url)
        compare(url, base)
        with served(url, "sprint.app:create", OURS) as server:
            under = asyncio.run(flood(base, OURS))
            print(
                f"\nstart {server.start_seconds:.2f} s, memory of the worker after load {server.memory_mb:.0f} MB\n{under}"
            )
    print(f"this client used {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.0f} s of processor")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite")
