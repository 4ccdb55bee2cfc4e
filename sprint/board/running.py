"""Lightning talks in their order: which session each is held in, and from when to when. Pure.

A talk is never put into a session that had begun when it was proposed. One that ended afterwards, taken back or removed, keeps
its minutes in a session that had begun: what others were told does not move any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sprint.programme.rules import HALF_HOUR, minute_of


@dataclass(frozen=True)
class Session:
    """A slot for lightning talks; `ends` None: half an hour later. `begins_at` is the moment of `starts`."""

    slot_id: int
    uid: str
    on: date
    starts: time
    ends: time | None
    room: str
    begins_at: datetime

    @property
    def minutes(self) -> int:
        return minute_of(self.ends) - minute_of(self.starts) if self.ends else HALF_HOUR


@dataclass(frozen=True)
class Talk:
    """A talk of the queue; `name` where its author chose so, `ended_at` when it was taken back or removed."""

    id: int
    person_id: int
    title: str
    minutes: int
    name: str
    proposed_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class TalkAt:
    """A talk with its hour."""

    talk: Talk
    session: Session
    starts: time
    ends: time

    @property
    def line(self) -> str:
        """In a calendar: the same in both languages."""
        named = f" ({self.talk.name})" if self.talk.name else ""
        return f"{self.starts:%H:%M}–{self.ends:%H:%M} {self.talk.title}{named}"


def running_order(sessions: Sequence[Session], talks: Iterable[Talk]) -> list[TalkAt]:
    """The talks of the queue, in order, each in the first session with room left for it; what fits nowhere is left out."""
    ahead, used, found = list(sessions), 0, []
    for talk in talks:
        place = _first_with_room(ahead, used, talk)
        if place is None:
            continue
        number, before = place
        session = ahead[number]
        if talk.ended_at is not None and talk.ended_at <= session.begins_at:
            continue
        ahead, used = ahead[number:], before + talk.minutes
        if talk.ended_at is None:
            found.append(TalkAt(talk, session, _after(session, before), _after(session, used)))
    return found


def _first_with_room(ahead: Sequence[Session], used: int, talk: Talk) -> tuple[int, int] | None:
    """The number of the session, and the minutes used in it before the talk."""
    for number, session in enumerate(ahead):
        before = used if number == 0 else 0
        if session.begins_at > talk.proposed_at and before + talk.minutes <= session.minutes:
            return number, before
    return None


def _after(session: Session, minutes: int) -> time:
    hours, rest = divmod(minute_of(session.starts) + minutes, 60)
    return time(min(hours, 23), rest)


def by_session(order: Iterable[TalkAt]) -> dict[int, tuple[TalkAt, ...]]:
    """The talks of each slot, in their order."""
    found: dict[int, tuple[TalkAt, ...]] = {}
    for one in order:
        found[one.session.slot_id] = (*found.get(one.session.slot_id, ()), one)
    return found
