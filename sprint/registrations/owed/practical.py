"""The letters that tell those who come what they must know."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.letter import LetterText, OwedLetter
from sprint.programme.queries import EditionView, edition_with
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.letters.practical import practical_letter, reminder_letter
from sprint.registrations.letters.presence import SeatTold
from sprint.registrations.owed.presence import seats_told
from sprint.registrations.practical import good_until
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.queries.practical import information_of, sendings_of, untold_of
from sprint.registrations.tables import Registration, State

TOLD = tuple(
    kind.value
    for kind in (RegistrationFact.PRACTICAL_SENT, RegistrationFact.PRACTICAL_SENT_AGAIN, RegistrationFact.REMINDED)
)


def letters_of_practical(db: Session, act: str) -> list[OwedLetter]:
    """One letter for everybody with a seat when it is derived, or for those of them who read other texts or none.

    One query; four when there was one, seven when it is sent again.
    """
    row = db.exec(select(Fact.kind, Fact.edition_id).where(Fact.act == act, col(Fact.kind).in_(TOLD))).first()
    if row is None or row[1] is None:
        return []
    edition, kind = edition_with(db, row[1]), RegistrationFact(row[0])
    if kind != RegistrationFact.PRACTICAL_SENT_AGAIN:
        return letters_to_all(db, edition, kind)
    before = sendings_of(db, edition.id, besides=act)
    return letters_to_all(db, edition, kind, untold_of(db, edition.id, information_of(db, edition.id), before))


def letters_to_all(
    db: Session, edition: EditionView, kind: RegistrationFact, only: Mapping[int, bool] | None = None
) -> list[OwedLetter]:
    """What everybody with a seat would be sent now, or these of them; True: they read other texts before. Two queries."""
    told = information_of(db, edition.id)
    until = good_until(edition.calendar.days[0], edition.calendar.zone)
    seated = (IS_LIVE, in_state(State.CONFIRMED), col(Registration.edition_id) == edition.id)

    def text(person_id: int, seats: list[SeatTold]) -> LetterText:
        if kind == RegistrationFact.REMINDED:
            return reminder_letter(edition.name, seats, told)
        return practical_letter(edition.name, edition.slug, seats, told, again=bool(only and only[person_id]))

    return [
        OwedLetter(person_id, edition.id, text(person_id, seats), good_until=until)
        for person_id, seats in seats_told(db, seated)
        if only is None or person_id in only
    ]
