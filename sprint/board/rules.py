"""Where and when something may be placed, and what an agenda lacks: pure answers over plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations, groupby
from zoneinfo import ZoneInfo

from sprint.programme.rules import HALF_HOUR, MIDNIGHT, Calendar, is_over, minute_of, still_prepared
from sprint.programme.tables import SlotKind
from sprint.refusal import Refusal
from sprint.words import Hours, ShortDay, Words, say, say_count

LONGEST_ROOM = 120
MOST_TOLD = 10
"""Of one kind of warning: what is wrong everywhere is not read line by line."""


@dataclass(frozen=True)
class Spot:
    """Where something is wanted: hours are of the edition's zone, `ends` at midnight at the latest. No room: anywhere."""

    on: date
    starts: time
    ends: time
    room: str


@dataclass(frozen=True)
class Opening:
    """A room of a day as the rules see it."""

    on: date
    key: str
    name: str
    opens: time
    closes: time
    is_offered: bool


def ends_of(starts: time, minutes: int) -> time | None:
    """When something that lasts so long ends; None when that is another day."""
    end = minute_of(starts) + minutes
    return time(end // 60, end % 60) if end < MIDNIGHT else None


def lasting(minutes: int) -> str:
    """ "30 min", "1 h 30": the same in both languages."""
    hours, rest = divmod(minutes, 60)
    return f"{rest}\u00a0min" if not hours else f"{hours}\u00a0h" + (f"\u00a0{rest:02}" if rest else "")


def placing(spot: Spot, openings: Sequence[Opening], key: str, calendar: Calendar, now: datetime) -> list[Refusal]:
    """Why an organiser cannot place something there, the other slots of the room apart; `key` is what its room is known by."""
    return [*still_prepared(calendar, now), *_in_time(spot, calendar, now), *_in_the_room(spot, openings, key)]


def other_day(on: date) -> Refusal:
    """The reason for a day that the edition does not have."""
    return Refusal("other_day", say("%(day)s n’est pas un jour de l’édition", day=on), "jour")


def _in_time(spot: Spot, calendar: Calendar, now: datetime) -> list[Refusal]:
    if is_over(spot.on, calendar, now):
        return [Refusal("day_over", say("%(day)s est passé", day=spot.on), "jour")]
    return []


def _in_the_room(spot: Spot, openings: Sequence[Opening], key: str) -> list[Refusal]:
    """A room has its days and its hours; one that only a file named has none, and is free whenever nothing is in it."""
    of_room = [one for one in openings if one.key == key]
    if not key or not of_room:
        return []
    found = next((one for one in of_room if one.on == spot.on), None)
    if found is None:
        words = say("%(room)s n’est pas une salle de ce jour, %(day)s", room=spot.room, day=spot.on)
        return [Refusal("room_elsewhere", words, "salle")]
    if found.opens <= spot.starts and spot.ends <= found.closes:
        return []
    words = say("%(room)s s’utilise %(hours)s", room=found.name, hours=Hours(found.opens, found.closes))
    return [Refusal("room_closed", words, "debut")]


MOST_ENTRIES = 5
"""On the board at a time, of one person: it is everybody's."""


def proposing(calendar: Calendar, is_registered: bool, own: int, now: datetime) -> list[Refusal]:
    """Why somebody cannot propose anything; `own` is how much of theirs is on the board."""
    reasons = []
    if calendar.is_over(now):
        reasons.append(Refusal("edition_over", say("l’édition est terminée")))
    if not is_registered:
        reasons.append(
            Refusal("not_registered", say("le tableau est aux personnes inscrites : prenez d’abord une place"))
        )
    if own >= MOST_ENTRIES:
        words = say("vous avez déjà %(own)s propositions au tableau : reprenez-en une d’abord", own=own)
        reasons.append(Refusal("too_many", words))
    return reasons


def proposing_there(
    spot: Spot, openings: Sequence[Opening], key: str, calendar: Calendar, now: datetime
) -> list[Refusal]:
    """Why a workshop cannot be proposed there: only rooms that organisers offer, only what has not begun."""
    offered = {(one.on, one.key) for one in openings if one.is_offered}
    reasons = []
    if (spot.on, key) not in offered:
        words = say("%(room)s n’est pas ouverte aux propositions ce jour-là", room=spot.room or say("cette salle"))
        reasons.append(Refusal("not_offered", words, "salle"))
    if begins_at(spot.on, spot.starts, calendar.zone) <= now:
        reasons.append(Refusal("begun", say("cette heure est passée"), "debut"))
    return reasons


def reordering(is_begun: bool) -> list[Refusal]:
    """What has begun stays where it is in the queue."""
    return [Refusal("begun", say("la session de cette présentation a déjà commencé"))] if is_begun else []


def removing_room(name: str, titles: Sequence[str]) -> list[Refusal]:
    """A room in which something takes place stays; one reason for each."""
    return [
        Refusal("room_used", say("« %(title)s » a lieu dans %(room)s : déplacez-le d’abord", title=title, room=name))
        for title in titles
    ]


def narrowing_room(
    name: str, opens: time, closes: time, held: Sequence[tuple[str, time, time | None]]
) -> list[Refusal]:
    """New hours of a room hold whatever takes place in it; one reason for each that they do not."""
    return [
        Refusal(
            "room_narrowed",
            say("« %(title)s » a lieu dans %(room)s, %(hours)s", title=title, room=name, hours=Hours(starts, ends)),
        )
        for title, starts, ends in held
        if starts < opens or (ends or starts) > closes
    ]


def begins_at(on: date, starts: time, zone: str) -> datetime:
    """The moment at which something begins."""
    return datetime.combine(on, starts, ZoneInfo(zone))


# --- what is worth a look: warnings, which forbid nothing


@dataclass(frozen=True)
class Placed:
    """A slot that takes place, as far as warnings go."""

    id: int
    on: date
    title: str
    kind: SlotKind
    starts: time | None
    ends: time | None


@dataclass(frozen=True)
class Stay:
    """Somebody is expected where a slot is."""

    person_id: int
    name: str
    slot: Placed


def lacking(days: Iterable[date], slots: Sequence[Placed]) -> list[Words]:
    """A day wants an opening, an edition a restitution."""
    opened = {slot.on for slot in slots if slot.kind == SlotKind.PLENARY}
    found = [say("%(day)s : aucune ouverture n’est prévue", day=ShortDay(on)) for on in days if on not in opened]
    if not any(slot.kind == SlotKind.SHOWCASE for slot in slots):
        found.append(say("aucune restitution n’est prévue dans l’édition"))
    return found


def torn(stays: Iterable[Stay]) -> list[Words]:
    """People expected in two places at once: a sentence for each pair of slots."""
    ordered = sorted(set(stays), key=lambda stay: (stay.name, stay.person_id, stay.slot.on, stay.slot.id))
    found = []
    for _, of_person in groupby(ordered, key=lambda stay: (stay.person_id, stay.slot.on)):
        for one, other in combinations(of_person, 2):
            if overlap(one.slot, other.slot):
                found.append(_torn(one, other))
    if len(found) > MOST_TOLD:
        rest = len(found) - MOST_TOLD
        more = say_count("et %(number)s autre rencontre", "et %(number)s autres rencontres", rest)
        return [*found[:MOST_TOLD], more]
    return found


def overlap(one: Placed, other: Placed) -> bool:
    """Whether two slots of a day share a minute; without hour they share none that we know of."""
    if one.starts is None or other.starts is None:
        return False
    return minute_of(one.starts) < _end(other) and minute_of(other.starts) < _end(one)


def _end(slot: Placed) -> int:
    assert slot.starts is not None
    return minute_of(slot.ends) if slot.ends else minute_of(slot.starts) + HALF_HOUR


def _torn(one: Stay, other: Stay) -> Words:
    return say(
        "%(who)s est à deux endroits, %(day)s : « %(one)s », %(when)s, et « %(other)s », %(then)s",
        who=one.name,
        day=ShortDay(one.slot.on),
        one=one.slot.title,
        other=other.slot.title,
        when=_hours(one.slot),
        then=_hours(other.slot),
    )


def _hours(slot: Placed) -> Hours:
    assert slot.starts is not None
    return Hours(slot.starts, slot.ends)


def half_hours(first: time, last: time) -> list[time]:
    """The steps of the grid from `first`, rounded down, to before `last`, rounded up."""
    start, stop = minute_of(first) // HALF_HOUR, -(-minute_of(last) // HALF_HOUR)
    return [time(step * HALF_HOUR // 60, step * HALF_HOUR % 60) for step in range(start, stop)]
