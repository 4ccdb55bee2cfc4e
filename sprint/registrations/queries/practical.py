"""What those who come must know of their edition."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.programme.tables import Practical
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.letters.practical import Information
from sprint.registrations.practical import SeatHeld, Sending, untold
from sprint.registrations.queries import in_state
from sprint.registrations.tables import Registration, State

SENT = (RegistrationFact.PRACTICAL_SENT.value, RegistrationFact.PRACTICAL_SENT_AGAIN.value)

_COLUMNS = (
    Practical.access,
    Practical.hours,
    Practical.food,
    Practical.contact,
    Practical.conduct,
    Practical.letter_days,
    Practical.reminds,
)


def information_of(db: Session, edition_id: int) -> Information:
    """The texts of an edition, all of them empty when nobody wrote any. One query."""
    return informations_of(db, [edition_id]).get(edition_id, Information())


def informations_of(db: Session, edition_ids: Iterable[int]) -> dict[int, Information]:
    """Those of several editions, where somebody wrote them. One query."""
    which = col(Practical.edition_id).in_(list(edition_ids))
    rows = db.exec(select(Practical.edition_id, *_COLUMNS).where(which))  # type: ignore[call-overload]
    return {key: Information(*texts) for key, *texts in rows}


def sendings_of(db: Session, edition_id: int, besides: str = "") -> list[Sending]:
    """When everybody with a seat was told, in order, an act aside. One query."""
    told = (Fact.edition_id == edition_id, col(Fact.kind).in_(SENT), Fact.act != besides)
    rows = db.exec(select(Fact.at, Fact.detail).where(*told).order_by(col(Fact.id)))
    return [Sending(at, _version(detail.get("site")), _version(detail.get("remote"))) for at, detail in rows]


def _version(kept: int | str | None) -> int | None:
    return None if kept is None else int(kept)


def untold_of(db: Session, edition_id: int, told: Information, sendings: Sequence[Sending]) -> dict[int, bool]:
    """Who can be written to, has a seat and was not last told these texts; True: they were told others. One query."""
    rows = db.exec(
        select(Registration.person_id, Registration.mode, Registration.confirmed_at, Registration.ended_at)
        .join(Person, col(Person.id) == Registration.person_id)
        .where(
            Registration.edition_id == edition_id,
            in_state(State.CONFIRMED),
            col(Person.email).is_not(None),
        )
        .order_by(col(Registration.person_id))
    )
    seats = [SeatHeld(person, mode, since, until) for person, mode, since, until in rows if since is not None]
    return untold(seats, sendings, told)
