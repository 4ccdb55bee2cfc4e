"""What the team may take back for a moment after it was done, and every reason against it. Pure.

An act of the team is told by its facts. It is taken back from the last of them to the first, which leads through states that all
were, so that it ends in the one before the act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sprint.refusal import Refusal
from sprint.registrations.facts import LABELS, RegistrationFact
from sprint.registrations.foresight import Place
from sprint.registrations.letters import BY_WEIGHT
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.words import ShortDay, Words, say

LASTS = timedelta(minutes=2)
"""At most; never longer than letters wait before they leave."""

ENDINGS = (RegistrationFact.CANCELLED, RegistrationFact.LEFT_QUEUE, RegistrationFact.MOVED)
ENTRIES = (RegistrationFact.CONFIRMED, RegistrationFact.WAITING)
OF_SEATS = (*ENTRIES, *ENDINGS, RegistrationFact.PROMOTED, RegistrationFact.SEATS)
"""All that an act of the team does; an act with a fact of another kind is no such act."""
OF_QUEUE = (RegistrationFact.PAUSED, RegistrationFact.RESUMED)
TOUCHING = (*OF_SEATS, *OF_QUEUE, RegistrationFact.RELEASED)
"""What changes a place when it happens there."""


class Did(StrEnum):
    """What the team did."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    ACCEPTED = "accepted"
    SEATS = "seats"


@dataclass(frozen=True)
class Trace:
    """A fact of an edition with the names it is told by; those of places are empty where it is about none."""

    id: int
    act: str
    kind: str
    at: datetime
    actor_id: int | None
    person_id: int | None
    track_id: int | None
    day_id: int | None
    detail: Mapping[str, int | str] = field(default_factory=dict)
    person: str = ""
    has_address: bool = False
    track: str = ""
    track_slug: str = ""
    on: date | None = None

    def number(self, name: str) -> int | None:
        """A number of the detail."""
        value = self.detail.get(name)
        return int(value) if value is not None else None

    @property
    def mode(self) -> Mode | None:
        return Mode(self.detail["mode"]) if "mode" in self.detail else None

    @property
    def registration_id(self) -> int:
        """The number of the registration it happened to."""
        return self.number("registration") or 0

    @property
    def is_by_hand(self) -> bool:
        """Whether an organiser did this very thing, and said why; what follows from it has no reason of its own."""
        return "reason" in self.detail

    @property
    def where(self) -> Words:
        """The track, the day and how, as far as it is about some."""
        if self.on is None or self.mode is None:
            return say("toute l’édition")
        values = {"track": self.track, "day": ShortDay(self.on), "how": HOW[self.mode]}
        return (
            say("%(track)s, %(day)s %(how)s", **values)
            if self.track
            else say("toute la journée, %(day)s %(how)s", **values)
        )


@dataclass(frozen=True)
class TeamAct:
    """Something the team did, by its facts in order; its number is that of the first one."""

    did: Did
    traces: tuple[Trace, ...]

    @property
    def number(self) -> int:
        return self.traces[0].id

    @property
    def act(self) -> str:
        return self.traces[0].act

    @property
    def at(self) -> datetime:
        return self.traces[0].at

    @property
    def person_ids(self) -> frozenset[int]:
        """Everybody to whom something happened."""
        return frozenset(one.person_id for one in self.traces if one.person_id is not None)

    @property
    def track_ids(self) -> frozenset[int]:
        return frozenset(one.track_id for one in self.traces if one.track_id is not None)

    @property
    def limits_days(self) -> bool:
        """Whether it set the limit of a whole day."""
        return any(one.kind == RegistrationFact.SEATS and one.track_id is None for one in self.traces)

    @property
    def by_hand(self) -> tuple[Trace, ...]:
        """What was done, without what followed from it."""
        return tuple(one for one in self.traces if one.is_by_hand or one.kind == RegistrationFact.SEATS)

    @property
    def subjects(self) -> dict[int, str]:
        """The people to whom the team did it, with their names."""
        return {one.person_id: one.person for one in self.by_hand if one.person_id is not None}

    @property
    def letters(self) -> int:
        """How many letters it owes: one to each person who is told something and has an address."""
        return len({one.person_id for one in self.traces if one.has_address and one.kind in BY_WEIGHT})

    @property
    def registration_ids(self) -> set[int]:
        numbers = (number for one in self.traces for number in (one.registration_id, one.number("stopped")))
        return {number for number in numbers if number}


