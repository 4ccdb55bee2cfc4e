"""Measures each page beside a bare one in one run, as a ratio; then start, memory, and reads during a flood of writes.

make bench                                       on SQLite
make bench ARGS=postgresql                       on a PostgreSQL of its own
make bench ARGS=postgresql+psycopg://…/empty     on that database, which must be empty
make bench ARGS="sqlite crowd"                   the desk with 5 000 people, and a thousand who register at once
"""

import asyncio
import resource
import sys

from benchmarks import crowd
from benchmarks.base import SLUG, Base, make_base
from benchmarks.compare import OURS, compare, database_url
from benchmarks.flood import flood
from benchmarks.servers import served


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


def main(asked: str) -> None:
    with database_url(asked) as url:
        base = make_base(url)
        compare(url, pages(base))
        with served(url, "sprint.app:create", OURS) as server:
            under = asyncio.run(flood(base, OURS))
            print(
                f"\nstart {server.start_seconds:.2f} s, memory of the worker after load {server.memory_mb:.0f} MB\n{under}"
            )
    print(f"this client used {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.0f} s of processor")


if __name__ == "__main__":
    engine, *part = sys.argv[1:] or ["sqlite"]
    if part == ["crowd"]:
        crowd.main(engine)
    else:
        main(engine)
