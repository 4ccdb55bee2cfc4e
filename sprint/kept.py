"""Values kept in memory, because working them out again would give the same.

Each is kept with the number it was made from (the data version, that of the plan) and counts only while the database still
says that number: a change by whatever process is visible at the next request. What is used least goes first when there is
too much.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar, TypeVarTuple, cast

from sqlmodel import Session

LONGEST = timedelta(minutes=10)
"""For what changes unseen: rows changed by hand."""
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
    """A thing with what it holds for: a number of the database, and a stretch of time."""

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
        """What `make(db, *asked)` gives at this version."""
        key = (make, asked)
        found = self._shelf.get(key)
        if found is not None and found.holds(version, now):
            return cast(Value, found.thing)
        made = make(db, *asked)
        self._shelf.put(key, Kept.since(now, version, made), 1)
        return made
