"""The letters a slot owes to those with a seat of it: it does not take place, it does after all, or elsewhere, or later."""

from zoneinfo import ZoneInfo

from sqlalchemy import Integer, and_, cast
from sqlmodel import Session, col, or_, select

from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.programme.facts import AgendaFact
from sprint.programme.tables import Day, Edition, Slot, Track
from sprint.registrations.letters.slots import SlotTold, slot_letter
from sprint.registrations.tables import Registration, State

TOLD = (AgendaFact.SLOT_CANCELLED.value, AgendaFact.SLOT_RESTORED.value, AgendaFact.SLOT_MOVED.value)


def letters_of_slots(db: Session, act: str) -> list[OwedLetter]:
    """One letter for each person with a seat of the slot, on its day or on the day it left. One query."""
    left = cast(col(Fact.detail)["from_day"].as_string(), Integer)
    has_seat = and_(
        col(Registration.ended_at).is_(None),
        col(Registration.state) == State.CONFIRMED,
        col(Registration.track_id) == Fact.track_id,
        or_(col(Registration.day_id) == Fact.day_id, col(Registration.day_id) == left),
    )
    rows = db.exec(
        select(
            Registration.person_id,
            Fact.edition_id,
            Edition.name,
            Edition.slug,
            Fact.kind,
            Slot.title,
            Track.name,
            Day.on,
            Slot.starts,
            Slot.ends,
            Slot.room,
            Fact.at,
            Edition.timezone,
        )  # type: ignore[call-overload]
        .join(Registration, has_seat)
        .join(Edition, col(Edition.id) == Fact.edition_id)
        .join(Track, col(Track.id) == Fact.track_id)
        .join(Day, col(Day.id) == Fact.day_id)
        .join(Slot, col(Slot.id) == cast(col(Fact.detail)["slot"].as_string(), Integer))
        .where(Fact.act == act, col(Fact.kind).in_(TOLD))
        .distinct()
        .order_by(col(Registration.person_id))
    )
    return [
        OwedLetter(person, edition_id, slot_letter(name, f"/{slug}/agenda", AgendaFact(kind), SlotTold(*slot)))
        for person, edition_id, name, slug, kind, *slot, at, zone in rows
        if slot[2] >= at.astimezone(ZoneInfo(zone)).date()
    ]
