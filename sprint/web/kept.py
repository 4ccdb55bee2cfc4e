"""What is kept in memory, because working it out again would give the same: values read, and pages as strangers see them.

Each thing is kept with the data version it was made from and counts only while the database still says that number, which
is asked at every request: a change by whatever process is visible at the next one. Pages also end at `good_until`, the next
moment when a rule would answer differently. What is used least goes first when there is too much.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar, TypeVarTuple, cast

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from sprint.web.encodings import best_encoding, encoded

LONGEST = timedelta(minutes=10)
"""For what changes unseen: rows changed by hand."""
PAGE_BYTES = 12_000_000
VALUES = 500

Thing = TypeVar("Thing")
Value = TypeVar("Value")
Asked = TypeVarTuple("Asked")


class Shelf(Generic[Thing]):
    """Things by key, up to a total weight; what was asked for longest ago falls off. Threads may share it."""

    def __init__(self, most: int) -> None:
        self.most, self.weight = most, 0
        self._things: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Thing | None:
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, thing: Thing, weight: int) -> None:
        with self._lock:
            self.weight += weight - self._things.pop(key, (None, 0))[1]
            self._things[key] = (thing, weight)
            while self.weight > self.most:
                self.weight -= self._things.popitem(last=False)[1][1]


@dataclass(frozen=True)
class Kept(Generic[Thing]):
    """A thing with what it holds for: a data version, and a stretch of time."""

    thing: Thing
    version: int
    made_at: datetime
    good_until: datetime

    def holds(self, version: int, now: datetime) -> bool:
        return self.version == version and self.made_at <= now < self.good_until

    @staticmethod
    def since(now: datetime, version: int, thing: Thing, good_until: datetime | None = None) -> "Kept[Thing]":
        longest = now + LONGEST
        return Kept(thing, version, now, min(good_until or longest, longest))


class KeptValues:
    """What queries gave, by query and arguments. Only frozen values that are nobody's own."""

    def __init__(self) -> None:
        self._shelf: Shelf[Kept[object]] = Shelf(VALUES)

    def of(
        self,
        version: int,
        now: datetime,
        make: Callable[[Session, *Asked], Value],
        db: Session,
        asked: tuple[*Asked],
    ) -> Value:
        """What `make(db, *asked)` gives at this data version."""
        key = (make, asked)
        found = self._shelf.get(key)
        if found is not None and found.holds(version, now):
            return cast(Value, found.thing)
        made = make(db, *asked)
        self._shelf.put(key, Kept.since(now, version, made), 1)
        return made


@dataclass(frozen=True)
class Page:
    """One page as strangers see it, in the encodings asked for so far ("" is as it is)."""

    headers: Mapping[str, str]
    bodies: Mapping[str, bytes]

    @property
    def weight(self) -> int:
        return sum(map(len, self.bodies.values()))


class KeptPages:
    """Pages by route, arguments, language, theme and block."""

    def __init__(self) -> None:
        self.shelf: Shelf[Kept[Page]] = Shelf(PAGE_BYTES)

    def find(self, request: Request, key: Hashable, version: int, now: datetime) -> Response | None:
        """The answer, when one is kept that still holds."""
        kept = self.shelf.get(key)
        return self._answer(request, key, kept) if kept is not None and kept.holds(version, now) else None

    def keep(
        self, request: Request, key: Hashable, version: int, now: datetime, good_until: datetime | None, made: Response
    ) -> Response:
        """Keep an answer just made, and give it as it will be given from now on."""
        body = bytes(made.body)
        tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = {name: value for name, value in made.headers.items() if name != "content-length"} | {"etag": tag}
        kept = Kept.since(now, version, Page(headers, {"": body}), good_until)
        self.shelf.put(key, kept, kept.thing.weight)
        return self._answer(request, key, kept)

    def _answer(self, request: Request, key: Hashable, kept: Kept[Page]) -> Response:
        page = kept.thing
        if page.headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=dict(page.headers))
        encoding = best_encoding(request.headers.get("accept-encoding", ""))
        body = page.bodies.get(encoding)
        if body is None:
            body = encoded(page.bodies[""], encoding)
            fuller = Page(page.headers, {**page.bodies, encoding: body})
            self.shelf.put(key, replace(kept, thing=fuller), fuller.weight)
        more = {"content-encoding": encoding} if encoding else {}
        return Response(body, headers={**page.headers, **more})
