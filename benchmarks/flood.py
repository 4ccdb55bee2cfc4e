"""A flood of writes: fifty people register and cancel over and over while others read the programme."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.base import SLUG, Base
from benchmarks.client import Connection, Load, load, request

CALM_SECONDS, BUSY_SECONDS = 3, 5


@dataclass(frozen=True)
class Flood:
    """The reads before and during the flood, and what the writes were answered."""

    calm: Load
    busy: Load
    writes: Counter[int]

    def __str__(self) -> str:
        done = sum(number for status, number in self.writes.items() if status == 303)
        others = {status: number for status, number in sorted(self.writes.items()) if status != 303}
        return (
            f"reads: calm p50 {self.calm.median_ms:.1f} ms, p99 {self.calm.p99_ms:.1f} ms; "
            f"during the flood p50 {self.busy.median_ms:.1f} ms, p99 {self.busy.p99_ms:.1f} ms, "
            f"{len(self.busy.times)} reads, {self.calm.errors + self.busy.errors} errors; "
            f"writes done in {BUSY_SECONDS} s: {done}, others by status: {others}"
        )


async def flood(base: Base, port: int) -> Flood:
    """Read the programme alone, then under the flood."""
    reading = request(port, f"/{SLUG}/parcours")
    calm, writes = await load(port, reading, CALM_SECONDS), Counter[int]()
    until = time.perf_counter() + BUSY_SECONDS
    people = enumerate(base.writers)
    writers = asyncio.gather(*(_write(base, port, number, cookie, until, writes) for number, cookie in people))
    busy = await load(port, reading, BUSY_SECONDS)
    await writers
    return Flood(calm, busy, writes)


async def _write(base: Base, port: int, number: int, cookie: str, until: float, writes: Counter[int]) -> None:
    """Register and cancel in turn, as one person, each time with a new form."""
    connection, turn = await Connection.to(port), 0
    while time.perf_counter() < until:
        form = {"jour": base.day, "mode": "site", "once": f"flood-{number:03d}-{turn:06d}"}
        address = f"/{SLUG}/parcours/{base.track}/" + ("desistement" if turn % 2 else "inscription")
        writes[await connection.ask(request(port, address, cookie, urlencode(form).encode()))] += 1
        turn += 1
    connection.close()
