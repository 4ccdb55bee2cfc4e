"""What makes an edition's file unfit, and what an edition may become: pure answers over plain values."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from enum import StrEnum

from sprint.programme.rules import Calendar, Phase
from sprint.refusal import Refusal
from sprint.words import say, say_count


def in_order(opens_at: datetime | None, closes_at: datetime | None, place: str) -> list[Refusal]:
    """Registration opens before it closes."""
    if opens_at is None or closes_at is None or opens_at < closes_at:
        return []
    return [Refusal("closes_before_opening", say("la clôture doit suivre l’ouverture des inscriptions"), place)]


def known_track(slug: str, slugs: Container[str], place: str) -> list[Refusal]:
    """A slot belongs to a track of the file, or to one the edition has already."""
    if slug in slugs:
        return []
    words = say("aucun parcours « %(slug)s », ni dans ce fichier ni dans l’édition", slug=slug)
    return [Refusal("unknown_track", words, place)]


STEP = 10
"""Room left between two slots, so that one put between them later moves no other."""


def positions(held: Sequence[int | None]) -> list[int]:
    """Rising positions for things in order; `held` are those they have (None: new). As many as possible stay."""
    found, last = [], 0
    for own, next_held in zip(held, _next_held(held), strict=True):
        if own is not None and own > last:
            last = own
        elif next_held is not None and next_held > last + 1:
            last += min(STEP, (next_held - last) // 2)
        else:
            last += STEP if next_held is None else 1
        found.append(last)
    return found


def _next_held(held: Sequence[int | None]) -> list[int | None]:
    """For each thing, the first position held by those after it."""
    found: list[int | None] = []
    upcoming: int | None = None
    for own in reversed(held):
        found.append(upcoming)
        upcoming = own if own is not None else upcoming
    return found[::-1]


# --- the life of an edition


class Step(StrEnum):
    """What an organiser does to lead an edition from one phase to another; the value is the word of the address."""

    ANNOUNCE = "annonce"
    HIDE = "brouillon"
    OPEN = "ouverture"
    CLOSE = "cloture"
    ARCHIVE = "archivage"
    REVIVE = "reprise"


STEPS: dict[Phase, tuple[Step, ...]] = {
    Phase.DRAFT: (Step.ANNOUNCE,),
    Phase.ANNOUNCED: (Step.OPEN, Step.HIDE),
    Phase.OPEN: (Step.CLOSE,),
    Phase.CLOSED: (Step.OPEN,),
    Phase.RUNNING: (Step.OPEN,),
    Phase.PAST: (Step.ARCHIVE,),
    Phase.ARCHIVED: (Step.REVIVE,),
}
"""The steps that lead on from each phase, the usual one first. An edition runs and is over by its days alone."""


def opens(step: Step, calendar: Calendar, now: datetime) -> bool:
    """Whether one may register from the moment of this step on: announced without a date to come, it is open at once."""
    is_dated = calendar.opens_at is not None and calendar.opens_at > now
    return step == Step.OPEN or (step == Step.ANNOUNCE and not is_dated)


def stepping(step: Step, calendar: Calendar, people: int, now: datetime) -> list[Refusal]:
    """Why an edition cannot take the step; `people` are registered for it, confirmed or waiting."""
    if step not in STEPS[calendar.phase(now)]:
        return [Refusal("other_phase", say("l’édition n’en est plus là : relisez où elle en est"))]
    if step in (Step.ANNOUNCE, Step.OPEN) and not calendar.days:
        return [Refusal("no_days", say("donnez d’abord au moins un jour à l’édition"))]
    if step == Step.HIDE and people:
        words = say_count(
            "%(number)s personne est inscrite : l’édition ne peut plus disparaître",
            "%(number)s personnes sont inscrites : l’édition ne peut plus disparaître",
            people,
        )
        return [Refusal("people", words)]
    return []


def removing_day(on: date, registrations: int, slots: int, seats: int) -> list[Refusal]:
    """A day somebody was promised, where something takes place or for which seats were ever offered stays."""
    reasons = []
    if registrations:
        reasons.append(Refusal("day_has_people", say("%(day)s : des personnes y sont inscrites", day=on)))
    if slots:
        reasons.append(Refusal("day_has_slots", say("%(day)s : l’agenda y tient des créneaux", day=on)))
    if seats and not reasons:
        words = say(
            "%(day)s : des places y sont ou y ont été offertes ; fermez-les, le jour reste sans inscription", day=on
        )
        reasons.append(Refusal("day_has_seats", words))
    return reasons
