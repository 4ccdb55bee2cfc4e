"""Which calendars there are: each gathers its rows and names itself."""

from datetime import datetime

from sqlmodel import Session

from sprint import languages
from sprint.agenda.queries import rows
from sprint.agenda.queries.rows import FeedOwner
from sprint.agenda.rules import (
    CalendarFile,
    DayRow,
    EditionRow,
    Event,
    OwnDay,
    agenda_events,
    as_they_stand,
    opening_event,
    own_event,
    slot_event,
    track_events,
)
from sprint.agenda.writing import Written, written
from sprint.programme.queries import track_called

Found = tuple[EditionRow, list[DayRow]]


# Public calendars, as they are sent in a language; None where there is none. Kept by the frame until the data change.


def edition_sent(db: Session, base_url: str, language: str, slug: str) -> Written | None:
    """The agenda of an edition. Two queries."""
    found = rows.edition_called(db, slug)
    return _sent(_edition_file(db, found), base_url, language) if found else None


def track_sent(db: Session, base_url: str, language: str, slug: str, track: str) -> Written | None:
    """The slots of a track. Three queries."""
    found = rows.edition_called(db, slug)
    calendar = _track_file(db, found, track) if found else None
    return _sent(calendar, base_url, language) if calendar else None


def slot_sent(db: Session, base_url: str, language: str, slug: str, slot_id: int) -> Written | None:
    """One slot. Two queries."""
    found = rows.edition_called(db, slug)
    slot = rows.slot_with(db, found[0].id, slot_id) if found else None
    return _sent(_single(found[0], slot_event(found[0], slot)), base_url, language) if found and slot else None


def opening_sent(db: Session, base_url: str, language: str, slug: str) -> Written | None:
    """When registration opens. One query."""
    found = rows.edition_called(db, slug)
    if found is None:
        return None
    with languages.using(language):
        title = languages.gettext("Ouverture des inscriptions : %(edition)s") % {"edition": found[0].name}
    event = opening_event(found[0], title)
    return _sent(_single(found[0], event), base_url, language) if event else None


def _sent(calendar: CalendarFile, base_url: str, language: str) -> Written:
    with languages.using(language):
        return written(calendar, base_url)


def _edition_file(db: Session, found: Found) -> CalendarFile:
    edition, days = found
    events = agenda_events(edition, days, rows.slots_of_edition(db, edition.id))
    return CalendarFile(edition.name, edition.zone, f"{edition.path}/agenda", tuple(events))


def _track_file(db: Session, found: Found, slug: str) -> CalendarFile | None:
    edition, days = found
    track = track_called(db, edition.id, slug)
    if track is None:
        return None
    events = track_events(edition, days, rows.slots_of_tracks(db, [track.id or 0]))
    name = f"{track.name} ({edition.name})"
    return CalendarFile(name, edition.zone, f"{edition.path}/parcours/{slug}", tuple(events))


def _single(edition: EditionRow, event: Event) -> CalendarFile:
    return CalendarFile(event.title, edition.zone, event.path, (event,))


# One's own: read anew each time, for nobody else.


def own_file(db: Session, owner: FeedOwner) -> CalendarFile:
    """The days of a person, as they stand. Three rows."""
    return _own(db, as_they_stand(rows.own_days(db, owner.person_id)))


def letter_file(db: Session, person_id: int, edition_id: int) -> CalendarFile:
    """The days of a person in one edition for a letter: also those given up and taken again, whose copies may lie about."""
    days = sorted(rows.own_days(db, person_id, edition_id), key=lambda day: (day.on, day.id))
    return _own(db, days)


def invited_events(db: Session, person_id: int, edition_id: int, since: datetime) -> list[Event]:
    """The days of a person for which they have, or had, a seat, as far as something about them changed since."""
    seats = [day for day in rows.own_days(db, person_id, edition_id) if day.confirmed_at is not None]
    days = sorted((day for day in seats if (day.ended_at or since) >= since), key=lambda day: (day.on, day.id))
    return [event for event in _own_events(db, days)[1] if event.changed_at >= since]


def _own_events(db: Session, days: list[OwnDay]) -> tuple[dict[int, EditionRow], tuple[Event, ...]]:
    editions = rows.editions_with(db, (day.edition_id for day in days))
    slots = rows.slots_of_tracks(db, (day.track_id for day in days))
    return editions, tuple(own_event(editions[day.edition_id], day, slots) for day in days)


def _own(db: Session, days: list[OwnDay]) -> CalendarFile:
    editions, events = _own_events(db, days)
    zone = editions[days[-1].edition_id].zone if days else "Europe/Paris"
    return CalendarFile(languages.gettext("Mon sprint"), zone, "/moi", events, is_private=True)
