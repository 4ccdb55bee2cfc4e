"""What adding seats would do, before it is done: who would get one. A test holds it against what `promote` really does."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sprint.registrations.tables import Mode

DayMode = tuple[int, Mode]
Place = tuple[int, int, Mode]
"""Track, day and mode."""


@dataclass(frozen=True)
class Queued:
    """Somebody who waits for a seat of a track, on a day, in a mode."""

    registration_id: int
    person_id: int
    name: str
    track_id: int
    day_id: int
    mode: Mode

    @property
    def place(self) -> Place:
        return self.track_id, self.day_id, self.mode


@dataclass(frozen=True)
class Room:
    """Free seats of tracks and of days (no entry: the day has no limit), seats held by those who wait, and the queue in order."""

    tracks: Mapping[Place, int]
    days: Mapping[DayMode, int]
    seats: Mapping[tuple[int, int], tuple[int, Mode]] = field(default_factory=dict)
    """By person and day: track and mode."""
    queue: Sequence[Queued] = ()
    is_paused: bool = False


@dataclass(frozen=True)
class GivenUp:
    """A registration that would end; `sits` tells a seat from a place in the queue."""

    registration_id: int
    person_id: int
    place: Place
    sits: bool


def foresee(room: Room, added: Mapping[Place, int], limits: Mapping[DayMode, int] | None = None) -> list[Queued]:
    """Whoever would get a seat if so many were added to these tracks and to these days, in the order of getting it.

    Somebody moved twice stands there twice. Days that are over belong neither in `added` nor in `limits`.
    """
    if room.is_paused:
        return []
    walk = _Walk(room)
    for place, more in added.items():
        walk.tracks[place] = walk.tracks.get(place, 0) + more
    for day_mode, more in (limits or {}).items():
        walk.days[day_mode] += more
    walk.go([*((day, mode) for _, day, mode in added), *(limits or {})])
    return walk.seated


def resumed(room: Room) -> list[Queued]:
    """Whoever would get one of the seats kept during a pause, if it ended."""
    walk = _Walk(room)
    walk.go((one.day_id, one.mode) for one in room.queue)
    return walk.seated


def limited(room: Room, day_mode: DayMode, more: int | None) -> list[Queued]:
    """Whoever would get a seat if the limit of a day grew by so many, or (None) were lifted."""
    if more is not None:
        return foresee(room, {}, {day_mode: more})
    lifted = {key: free for key, free in room.days.items() if key != day_mode}
    walk = _Walk(replace(room, days=lifted))
    walk.go([] if room.is_paused else [day_mode])
    return walk.seated


def without(room: Room, given_up: Sequence[GivenUp]) -> list[Queued]:
    """Whoever would get a seat if these registrations, held or waited for, were given up."""
    ids = {one.registration_id for one in given_up}
    left = {(one.person_id, one.place[1]) for one in given_up if one.sits}
    freed: dict[Place, int] = {}
    for one in given_up:
        if one.sits:
            freed[one.place] = freed.get(one.place, 0) + 1
    limits: dict[DayMode, int] = {}
    for (_, day, mode), seats in freed.items():
        if (day, mode) in room.days:
            limits[day, mode] = limits.get((day, mode), 0) + seats
    seats_kept = {key: seat for key, seat in room.seats.items() if key not in left}
    queue = tuple(one for one in room.queue if one.registration_id not in ids)
    return foresee(replace(room, seats=seats_kept, queue=queue), freed, limits)


def moved(room: Room, person_id: int, left: GivenUp | None, to: Place) -> list[Queued]:
    """Whoever would get a seat if this person sat at `to` (a seat added if there is none), leaving that registration for it."""
    track, day, mode = to
    tracks, days, seats = dict(room.tracks), dict(room.days), dict(room.seats)
    tracks[to] = max(tracks.get(to, 0), 1) - 1
    if (day, mode) in days:
        days[day, mode] -= 1
    if left is not None and left.sits:
        seats.pop((person_id, left.place[1]), None)
    seats[person_id, day] = track, mode
    gone = left.registration_id if left is not None else 0
    own = {one for one in room.queue if one.person_id == person_id and (one.track_id, one.day_id) == (track, day)}
    queue = tuple(one for one in room.queue if one not in own and one.registration_id != gone)
    after = replace(room, tracks=tracks, days=days, seats=seats, queue=queue)
    if left is None or not left.sits:
        return []
    freed = left.place[1], left.place[2]
    return foresee(after, {left.place: 1}, {freed: 1} if freed in days else {})


class _Walk:
    """One walk along the queues, on counters of its own."""

    def __init__(self, room: Room) -> None:
        self.tracks, self.days, self.seats = dict(room.tracks), dict(room.days), dict(room.seats)
        self.waiting = list(room.queue)
        self.seated: list[Queued] = []

    def go(self, freed: Iterable[DayMode]) -> None:
        pending = deque(dict.fromkeys(freed))
        while pending:
            day_mode = pending.popleft()
            while (found := self._next(day_mode)) is not None:
                left = self._sit(found)
                if left is not None:
                    pending.append(left)

    def _next(self, day_mode: DayMode) -> Queued | None:
        of_day = (one for one in self.waiting if (one.day_id, one.mode) == day_mode)
        return next((one for one in of_day if self._could_sit(one)), None)

    def _could_sit(self, one: Queued) -> bool:
        held = self.seats.get((one.person_id, one.day_id))
        brings_day_seat = held is not None and held[1] == one.mode
        return self.tracks.get(one.place, 0) > 0 and (brings_day_seat or self.days.get((one.day_id, one.mode), 1) > 0)

    def _sit(self, one: Queued) -> DayMode | None:
        left = None
        held = self.seats.get((one.person_id, one.day_id))
        if held is not None:
            track, mode = held
            left = one.day_id, mode
            self._move((track, one.day_id, mode), +1)
        self._move(one.place, -1)
        self.seats[one.person_id, one.day_id] = one.track_id, one.mode
        self.waiting.remove(one)
        self.seated.append(one)
        return left

    def _move(self, place: Place, by: int) -> None:
        _, day, mode = place
        self.tracks[place] = self.tracks.get(place, 0) + by
        if (day, mode) in self.days:
            self.days[day, mode] += by
