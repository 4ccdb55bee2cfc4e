"""What those who come must know of their edition."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from sprint.programme.tables import Practical
from sprint.registrations.letters.practical import Information

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
