"""The letters that asking people whether they come owes."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.programme.queries import edition_with
from sprint.programme.tables import Day, Track
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.letters.presence import SeatTold, presence_letter, reminder_letter
from sprint.registrations.queries.presence import awaited, call_of
from sprint.registrations.tables import Registration

WORDED = {
    RegistrationFact.PRESENCE_ASKED: presence_letter,
    RegistrationFact.PRESENCE_REMINDED: reminder_letter,
}


def letters_of_presence(db: Session, act: str) -> list[OwedLetter]:
    """One letter for each person whose answer is awaited still, good until the deadline. One query; five when one was asked."""
    asked = (Fact.act == act, col(Fact.kind).in_([kind.value for kind in WORDED]))
    found = db.exec(select(Fact.edition_id, Fact.kind).where(*asked)).first()
    if found is None or found[0] is None:
        return []
    edition_id, worded = found[0], WORDED[RegistrationFact(found[1])]
    edition = edition_with(db, edition_id)
    call = call_of(db, edition)
    if call is None:
        return []
    letters = []
    for person_id, seats in seats_told(db, awaited(call)):
        text = worded(edition.name, seats, call.until, releases=call.releases)
        letters.append(OwedLetter(person_id, edition_id, text, good_until=call.due_at))
    return letters


def seats_told(db: Session, which: Sequence[ColumnElement[bool]]) -> list[tuple[int, list[SeatTold]]]:
    """Each person of these registrations with them, by day. One query."""
    rows = db.exec(
        select(Registration.person_id, Registration.id, Track.name, Day.on, Registration.mode)
        .join(Track, col(Track.id) == Registration.track_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .where(*which)
        .order_by(col(Registration.person_id), col(Day.on))
    )
    return [
        (person_id, [SeatTold(*row[1:]) for row in mine]) for person_id, mine in groupby(rows, key=lambda row: row[0])
    ]
