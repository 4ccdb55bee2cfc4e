"""What seats should do, in plain Python without counters, clocks or SQL: the property test compares it with the real thing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sprint.registrations.tables import Mode, State
from tests.registrations.stage import Line

Where = tuple[str, int, Mode]
"""Track, day and mode."""


@dataclass
class Place:
    """A live registration. Places stand in the list in the order in which people asked."""

    person: str
    track: str
    day: int
    mode: Mode
    sits: bool
    asked: bool = False
    """Whether it held a seat when people were last asked if they come."""
    is_new: bool = True
    """Whether it was asked for since then."""

    @property
    def where(self) -> Where:
        return self.track, self.day, self.mode


@dataclass
class Model:
    """`seats` by track, day and mode; `limits` by day and mode where there is one."""

    seats: dict[Where, int]
    limits: dict[tuple[int, Mode], int] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    is_paused: bool = False
    is_asking: bool = False
    answered: set[str] = field(default_factory=set)

    def lines(self) -> set[Line]:
        return {(place.person, *place.where, State.CONFIRMED if place.sits else State.WAITING) for place in self.places}

    def sitting(self, where: Where) -> int:
        return sum(place.sits and place.where == where for place in self.places)

    def sitting_that_day(self, day: int, mode: Mode) -> int:
        return sum(place.sits and (place.day, place.mode) == (day, mode) for place in self.places)

    def seat_of(self, person: str, day: int) -> Place | None:
        return next((one for one in self.places if one.sits and (one.person, one.day) == (person, day)), None)

    def place_of(self, person: str, track: str, day: int) -> Place | None:
        return next((one for one in self.places if (one.person, one.track, one.day) == (person, track, day)), None)

    def could_sit(self, person: str, where: Where) -> bool:
        """Whether the track has a seat, and the day has one or the person brings theirs."""
        _, day, mode = where
        seat, limit = self.seat_of(person, day), self.limits.get((day, mode))
        brings = seat is not None and seat.mode == mode
        has_day_seat = brings or limit is None or self.sitting_that_day(day, mode) < limit
        return self.sitting(where) < self.seats[where] and has_day_seat

    def is_kept(self, where: Where) -> bool:
        """Whether the queue is paused and somebody waits there, or that day where the day has a limit."""
        waiting = [one.where for one in self.places if not one.sits]
        of_day = where[1:] in self.limits and where[1:] in [one[1:] for one in waiting]
        return self.is_paused and (where in waiting or of_day)

    # --- what people do; each gives the refusal, or nothing

    def register(self, person: str, where: Where) -> str:
        track, day, mode = where
        here, seat = self.place_of(person, track, day), self.seat_of(person, day)
        if here is not None:
            return "already_registered" if here.sits else "already_waiting"
        can_sit = self.could_sit(person, where) and not self.is_kept(where)
        if seat is not None and can_sit:
            return "other_seat"
        self.places.append(Place(person, track, day, mode, can_sit))
        return ""

    def cancel(self, person: str, track: str, days: list[int]) -> int:
        mine = [one for one in self.places if one.person == person and one.track == track and one.day in days]
        self.places = [one for one in self.places if one not in mine]
        self.promote([(one.day, one.mode) for one in sorted(mine, key=lambda one: one.day) if one.sits])
        return len(mine)

    def lose(self, places: list[Place]) -> None:
        """These places end, all at once."""
        self.places = [one for one in self.places if one not in places]
        self.promote([(one.day, one.mode) for one in places if one.sits])

    def pause(self) -> str:
        if self.is_paused:
            return "already_so"
        self.is_paused = True
        return ""

    def resume(self) -> str:
        if not self.is_paused:
            return "already_so"
        self.is_paused = False
        self.promote([(day, mode) for day in (0, 1) for mode in Mode])
        return ""

    def change(self, person: str, where: Where) -> str:
        track, day, mode = where
        here, seat = self.place_of(person, track, day), self.seat_of(person, day)
        if seat is None:
            return "no_seat"
        if seat.where == where:
            return "already_registered"
        if not self.could_sit(person, where) or self.is_kept(where):
            if here is not None and here is not seat:
                return "already_waiting"
            return "kept" if self.is_kept(where) else "full"
        self.places = [one for one in self.places if one is not seat and one is not here]
        self.places.append(Place(person, track, day, mode, True))
        self.promote([(day, seat.mode)])
        return ""

    def set_seats(self, where: Where, seats: int) -> str:
        if seats < self.sitting(where):
            return "seats_below_taken"
        self.seats[where] = seats
        self.promote([where[1:]])
        return ""

    def set_limit(self, day: int, mode: Mode, limit: int | None) -> str:
        if limit is not None and limit < self.sitting_that_day(day, mode):
            return "seats_below_taken"
        self.limits.pop((day, mode), None)
        if limit is not None:
            self.limits[day, mode] = limit
        self.promote([(day, mode)])
        return ""

    # --- what the team does for somebody

    def move(self, place: Place, where: Where, *, wants_seat: bool) -> list[str]:
        """To another place, or to the queue there; the old seat ends only with the new one."""
        track, day, mode = where
        reasons = ["same_place"] if place.where == where else []
        other = self.seat_of(place.person, day)
        if other is not None and other is not place:
            reasons.append("other_seat")
        full = place.where != where and not self.has_room_for(place, where)
        if wants_seat:
            reasons += [self.why_full(where)] if full else []
        else:
            reasons += self.why_not_queue(place, where) if full else ["changed_meanwhile"]
        if reasons:
            return reasons
        here, freed = self.place_of(place.person, track, day), place.sits and wants_seat
        gone = [place, here] if wants_seat else [] if place.sits else [place]
        self.places = [one for one in self.places if not any(one is left for left in gone)]
        self.places.append(Place(place.person, track, day, mode, wants_seat))
        self.promote([(place.day, place.mode)] if freed else [])
        return []

    def has_room_for(self, place: Place, where: Where) -> bool:
        """Whoever moves within a day and mode brings their seat of the day along; who waits brings none."""
        _, day, mode = where
        brings, limit = place.sits and (place.day, place.mode) == (day, mode), self.limits.get((day, mode))
        has_day_seat = brings or limit is None or self.sitting_that_day(day, mode) < limit
        return self.sitting(where) < self.seats[where] and has_day_seat and not self.is_kept(where)

    def why_full(self, where: Where) -> str:
        if self.is_kept(where):
            return "kept"
        return "full" if self.sitting(where) >= self.seats[where] else "day_full"

    def why_not_queue(self, place: Place, where: Where) -> list[str]:
        track, day, _ = where
        here = self.place_of(place.person, track, day)
        if here is not None and here is not place:
            return ["already_waiting"]
        if not place.sits:
            return []
        if place.day != day:
            return ["other_day"]
        return ["same_track"] if place.track == track else []

    def ahead_of(self, place: Place) -> list[Place]:
        """Who asked before for a seat that this one would take: there, or, of the day's seats, where one is left."""
        before = self.places[: next(at for at, one in enumerate(self.places) if one is place)]
        rivals = [one for one in before if not one.sits and one.where[1:] == place.where[1:]]
        return [one for one in rivals if one.track == place.track or self.sitting(one.where) < self.seats[one.where]]

    def accept(self, place: Place, *, out_of_order: bool) -> list[str]:
        """A seat, one more where there is none; others who asked before are left waiting only when that is said."""
        _, day, mode = place.where
        seat, limit = self.seat_of(place.person, day), self.limits.get((day, mode))
        is_full = limit is not None and self.sitting_that_day(day, mode) >= limit
        reasons = ["day_full"] if is_full and (seat is None or seat.mode != mode) else []
        if self.ahead_of(place) and not out_of_order:
            reasons.append("out_of_order")
        if reasons:
            return reasons
        self.seats[place.where] = max(self.seats[place.where], self.sitting(place.where) + 1)
        self.places = [one for one in self.places if one is not seat]
        place.sits = True
        self.promote([(seat.day, seat.mode)] if seat is not None else [])
        return []

    # --- whether people come

    def ask(self) -> None:
        self.is_asking = True
        for place in self.places:
            place.asked, place.is_new = place.sits, False

    def answer(self, person: str) -> str:
        if not any(one.sits and one.person == person for one in self.places):
            return "no_seat"
        self.answered.add(person)
        return ""

    def silent(self) -> list[Place]:
        """All places of those who held a seat when asked, did not answer, and asked for nothing since."""
        since = {one.person for one in self.places if one.is_new}
        asked = {one.person for one in self.places if one.sits and one.asked} - self.answered - since
        return [one for one in self.places if one.person in asked]

    # --- promotion

    def promote(self, freed: list[tuple[int, Mode]]) -> None:
        """First whoever waits for what was freed first, in order; then for what those left who were moved."""
        pending = [] if self.is_paused else list(dict.fromkeys(freed))
        while pending:
            day, mode = pending.pop(0)
            while (place := next(self.promotable(day, mode), None)) is not None:
                left = self.seat_of(place.person, day)
                if left is not None:
                    self.places.remove(left)
                    pending.append((left.day, left.mode))
                place.sits = True

    def promotable(self, day: int, mode: Mode) -> Iterator[Place]:
        for one in self.places:
            if not one.sits and (one.day, one.mode) == (day, mode) and self.could_sit(one.person, one.where):
                yield one
