"""Writing down what those who come must know, and telling them when its moment comes."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, select

from sprint.journal import Fact, new_act, record
from sprint.programme.rules import still_prepared
from sprint.programme.tables import Practical
from sprint.refusal import Refused
from sprint.registrations.actions.promotion import locked
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.letters.practical import Information
from sprint.registrations.practical import good_until, sending_again, writing
from sprint.registrations.queries.practical import information_of, sendings_of, untold_of


def write_practical(db: Session, edition_id: int, told: Information, now: datetime, actor_id: int) -> bool:
    """Give an edition these texts; False when it has them already. Raises Refused."""
    edition = locked(db, edition_id)
    reasons = still_prepared(edition.calendar, now) + writing(told)
    if reasons:
        raise Refused(*reasons)
    if information_of(db, edition_id) == told:
        return False
    row = db.get(Practical, edition_id) or Practical(edition_id=edition_id)
    row.sqlmodel_update(asdict(told))
    db.add(row)
    db.flush()
    record(db, new_act(), RegistrationFact.PRACTICAL_WRITTEN, now, actor_id=actor_id, edition_id=edition_id)
    return True


def send_practical(db: Session, edition_id: int, now: datetime) -> bool:
    """Tell everybody with a seat; False when that was done, when there is nothing to tell, or when it is too late."""
    told = information_of(db, edition_id)
    return told.is_told and _tell(db, edition_id, RegistrationFact.PRACTICAL_SENT, now, _versions(told))


def send_practical_again(db: Session, edition_id: int, now: datetime, actor_id: int) -> int:
    """Tell those who have not read the texts as they are; gives how many people that is. Raises Refused."""
    calendar = locked(db, edition_id).calendar
    told, sendings = information_of(db, edition_id), sendings_of(db, edition_id)
    people = len(untold_of(db, edition_id, told, sendings))
    reasons = still_prepared(calendar, now)
    reasons += sending_again(told, is_sent=bool(sendings), people=people, calendar=calendar, now=now)
    if reasons:
        raise Refused(*reasons)
    detail = {"people": people, **_versions(told)}
    kind = RegistrationFact.PRACTICAL_SENT_AGAIN
    record(db, new_act(), kind, now, actor_id=actor_id, edition_id=edition_id, detail=detail)
    return people


def _versions(told: Information) -> dict[str, int | str]:
    return {"site": told.version, "remote": told.told_to(on_site=False).version}


def remind(db: Session, edition_id: int, now: datetime) -> bool:
    """Remind everybody with a seat on the eve; False when that was done or when it is too late."""
    return _tell(db, edition_id, RegistrationFact.REMINDED, now)


def _tell(
    db: Session, edition_id: int, kind: RegistrationFact, now: datetime, detail: dict[str, int | str] | None = None
) -> bool:
    calendar = locked(db, edition_id).calendar
    known = db.exec(select(Fact.id).where(Fact.kind == kind.value, Fact.edition_id == edition_id)).first()
    if known is not None or not calendar.days or now >= good_until(calendar.days[0], calendar.zone):
        return False
    record(db, new_act(), kind, now, edition_id=edition_id, detail=detail)
    return True
