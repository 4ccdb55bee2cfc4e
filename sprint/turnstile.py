"""One writer of a file at a time among several processes, in turn.

SQLite lets the processes that wait for its lock sleep, longer and longer, and wakes none of them: a busy process takes the
lock again before the other looks. Two workers under a crowd left one of them waiting for four seconds. Here whoever waits
stands in a turnstile, and whoever has just written stands behind them.
"""

import fcntl
import os
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path

LOOK_AGAIN = 0.0002
"""Seconds between two looks; one process looks at the door, the others at the turnstile."""


class TookTooLong(Exception):
    """Another process writes, and has not ended in time."""


class Turnstile:
    """Two locks of the system beside the file, which end with their process: the turnstile, and the door behind it.

    For one thread of the process at a time. The files are made when somebody writes for the first time.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self._files: tuple[int, int] | None = None

    @contextmanager
    def passed(self) -> Generator[None]:
        """Write inside the block. Raises TookTooLong."""
        if self._files is None:
            self._files = _opened(self._path, "-next"), _opened(self._path, "-writer")
        turnstile, door = self._files
        deadline = time.monotonic() + self._seconds
        _take(turnstile, deadline)
        try:
            _take(door, deadline)
        finally:
            fcntl.flock(turnstile, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(door, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of both files."""
        for file in self._files or ():
            os.close(file)
        self._files = None


class OneWriter:
    """One writer of a file at a time: threads queue at a lock, processes at the turnstile (None: no other process writes)."""

    def __init__(self, turnstile: Turnstile | None) -> None:
        self._thread, self._turnstile = threading.Lock(), turnstile

    @contextmanager
    def let_in(self, *, waits: bool = True) -> Generator[bool]:
        """Write inside the block. Gives False when another thread of the process writes and one `waits` not. Raises TookTooLong."""
        if not self._thread.acquire(blocking=waits):
            yield False
            return
        try:
            with self._turnstile.passed() if self._turnstile is not None else nullcontext():
                yield True
        finally:
            self._thread.release()

    def close(self) -> None:
        """Let go of the files."""
        if self._turnstile is not None:
            self._turnstile.close()


def _opened(path: Path, suffix: str) -> int:
    # Readable is enough to lock it: commands may run as another user than the site.
    return os.open(path.with_name(path.name + suffix), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _take(file: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TookTooLong("another process has been writing for too long") from None
            time.sleep(LOOK_AGAIN)
        else:
            return
