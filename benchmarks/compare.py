"""A page beside the bare one, in one run: rates of interleaved rounds, as ratios."""

import asyncio
import json
import statistics
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from benchmarks.bare import VISITS
from benchmarks.client import load, request
from benchmarks.servers import served
from tests.postgres import running_postgres

ROUNDS, WARM_UP_SECONDS, SECONDS = 5, 0.5, 1.0
OURS, BARE = 8791, 8792


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


def compare(url: str, pages: dict[str, tuple[str, str]]) -> None:
    """Print the table of ratios; `pages` is name → (address, cookie)."""
    plan = [{"address": address, "cookie": cookie} for address, cookie in pages.values()]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        Path(file.name).write_text(json.dumps(plan))
        with served(url, "sprint.app:create", OURS), served(url, "benchmarks.bare:create", BARE, BENCH_PLAN=file.name):
            print(
                "| page | Sprint, answers/s | bare, first visit | its statements | ratio | bare, next visit | ratio |"
            )
            print("|---|---|---|---|---|---|---|")
            for number, (name, page) in enumerate(pages.items()):
                ours, first, again = asyncio.run(side_by_side(number, *page))
                asked = urlopen(f"http://127.0.0.1:{BARE}/{number}/{VISITS[0]}/statements").read().decode()
                cells = f"{ours:.0f} | {first:.0f} | {asked} | {ours / first:.2f} | {again:.0f} | {ours / again:.2f}"
                print(f"| {name} | {cells} |", flush=True)
