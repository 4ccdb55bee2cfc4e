"""The only reader of the clock; everything else is given a moment."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_pretended: ContextVar[datetime | None] = ContextVar("pretended_now", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Generator[None]:
    """Pretend that it is `moment` (aware) inside the block: for `tick --at`."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
