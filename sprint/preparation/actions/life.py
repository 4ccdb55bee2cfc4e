"""The life of an edition by hand: from phase to phase, its dates and its days. Each changes the edition under its lock."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.preparation import rules
from sprint.preparation.queries.days import day_uses, people_registered
from sprint.preparation.rules import Step
from sprint.programme.facts import EditionFact
from sprint.programme.queries import edition_with
from sprint.programme.rules import MOVING, Phase, still_prepared
from sprint.programme.tables import Day, Edition
from sprint.refusal import Refusal, Refused
from sprint.registrations.actions.seats import lock_edition
from sprint.words import say

FACTS: dict[Step, EditionFact] = {
    Step.ANNOUNCE: EditionFact.ANNOUNCED,
    Step.HIDE: EditionFact.HIDDEN,
    Step.OPEN: EditionFact.OPENED,
    Step.CLOSE: EditionFact.CLOSED,
    Step.ARCHIVE: EditionFact.ARCHIVED,
    Step.REVIVE: EditionFact.REVIVED,
}


def take_step(db: Session, edition_id: int, step: Step, now: datetime, actor_id: int | None) -> None:
    """Lead the edition into another phase, from this moment on. Raises Refused."""
    edition = lock_edition(db, edition_id)
    calendar = edition_with(db, edition_id).calendar
    reasons = rules.stepping(step, calendar, people_registered(db, edition_id), now)
    if reasons:
        raise Refused(*reasons)
    _EFFECTS[step](edition, now)
    record(db, new_act(), FACTS[step], now, actor_id=actor_id, edition_id=edition_id)


def _announce(edition: Edition, now: datetime) -> None:
    edition.announced_at = now


def _hide(edition: Edition, _now: datetime) -> None:
    edition.announced_at = None


def _open(edition: Edition, now: datetime) -> None:
    if edition.closes_at is not None and edition.closes_at <= now:
        edition.closes_at = None
    if edition.opens_at is not None and edition.opens_at > now:
        edition.opens_at = now
        edition.revision += 1


def _close(edition: Edition, now: datetime) -> None:
    edition.closes_at = now


def _archive(edition: Edition, now: datetime) -> None:
    edition.archived_at = now


def _revive(edition: Edition, _now: datetime) -> None:
    edition.archived_at = None


_EFFECTS: dict[Step, Callable[[Edition, datetime], None]] = {
    Step.ANNOUNCE: _announce,
    Step.HIDE: _hide,
    Step.OPEN: _open,
    Step.CLOSE: _close,
    Step.ARCHIVE: _archive,
    Step.REVIVE: _revive,
}


def revise_edition(
    db: Session, edition_id: int, values: Mapping[str, object], now: datetime, actor_id: int | None
) -> bool:
    """Give the columns of an edition these values; False when all of them were so. Raises Refused.

    The day of the announcement counts for a draft only: what is announced is hidden by a step, not by a date.
    """
    edition = lock_edition(db, edition_id)
    calendar = edition_with(db, edition_id).calendar
    opens_at, closes_at = values["opens_at"], values["closes_at"]
    reasons = still_prepared(calendar, now)
    if isinstance(opens_at, datetime) and isinstance(closes_at, datetime):
        reasons += rules.in_order(opens_at, closes_at, "cloture")
    if reasons:
        raise Refused(*reasons)
    fixed = () if calendar.phase(now) == Phase.DRAFT else ("announced_at",)
    changed = [name for name in values if name not in fixed and getattr(edition, name) != values[name]]
    for name in changed:
        setattr(edition, name, values[name])
    if MOVING & set(changed):
        edition.revision += 1
    if changed:
        detail: dict[str, int | str] = dict.fromkeys(changed, 1)
        record(db, new_act(), EditionFact.CHANGED, now, actor_id=actor_id, edition_id=edition_id, detail=detail)
    return bool(changed)


# --- days


def add_day(db: Session, edition_id: int, on: date, place: str, now: datetime, actor_id: int | None) -> None:
    """One day more. Raises Refused when the edition has it already."""
    edition = _locked_for_days(db, edition_id, now)
    if any(day.on == on for day in day_uses(db, edition_id)):
        raise Refused(Refusal("day_known", say("%(day)s est déjà un jour de l’édition", day=on), "jour"))
    day = Day(edition_id=edition_id, on=on, place=place)
    db.add(day)
    db.flush()
    _changed(db, edition, EditionFact.DAY_ADDED, now, actor_id, on)


def move_day(db: Session, edition_id: int, day_id: int, place: str, now: datetime, actor_id: int | None) -> bool:
    """Say where a day takes place (nothing: where the edition does); False when that is known already."""
    edition = _locked_for_days(db, edition_id, now)
    day = db.exec(select(Day).where(Day.id == day_id, Day.edition_id == edition_id)).one()
    if day.place == place:
        return False
    day.place = place
    _changed(db, edition, EditionFact.DAY_CHANGED, now, actor_id, day.on)
    return True


def remove_day(db: Session, edition_id: int, day_id: int, now: datetime, actor_id: int | None) -> None:
    """Take away a day on which nobody counts yet. Raises Refused."""
    edition = _locked_for_days(db, edition_id, now)
    day = next(day for day in day_uses(db, edition_id) if day.id == day_id)
    reasons = rules.removing_day(day.on, day.registrations, day.slots, day.seats + day.facts)
    if reasons:
        raise Refused(*reasons)
    db.exec(delete(Day).where(col(Day.id) == day.id))
    _changed(db, edition, EditionFact.DAY_REMOVED, now, actor_id, day.on)


def _locked_for_days(db: Session, edition_id: int, now: datetime) -> Edition:
    edition = lock_edition(db, edition_id)
    reasons = still_prepared(edition_with(db, edition_id).calendar, now)
    if reasons:
        raise Refused(*reasons)
    return edition


def _changed(db: Session, edition: Edition, kind: EditionFact, now: datetime, actor_id: int | None, on: date) -> None:
    edition.revision += 1
    detail: dict[str, int | str] = {"day": on.isoformat()}
    record(db, new_act(), kind, now, actor_id=actor_id, edition_id=edition.id, detail=detail)
