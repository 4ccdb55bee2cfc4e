"""Telling whoever has a seat of a slot that it does not take place, that it does after all, or elsewhere. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum, auto

from sprint.letter import CALENDAR, LetterText, Link
from sprint.words import Hours, Value, Words, say

SLOT = "slot"
"""The purpose of these letters."""


class News(Enum):
    """What a slot is to somebody who knew it otherwise."""

    CANCELLED = auto()
    RESTORED = auto()
    MOVED = auto()
    JOINED = auto()
    LEFT = auto()


@dataclass(frozen=True)
class SlotTold:
    """A slot as it now stands."""

    title: str
    on: date
    starts: time | None
    ends: time | None
    room: str


@dataclass(frozen=True)
class SeatHeld:
    """The track and the days of whoever is told."""

    track: str
    days: tuple[date, ...]


def slot_letter(
    edition: str, agenda_path: str, what: News, slot: SlotTold, seat: SeatHeld, since: datetime
) -> LetterText:
    """What to tell whoever has these seats, and knows nothing of what changed since then."""
    return LetterText(
        purpose=SLOT,
        subject=_subject(what, slot),
        opening=_opening(what, slot, seat),
        items=(),
        notes=(say("Votre place dans %(track)s, %(day)s, reste à vous.", track=seat.track, day=seat.days),),
        action=Link(say("Voir l’agenda"), agenda_path),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
        attachment=CALENDAR,
        since=since,
    )


def _subject(what: News, slot: SlotTold) -> Words:
    match what:
        case News.CANCELLED:
            return say("Créneau annulé : %(slot)s", slot=slot.title)
        case News.RESTORED:
            return say("Créneau rétabli : %(slot)s", slot=slot.title)
        case News.JOINED:
            return say("Nouveau créneau : %(slot)s", slot=slot.title)
        case News.LEFT:
            return say("Créneau passé à un autre parcours : %(slot)s", slot=slot.title)
        case News.MOVED:
            return say("Créneau déplacé : %(slot)s", slot=slot.title)


def _opening(what: News, slot: SlotTold, seat: SeatHeld) -> Words:
    known: dict[str, Value] = {"slot": slot.title, "track": seat.track, "day": seat.days}
    now: dict[str, Value] = {"slot": slot.title, "track": seat.track, "when": _when(slot)}
    match what:
        case News.CANCELLED:
            return say("Notez-le : **%(slot)s**, %(day)s, n’a pas lieu.", **known)
        case News.LEFT:
            return say("Notez-le : **%(slot)s**, %(day)s, ne fait plus partie de **%(track)s**.", **known)
        case News.RESTORED:
            return say("Notez-le : **%(slot)s** a lieu malgré tout : **%(when)s**.", **now)
        case News.JOINED:
            return say("Notez-le : **%(slot)s** s’ajoute à **%(track)s** : **%(when)s**.", **now)
        case News.MOVED:
            return say("Notez-le : **%(slot)s** change : c’est maintenant **%(when)s**.", **now)


def _when(slot: SlotTold) -> Words:
    """Day, hours and room, as far as they are known."""
    when: tuple[Value, ...] = (slot.on,)
    if slot.starts is not None:
        when = (*when, Hours(slot.starts, slot.ends))
    if slot.room:
        when = (*when, slot.room)
    if len(when) == 3:
        return say("%(day)s, %(hours)s, %(room)s", day=when[0], hours=when[1], room=when[2])
    return say("%(day)s, %(what)s", day=when[0], what=when[1]) if len(when) == 2 else say("%(day)s", day=when[0])
