"""Real servers for tests: processes of `python -m sprint run` over a database, spoken to over HTTP, killed at will."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from sprint.database import Database
from tests.postgres import free_port

ROOT = Path(__file__).parents[1]
START_SECONDS = 60


@dataclass(frozen=True)
class Answered:
    """What came back of a request; status 0 when nothing did (the server died)."""

    status: int
    location: str = ""


@dataclass(frozen=True)
class Server:
    """A running server. Its processes form a group of their own, so that none outlives it."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def post(self, path: str, fields: Mapping[str, str | list[str]], session: str) -> Answered:
        """Send a form as the person whose session it is, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"sprint={session}"}
        try:
            connection.request("POST", path, urlencode(fields, doseq=True), headers)
            answer = connection.getresponse()
            answer.read()
            return Answered(answer.status, answer.getheader("Location", ""))
        except (OSError, http.client.HTTPException):
            return Answered(0)
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9, every process of it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an operator would; killed when it does not end."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                pass
        if self.process.poll() is None:
            self.kill()


SPRINT = ("-m", "sprint", "run")


def start_server(
    database: Database, log: Path, port: int = 0, program: Sequence[str] = SPRINT, **settings: str
) -> Server:
    """Start a server over the database and wait until it answers, on the port if one is given."""
    server = launched(database, log, port, program, **settings)
    try:
        wait_until_it_answers(server)
    except BaseException:
        server.stop()
        raise
    return server


def launched(database: Database, log: Path, port: int, program: Sequence[str], **settings: str) -> Server:
    """The process, not yet able to answer."""
    port = port or free_port()
    given = {
        "database_url": database.url.render_as_string(hide_password=False),
        "base_url": f"http://127.0.0.1:{port}",
        "secret": "s" * 32,
        "smtp_host": "127.0.0.1",
        "smtp_port": "9",  # nobody listens: letters stay owed
        **settings,
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPRINT_")}
    environment |= {f"SPRINT_{name.upper()}": value for name, value in given.items()}
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, *program, "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    return Server(process, port, log)


def wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{server.log.read_text(errors='replace')[-2000:]}")


@contextmanager
def serving(
    database: Database, folder: Path, processes: int = 1, program: Sequence[str] = SPRINT, **settings: str
) -> Iterator[list[Server]]:
    """Servers over one database for as long as the block lasts: processes that know nothing of each other.

    Each has its own port, so that the test says how many requests each gets: those of `--workers` share one, and
    whichever is first may take them all.
    """
    servers = [launched(database, folder / f"server-{n}.log", 0, program, **settings) for n in range(processes)]
    try:
        for server in servers:
            wait_until_it_answers(server)
        yield servers
    finally:
        for server in servers:
            server.stop()
