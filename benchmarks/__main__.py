"""Measures: each page beside a bare Starlette page that runs the same statements, in one run, as a ratio."""

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.base import SLUG, Base, make_base

ROUNDS, SECONDS, CONNECTIONS = 3, 1.5, 8
PORT = 8791


def pages(base: Base) -> dict[str, tuple[str, str]]:
    """Name → (address, cookie): what is measured, signed out and in."""
    return {
        "home, signed out": ("/", ""),
        "programme of 60 tracks, signed out": (f"/{SLUG}/parcours", ""),
        "programme of 60 tracks, signed in": (f"/{SLUG}/parcours", base.cookies["ada"]),
        "track page, signed out": (f"/{SLUG}/parcours/{base.track}", ""),
        "track page, signed in": (f"/{SLUG}/parcours/{base.track}", base.cookies["ada"]),
        "organiser's list of tracks": (f"/organisation/{SLUG}", base.cookies["claude"]),
        "organiser's list of people": (f"/organisation/{SLUG}/personnes", base.cookies["claude"]),
    }


class Client:
    """A bounded load over keep-alive connections to loopback, without any library that would cost more than the server."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def once(self, address: str, cookie: str, method: str = "GET", body: bytes = b"") -> tuple[int, float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        found = await self._ask(reader, writer, address, cookie, method, body)
        writer.close()
        return found

    async def rate(self, address: str, cookie: str, seconds: float) -> tuple[float, list[float], int]:
        """Answers per second, their times, and how many were not 200."""
        until = time.perf_counter() + seconds
        found = await asyncio.gather(*(self._loop(address, cookie, until) for _ in range(CONNECTIONS)))
        times = [one for times, _ in found for one in times]
        return len(times) / seconds, times, sum(wrong for _, wrong in found)

    async def _loop(self, address: str, cookie: str, until: float) -> tuple[list[float], int]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        times, wrong = [], 0
        while time.perf_counter() < until:
            status, took = await self._ask(reader, writer, address, cookie, "GET", b"")
            times.append(took)
            wrong += status != 200
        writer.close()
        return times, wrong

    async def _ask(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        address: str,
        cookie: str,
        method: str,
        body: bytes,
    ) -> tuple[int, float]:
        started = time.perf_counter()
        head = f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        head += f"Cookie: sprint={cookie}\r\n" if cookie else ""
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length = next((int(line[16:]) for line in lines if line.lower().startswith("content-length: ")), 0)
        await reader.readexactly(length)
        return int(lines[0].split()[1]), time.perf_counter() - started


def serve(url: str, factory: str, port: int, more: dict[str, str]) -> tuple[subprocess.Popen[bytes], float]:
    """Start a server; gives it and the seconds until it answered."""
    environment = {**os.environ, "SPRINT_DATABASE_URL": url, "SPRINT_BASE_URL": f"http://127.0.0.1:{port}", **more}
    environment |= {"SPRINT_SECRET": "b" * 40, "SPRINT_DEMO": "1", "SPRINT_WORKER": "apart"}
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), "--no-access-log"]
    started = time.perf_counter()
    server = subprocess.Popen([*command, "--log-level", "error"], env=environment, stdout=subprocess.DEVNULL)
    while time.perf_counter() - started < 20:
        try:
            asyncio.run(Client(port).once("/sante", ""))
        except OSError:
            time.sleep(0.02)
        else:
            return server, time.perf_counter() - started
    raise TimeoutError(f"{factory} does not answer")


def measure(url: str, base: Base) -> dict[str, tuple[float, float]]:
    """Name → (our rate, the bare rate): medians of interleaved rounds."""
    plan = {name: {"address": address, "cookie": cookie} for name, (address, cookie) in pages(base).items()}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file)
        file.flush()
        ours, _ = serve(url, "sprint.app:create", PORT, {})
        bare, _ = serve(url, "benchmarks.bare:create", PORT + 1, {"BENCH_PLAN": file.name})
        try:
            return {
                name: asyncio.run(_side_by_side(number, *page))
                for number, (name, page) in enumerate(pages(base).items())
            }
        finally:
            ours.terminate()
            bare.terminate()


async def _side_by_side(number: int, address: str, cookie: str) -> tuple[float, float]:
    ours, bare = [], []
    await Client(PORT).rate(address, cookie, 0.5)
    await Client(PORT + 1).rate(f"/{number}", "", 0.5)
    for _ in range(ROUNDS):
        rate, _, wrong = await Client(PORT).rate(address, cookie, SECONDS)
        assert wrong == 0, address
        ours.append(rate)
        bare.append((await Client(PORT + 1).rate(f"/{number}", "", SECONDS))[0])
    return statistics.median(ours), statistics.median(bare)


async def flood(base: Base, port: int) -> dict[str, float]:
    """Reads of the programme alone, then under fifty people registering over and over: milliseconds, errors, writes."""
    address = f"/{SLUG}/parcours"
    _, calm, _ = await Client(port).rate(address, "", 3)
    until, written = time.perf_counter() + 5, 0

    async def write(cookie: str, number: int) -> None:
        nonlocal written
        turn = 0
        while time.perf_counter() < until:
            turn += 1
            form = {"jour": base.day, "mode": "site", "once": f"flood-{number:03d}-{turn:06d}"}
            path = f"/{SLUG}/parcours/{base.track}/" + ("inscription" if turn % 2 else "desistement")
            await Client(port).once(path, cookie, "POST", urlencode(form).encode())
            written += 1

    writers = asyncio.gather(*(write(cookie, number) for number, cookie in enumerate(base.writers)))
    _, busy, wrong = await Client(port).rate(address, "", 5)
    await writers
    return {
        "calm p50 ms": 1000 * statistics.median(calm),
        "calm p99 ms": 1000 * statistics.quantiles(calm, n=100)[98],
        "busy p50 ms": 1000 * statistics.median(busy),
        "busy p99 ms": 1000 * statistics.quantiles(busy, n=100)[98],
        "reads": len(busy),
        "read errors": wrong,
        "writes": written,
    }


def memory(process: int) -> float:
    """Resident megabytes of a process."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        base = make_base(url)
        print("| page | Sprint, answers/s | bare, answers/s | ratio |\n|---|---|---|---|")
        for name, (ours, bare) in measure(url, base).items():
            print(f"| {name} | {ours:.0f} | {bare:.0f} | {ours / bare:.2f} |")
        server, start = serve(url, "sprint.app:create", PORT, {})
        try:
            under = asyncio.run(flood(base, PORT))
            print(f"\nstart {start:.2f} s, memory after load {memory(server.pid):.0f} MB")
            print("flood: " + ", ".join(f"{name} {value:.1f}" for name, value in under.items()))
        finally:
            server.terminate()
    print(f"this client used {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.0f} s of processor")


if __name__ == "__main__":
    main()
