"""Importing an edition: all of it or nothing, and a second time changes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from sprint.journal import new_act, record
from sprint.preparation import rules
from sprint.preparation.actions.settling import settle_days, settle_edition, settle_slots, settle_tracks
from sprint.preparation.facts import PreparationFact
from sprint.preparation.queries.known import Known, SeatsKey, edition_id_called, known_edition
from sprint.preparation.report import Fate, Kind, Ledger, Report
from sprint.preparation.shape import EditionFile, SeatsPart
from sprint.programme.actions import take_rooms
from sprint.programme.tables import Day, Track
from sprint.refusal import Refusal, Refused
from sprint.registrations.actions import Seats, set_seats
from sprint.registrations.actions.seats import lock_edition
from sprint.registrations.rules import HOW, lowering
from sprint.words import Words, say


def import_edition(db: Session, file: EditionFile, now: datetime, actor_id: int | None = None) -> Report:
    """Make the edition as its file says. What the file does not mention is left as it is, and reported.

    Raises Refused, with nothing written, with the place and the reason of all that clashes with what is known.
    """
    edition_id = edition_id_called(db, file.edition.slug)
    known = known_edition(db, lock_edition(db, edition_id)) if edition_id is not None else Known()
    reasons = list(_clashes(file, known))
    if reasons:
        raise Refused(*reasons)
    ledger, act = Ledger(), new_act()
    edition = settle_edition(db, ledger, known, file.edition, _announced_at(file, now))
    days = settle_days(db, ledger, known, edition, file.days)
    tracks = settle_tracks(db, ledger, known, edition, file.tracks)
    settle_slots(db, ledger, known, edition, file.slots, days, tracks)
    in_the_way = take_rooms(db, edition.id or 0)
    if in_the_way:
        raise Refused(*in_the_way)
    wanted = _seats(ledger, known, file, days, tracks)
    promoted = set_seats(db, edition.id or 0, wanted, now, act=act, actor_id=actor_id) if wanted else 0
    report = ledger.report(edition.id or 0, edition.slug, promoted)
    if report.changed:
        _record(db, act, report, now, actor_id)
    return report


def _announced_at(file: EditionFile, now: datetime) -> datetime:
    """Now, or when it opened or began, whichever came first: people may have been there."""
    zone = ZoneInfo(file.edition.timezone)
    begins = [datetime.combine(day.on, time(), zone) for day in file.days]
    opens = [file.edition.opens_at] if file.edition.opens_at else []
    return min(now, *opens, *begins)


def _record(db: Session, act: str, report: Report, now: datetime, actor_id: int | None) -> None:
    detail: dict[str, int | str] = {
        "days": report.days.altered,
        "tracks": report.tracks.altered,
        "slots": report.slots.altered,
        "seats": report.seats.altered,
    }
    record(db, act, PreparationFact.IMPORTED, now, actor_id=actor_id, edition_id=report.edition_id, detail=detail)
    db.flush()


def _clashes(file: EditionFile, known: Known) -> Iterator[Refusal]:
    """What fits in the file, but not beside what is known."""
    if known.edition is not None:
        opens_at = file.edition.opens_at or known.edition.opens_at
        closes_at = file.edition.closes_at or known.edition.closes_at
        place = "edition.opens_at" if file.edition.closes_at is None else "edition.closes_at"
        yield from rules.in_order(opens_at, closes_at, place)
    slugs = known.tracks.keys() | {track.slug for track in file.tracks}
    for slot in file.slots:
        if slot.track is not None:
            yield from rules.known_track(slot.track, slugs, f"{slot.place}.track")
    for part in file.days:
        yield from _lowered(known, None, say("toute la journée"), part.capacities)
    for track in file.tracks:
        if track.slug in known.tracks:
            yield from _lowered(known, known.tracks[track.slug], track.name, track.capacities)


def _lowered(known: Known, track: Track | None, who: Words | str, parts: Sequence[SeatsPart]) -> Iterator[Refusal]:
    for part in parts:
        day = known.days.get(part.on)
        if day is not None:
            taken = known.taken.get((track.id if track else None, day.id or 0, part.mode), 0)
            what = say("%(who)s, %(day)s %(how)s", who=who, day=part.on, how=HOW[part.mode])
            yield from lowering(part.seats, taken, what, part.place)


def _seats(
    ledger: Ledger, known: Known, file: EditionFile, days: Mapping[date, Day], tracks: Mapping[str, Track]
) -> list[Seats]:
    """The numbers of seats that are not yet what the file wants."""
    wishes = [_wish(None, days, part) for day in file.days for part in day.capacities]
    wishes += [_wish(tracks[track.slug], days, part) for track in file.tracks for part in track.capacities]
    for wish in wishes:
        before = known.seats.get((wish.track_id, wish.day_id, wish.mode))
        fate = Fate.MADE if before is None else Fate.UNCHANGED if before == wish.seats else Fate.CHANGED
        ledger.note(Kind.SEATS, fate)
    _note_seats_left(ledger, known, file, {(wish.track_id, wish.day_id, wish.mode) for wish in wishes})
    return [wish for wish in wishes if known.seats.get((wish.track_id, wish.day_id, wish.mode)) != wish.seats]


def _wish(track: Track | None, days: Mapping[date, Day], part: SeatsPart) -> Seats:
    return Seats(track.id if track else None, days[part.on].id or 0, part.mode, part.seats, part.place)


def _note_seats_left(ledger: Ledger, known: Known, file: EditionFile, wanted: set[SeatsKey]) -> None:
    """Of days and tracks the file tells of; those it does not are left as a whole."""
    dates = {day.id: on for on, day in known.days.items()}
    holders = {known.tracks[part.slug].id: part.slug for part in file.tracks if part.slug in known.tracks}
    told = {part.on for part in file.days}
    for track_id, day_id, mode in sorted(known.seats.keys() - wanted, key=str):
        if track_id in holders:
            ledger.left.append(f"tracks[{holders[track_id]}].capacities[{dates[day_id]} {mode}]")
        elif track_id is None and dates[day_id] in told:
            ledger.left.append(f"days[{dates[day_id]}].capacities[{mode}]")
