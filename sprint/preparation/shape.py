"""The file of an edition as plain values; `reading` makes them. `?` marks what may be left out, or be null:

    edition       slug name timezone place? opens_at? closes_at?
    days[]        on place? capacities?[{mode seats}]
    tracks[]?     slug name organisation? objective? description? keywords? repositories? skills? verbs? needs?
                  first_tasks? audience? language? capacities?[{day mode seats}]
    slots[]?      title kind day key? start? end? block? room? track?

- A `place` is a text, or an object {name organisation? street? postcode? city? room? note? osm_node?}: the name is
  kept, and an address made of street, postcode and city; the rest is checked and left aside.
- A `block` is a text or two hours ["14:00", "15:00"]. `needs` is a text or a list, kept as a Markdown list.
  `first_tasks` are texts or objects {title url? level? duration?}. Unknown keys are refused everywhere.
- What is left out is "not given", None here: an import leaves it as it was. An empty text or list empties.
  A `start` says the end too: without one, the slot has none.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time

from sprint.programme.tables import Audience, SlotKind
from sprint.registrations.tables import Mode


@dataclass(frozen=True)
class SeatsPart:
    """Wanted seats; `on` is the day they are for."""

    on: date
    mode: Mode
    seats: int
    place: str


@dataclass(frozen=True)
class EditionPart:
    slug: str
    name: str
    timezone: str
    place: str | None
    address: str | None
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True)
class DayPart:
    on: date
    place: str | None
    capacities: tuple[SeatsPart, ...]


@dataclass(frozen=True)
class TrackPart:
    slug: str
    name: str
    organisation: str | None
    objective: str | None
    description: str | None
    needs: str | None
    language: str | None
    audience: Audience | None
    keywords: list[str] | None
    skills: list[str] | None
    verbs: list[str] | None
    first_tasks: list[dict[str, str]] | None
    repositories: tuple[str, ...] | None
    capacities: tuple[SeatsPart, ...]


@dataclass(frozen=True)
class SlotPart:
    key: str | None
    title: str
    kind: SlotKind
    on: date
    starts: time | None
    ends: time | None
    block: str | None
    room: str | None
    track: str | None
    place: str

    @property
    def natural(self) -> tuple[date, time | None, str, str]:
        """What makes a slot the same one when it has no key."""
        return (self.on, self.starts, self.title, self.room or "")

    @property
    def identity(self) -> str:
        return slot_identity(self.key, *self.natural)


@dataclass(frozen=True)
class EditionFile:
    """A whole edition as its file gives it: each part fits by itself and beside the others."""

    edition: EditionPart
    days: tuple[DayPart, ...]
    tracks: tuple[TrackPart, ...]
    slots: tuple[SlotPart, ...]


def slot_identity(key: str | None, on: date, starts: time | None, title: str, room: str) -> str:
    """What `Slot.identity` holds: the key, else what the slot is known by."""
    if key is not None:
        return f"key:{key}"
    known_by = "\n".join((on.isoformat(), starts.strftime("%H:%M") if starts else "", title, room))
    return hashlib.sha256(known_by.encode()).hexdigest()[:40]
