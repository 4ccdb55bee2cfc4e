"""The servers that are measured: processes of uvicorn without its access log, with our own logs as in production."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import Connection, request

START_SECONDS, REST_SECONDS = 60, 0.5


@dataclass(frozen=True)
class Served:
    """A server that answers, and how long it took to come up."""

    process: subprocess.Popen[bytes]
    port: int
    start_seconds: float

    @property
    def memory_mb(self) -> float:
        """Resident megabytes of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def served(url: str, factory: str, port: int, *, workers: int = 1, **more: str) -> Generator[Served]:
    """A server for as long as the block lasts. The port is free again afterwards: the next may take it."""
    environment = {**os.environ, "SPRINT_DATABASE_URL": url, "SPRINT_BASE_URL": f"http://127.0.0.1:{port}", **more}
    environment |= {"SPRINT_SECRET": "b" * 40, "SPRINT_DEMO": "1", "SPRINT_WORKER": "apart"}
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), "--no-access-log"]
    command += ["--workers", str(workers)] if workers > 1 else []
    started = time.perf_counter()
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        took = time.perf_counter() - started
        if workers > 1:
            _wait_for_rest(process)
        yield Served(process, port, took)
    finally:
        # Without the wait the next server on this port is greeted by the dying one, and its clients are cut off.
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    started = time.perf_counter()
    while time.perf_counter() - started < START_SECONDS and process.poll() is None:
        try:
            asyncio.run(_greet(port))
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"no server answers on port {port}")


def _wait_for_rest(process: subprocess.Popen[bytes]) -> None:
    """Until no worker is busy any more: one that still starts takes no connection, and the others would take them all."""
    before, since = _busy(process.pid), time.perf_counter()
    while time.perf_counter() - since < REST_SECONDS:
        time.sleep(0.1)
        if (now := _busy(process.pid)) != before:
            before, since = now, time.perf_counter()


def _busy(parent: int) -> int:
    """What the processor did for the children of a process so far, in its ticks."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    fields = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children)
    return sum(int(user) + int(system) for *_, user, system in (line[:13] for line in fields))


async def _greet(port: int) -> None:
    connection = await Connection.to(port)
    await connection.ask(request(port, "/sante"))
    connection.close()
