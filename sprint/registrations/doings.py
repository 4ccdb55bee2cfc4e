"""What the team did, in words, and what taking it back does to whom. Pure."""

from dataclasses import dataclass
from datetime import datetime

from sprint.registrations.facts import LABELS, RegistrationFact
from sprint.registrations.undoing import Did, TeamAct, Trace
from sprint.words import Words, say, say_count


def told(act: TeamAct) -> Words:
    """What was done, on one line."""
    names, done = list(act.subjects.values()), act.by_hand
    if act.did == Did.CANCELLED and len(names) == 1:
        return say_count(
            "%(name)s : inscription annulée", "%(name)s : %(number)s inscriptions annulées", len(done), name=names[0]
        )
    if act.did == Did.CANCELLED:
        return say_count("%(number)s inscription annulée", "%(number)s inscriptions annulées", len(done))
    if act.did == Did.MOVED:
        return say("%(name)s : déplacement vers %(where)s", name=names[0], where=done[-1].where)
    if act.did == Did.ACCEPTED:
        return say("%(name)s : place donnée, %(where)s", name=names[0], where=done[-1].where)
    if len(done) > 1:
        return say_count("places changées à un endroit", "places changées à %(number)s endroits", len(done))
    return say("%(where)s : %(change)s", where=done[0].where, change=_seats_changed(done[0]))


def _seats_changed(one: Trace) -> Words:
    before, after = one.number("before"), one.number("seats")
    if before is None:
        return say_count("%(number)s place fixée", "%(number)s places fixées", after or 0)
    if after is None:
        return say("nombre de places retiré, c’était %(before)s", before=before)
    return say_count(
        "%(number)s place, au lieu de %(before)s", "%(number)s places, au lieu de %(before)s", after, before=before
    )


def done_to(one: Trace) -> Words:
    """What one of its facts says."""
    return _seats_changed(one) if one.kind == RegistrationFact.SEATS else LABELS[RegistrationFact(one.kind)]


BACK: dict[RegistrationFact, Words] = {
    RegistrationFact.CANCELLED: say("retrouve sa place"),
    RegistrationFact.MOVED: say("retrouve sa place"),
    RegistrationFact.LEFT_QUEUE: say("attend de nouveau, à son ancien rang"),
    RegistrationFact.PROMOTED: say("attend de nouveau, à son ancien rang"),
    RegistrationFact.CONFIRMED: say("n’a plus cette place"),
    RegistrationFact.WAITING: say("n’attend plus ici"),
    RegistrationFact.SEATS: say("comme avant"),
}
"""What taking it back does to whom."""


@dataclass(frozen=True)
class Undoable:
    """An act that may be taken back until then."""

    act: TeamAct
    until: datetime

    @property
    def says(self) -> Words:
        return told(self.act)
