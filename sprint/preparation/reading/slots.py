"""The agenda: most slots of real editions have no hour, some have a block of hours they share."""

import unicodedata
from collections.abc import Container, Hashable

from sprint.preparation.reading.days import Dates, one_of_the_days
from sprint.preparation.reading.strict import Spot, twins
from sprint.preparation.shape import SlotPart
from sprint.programme.tables import SlotKind
from sprint.words import say

SLOTS = 2_000
TITLE, BLOCK, ROOM, KEY, TRACK = 240, 80, 120, 60, 80


def slots_in(spot: Spot, dates: Dates) -> tuple[SlotPart, ...]:
    spots = spot.items(SLOTS)
    slots = tuple(_slot(each, dates) for each in spots)
    keyed = ((slot.key, each.at("key")) for slot, each in zip(slots, spots, strict=True))
    for twin, first in twins(keyed):
        twin.refuse("twice", say("cette clé est déjà donnée : %(first)s", first=first))
    faulty = {fault.place for fault in spot.faults}
    for twin, first in twins(_known_by(slot, each, faulty) for slot, each in zip(slots, spots, strict=True)):
        words = say("même jour, même heure, même titre et même salle que %(first)s : donnez-leur des clés", first=first)
        twin.refuse("twice", words)
    return slots


def _known_by(slot: SlotPart, spot: Spot, faulty: Container[str]) -> tuple[Hashable, Spot]:
    """What a slot without key is known by, unless part of that is wrong itself."""
    is_known = slot.key is None and not any(spot.at(name).place in faulty for name in ("day", "start", "title", "room"))
    return (slot.natural if is_known else None), spot


def _slot(spot: Spot, dates: Dates) -> SlotPart:
    given = spot.keys(("title", "kind", "day"), ("key", "start", "end", "block", "room", "track"))
    starts, ends = given["start"].hour(), given["end"].hour()
    if ends and given["start"].is_absent:
        given["end"].refuse("end_without_start", say("une fin sans début : donnez start"))
    elif ends and starts and ends <= starts:
        given["end"].refuse("end_before_start", say("doit suivre le début"))
    return SlotPart(
        key=given["key"].text(KEY),
        title=given["title"].text(TITLE) or "",
        kind=_kind(given["kind"]),
        on=one_of_the_days(given["day"], dates),
        starts=starts,
        ends=ends,
        block=_block(given["block"]),
        room=given["room"].text(ROOM, empty=True),
        track=given["track"].text(TRACK),
        place=spot.place,
    )


def _kind(spot: Spot) -> SlotKind:
    """People write "Plénière" or "presentation courte" and mean the same."""
    spelt = spot.value
    if isinstance(spelt, str):
        apart = unicodedata.normalize("NFKD", spelt.strip().casefold())
        spelt = "".join(sign for sign in apart if not unicodedata.combining(sign)).replace(" ", "-").replace("_", "-")
    return Spot(spelt, spot.place, spot.faults).one_of(SlotKind) or SlotKind.TALK


def _block(spot: Spot) -> str | None:
    if not isinstance(spot.value, list):
        return spot.text(BLOCK, empty=True)
    hours = [each.hour() for each in spot.items(at_least=2, at_most=2)]
    if len(hours) != 2 or hours[0] is None or hours[1] is None:
        return None
    if hours[1] <= hours[0]:
        spot.refuse("end_before_start", say("la seconde heure doit suivre la première"))
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"
