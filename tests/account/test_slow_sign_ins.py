"""Signing in is the one place that waits for the network: while forty wait, everybody else reads."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from sprint.database import Database
from tests.servers import serving

SLEEPERS, THREADS = 40, 4
HELD = threading.Event()


class Slow(BaseHTTPRequestHandler):
    """A provider that takes the question and never says anything."""

    def do_GET(self) -> None:
        HELD.wait(20)

    def log_message(self, *_: object) -> None:
        """Silence: the test reads nothing of it."""


@pytest.fixture
def slow() -> Iterator[str]:
    HELD.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    HELD.set()
    server.shutdown()
    server.server_close()


def test_forty_slow_sign_ins_leave_reads_and_the_health_check_answering(
    slow: str, sqlite: Database, tmp_path: Path
) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(f'[slow]\nkind = "oidc"\nissuer = "{slow}"\nclient_id = "c"\nclient_secret = "s"\n')
    with serving(sqlite, tmp_path, demo="1", providers=str(file)) as (server,):
        base = f"http://127.0.0.1:{server.port}"
        httpx2.get(base + "/").raise_for_status()
        with ThreadPoolExecutor(SLEEPERS) as crowd:
            began = time.monotonic()
            waiting = [crowd.submit(httpx2.get, f"{base}/connexion/slow", timeout=30) for _ in range(SLEEPERS)]
            time.sleep(1)
            read = [(_seconds(f"{base}{path}"), sum(not one.done() for one in waiting)) for path in ("/sante", "/")]
            statuses = {one.result().status_code for one in waiting}
            ended = time.monotonic() - began
    assert all(seconds < 3 for seconds, _ in read), read
    assert all(still > THREADS for _, still in read), "more waited than there are threads, at the end of each"
    assert statuses == {400}, "all were told"
    assert ended < 30


def _seconds(address: str) -> float:
    began = time.monotonic()
    httpx2.get(address, timeout=10).raise_for_status()
    return time.monotonic() - began
