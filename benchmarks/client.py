"""A bounded load over keep-alive connections to loopback, lean so that the server is what is measured."""

import asyncio
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field

CONNECTIONS = 8


@dataclass
class Load:
    """What came back: the times of the answers in seconds, how many had which status, how long it all took."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.times) / self.seconds

    @property
    def errors(self) -> int:
        return sum(number for status, number in self.statuses.items() if status != 200)

    @property
    def median_ms(self) -> float:
        return 1000 * statistics.median(self.times)

    @property
    def p99_ms(self) -> float:
        return 1000 * statistics.quantiles(self.times, n=100)[98]


class Connection(asyncio.Protocol):
    """One keep-alive connection that asks, waits for the whole answer and notes its status."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._needed = 0
        self._answer: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def to(cls, port: int) -> "Connection":
        _, made = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return made

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._needed:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._received[:end]).lower()
            length = head.partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0]
            self._needed = end + 4 + int(length or 0)
        if len(self._received) >= self._needed and self._answer and not self._answer.done():
            self._answer.set_result(int(self._received[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("the server hung up"))

    async def ask(self, request: bytes) -> int:
        """Send a request as it is; gives the status once the whole body is here."""
        assert self._transport
        self._received.clear()
        self._needed, self._answer = 0, asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        assert self._transport
        self._transport.close()


def request(port: int, address: str, cookie: str = "", form: bytes = b"") -> bytes:
    """The bytes of a GET, or of a POST when there is a form."""
    head = f"{'POST' if form else 'GET'} {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    head += f"Cookie: sprint={cookie}\r\n" if cookie else ""
    if form:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
    return head.encode() + b"\r\n" + form


async def load(port: int, asked: bytes, seconds: float) -> Load:
    """Ask the same thing over and over on a few connections at once."""
    found, until = Load(seconds), time.perf_counter() + seconds
    connections = [await Connection.to(port) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(_repeat(one, asked, until, found) for one in connections))
    for one in connections:
        one.close()
    return found


async def _repeat(connection: Connection, asked: bytes, until: float, found: Load) -> None:
    while (started := time.perf_counter()) < until:
        found.statuses[await connection.ask(asked)] += 1
        found.times.append(time.perf_counter() - started)