def team_act(traces: Sequence[Trace]) -> TeamAct | None:
    """What these facts of one act say that the team did; None when it is nothing the team could take back."""
    kinds = {one.kind for one in traces}
    by_hand = {one.kind for one in traces if one.is_by_hand}
    if not kinds or not kinds <= set(OF_SEATS) or any(one.actor_id is None for one in traces):
        return None
    if any(not one.registration_id for one in traces if one.kind != RegistrationFact.SEATS):
        # Written before the journal kept which registration it was.
        return None
    if by_hand & set(ENTRIES):
        return TeamAct(Did.MOVED, tuple(traces))
    if RegistrationFact.PROMOTED in by_hand:
        return TeamAct(Did.ACCEPTED, tuple(traces))
    if by_hand:
        return TeamAct(Did.CANCELLED, tuple(traces))
    return TeamAct(Did.SEATS, tuple(traces)) if RegistrationFact.SEATS in kinds else None


def undoing(act: TeamAct, later: Sequence[Trace], lasts: timedelta, now: datetime) -> list[Refusal]:
    """Why the act cannot be taken back: too much time has passed, or something else has happened to what it touched."""
    reasons = []
    if now >= act.at + lasts:
        reasons.append(
            Refusal("too_late", say("un changement s’annule pendant deux minutes au plus, et elles sont passées"))
        )
    return reasons + touched(act, later)


def is_undone(act: TeamAct, later: Iterable[Trace]) -> bool:
    """Whether it was taken back."""
    return any(one.kind == RegistrationFact.UNDONE and one.number("undone") == act.number for one in later)


def standing(traces: Sequence[Trace]) -> list[Trace]:
    """The facts without those that were taken back, and without the taking back."""
    undone = {one.number("undone") for one in traces if one.kind == RegistrationFact.UNDONE}
    first: dict[str, int] = {}
    for one in traces:
        first.setdefault(one.act, one.id)
    return [one for one in traces if one.kind != RegistrationFact.UNDONE and first[one.act] not in undone]


def touched(act: TeamAct, later: Sequence[Trace]) -> list[Refusal]:
    """What happened since to the same people or at the same places, each said once."""
    reasons: dict[str, Refusal] = {}
    for one in standing(later):
        words = _touch(act, one)
        if words is not None:
            reasons.setdefault(repr(words), Refusal("touched_since", words))
    return list(reasons.values())


def _touch(act: TeamAct, one: Trace) -> Words | None:
    label = LABELS[RegistrationFact(one.kind)] if one.kind in list(RegistrationFact) else say("autre chose")
    if one.person_id in act.person_ids:
        return say("depuis, pour %(name)s : %(what)s", name=one.person, what=label)
    if one.kind in OF_QUEUE:
        return say("depuis : %(what)s", what=label)
    if one.kind in TOUCHING and any(_same_place(one, mine) for mine in act.traces):
        return say("depuis, %(where)s : %(what)s", where=one.where, what=label)
    return None


def _same_place(one: Trace, other: Trace) -> bool:
    """Of the same day and mode, and of the same track, unless one of them is about all tracks."""
    if (one.day_id, one.mode) != (other.day_id, other.mode):
        return False
    return one.track_id == other.track_id or one.track_id is None or other.track_id is None


def place_of(one: Trace) -> Place:
    """Where a fact about a registration happened."""
    if one.track_id is None or one.day_id is None or one.mode is None:
        raise LookupError(f"fact {one.id} is about no place")
    return one.track_id, one.day_id, one.mode


def not_as_left(one: Trace) -> Refusal:
    """What the act left is not so any more."""
    who = say("%(name)s, %(where)s", name=one.person, where=one.where) if one.person else one.where
    return Refusal("not_as_left", say("%(what)s : ce n’est plus comme ce changement l’a laissé", what=who))


def no_seat(one: Trace) -> Refusal:
    """Somebody else has what would be given back."""
    words = say("%(where)s : il n’y a plus de place à rendre à %(name)s", where=one.where, name=one.person)
    return Refusal("seat_taken", words)


def somebody_waits(on: date, mode: Mode) -> Refusal:
    """A seat would be free for somebody who asked since."""
    words = say(
        "depuis, quelqu’un attend une place que cela libérerait, %(day)s %(how)s", day=ShortDay(on), how=HOW[mode]
    )
    return Refusal("somebody_waits", words)
