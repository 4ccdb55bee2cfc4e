"""Telling whoever has a seat of a slot that it does not take place, that it does after all, or elsewhere. Pure."""

from dataclasses import dataclass
from datetime import date, time

from sprint.letter import CALENDAR, LetterText, Link
from sprint.programme.facts import AgendaFact
from sprint.words import Hours, Value, Words, say


@dataclass(frozen=True)
class SlotTold:
    """A slot of a track as it now stands."""

    title: str
    track: str
    on: date
    starts: time | None
    ends: time | None
    room: str


def slot_letter(edition: str, agenda_path: str, what: AgendaFact, slot: SlotTold) -> LetterText:
    """What to tell whoever has a seat of it."""
    return LetterText(
        purpose="slot",
        subject=_subject(what, slot),
        opening=_opening(what, slot),
        items=(),
        notes=(say("Votre place dans %(track)s, %(day)s, reste à vous.", track=slot.track, day=slot.on),),
        action=Link(say("Voir l’agenda"), agenda_path),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
        attachment=CALENDAR,
    )


def _subject(what: AgendaFact, slot: SlotTold) -> Words:
    if what == AgendaFact.SLOT_CANCELLED:
        return say("Créneau annulé : %(slot)s", slot=slot.title)
    if what == AgendaFact.SLOT_RESTORED:
        return say("Créneau rétabli : %(slot)s", slot=slot.title)
    return say("Créneau déplacé : %(slot)s", slot=slot.title)


def _opening(what: AgendaFact, slot: SlotTold) -> Words:
    values: dict[str, Value] = {"slot": slot.title, "track": slot.track, "day": slot.on}
    if what == AgendaFact.SLOT_CANCELLED:
        return say("Notez-le : **%(slot)s**, %(day)s, n’a pas lieu.", **values)
    if what == AgendaFact.SLOT_RESTORED:
        return say("Notez-le : **%(slot)s**, %(day)s, a lieu malgré tout.", **values)
    when: tuple[Value, ...] = (slot.on,)
    if slot.starts is not None:
        when = (*when, Hours(slot.starts, slot.ends))
    if slot.room:
        when = (*when, slot.room)
    return say("Notez-le : **%(slot)s** change : c’est maintenant **%(when)s**.", slot=slot.title, when=_listed(when))


def _listed(when: tuple[Value, ...]) -> Words:
    """Day, hours and room, as far as they are known."""
    if len(when) == 3:
        return say("%(day)s, %(hours)s, %(room)s", day=when[0], hours=when[1], room=when[2])
    return say("%(day)s, %(what)s", day=when[0], what=when[1]) if len(when) == 2 else say("%(day)s", day=when[0])
