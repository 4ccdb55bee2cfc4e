"""Logging, correcting, answering: what an author writes."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from sprint.contributions import rules
from sprint.contributions.actions.rows import Held, already_noted, hold_edition, hold_own, note, refer, refuse
from sprint.contributions.drafting import Wish
from sprint.contributions.facts import ContributionFact
from sprint.contributions.queries import case_of, employers_of, replayed, waiting_of
from sprint.contributions.tables import Authorship, Consent, Contribution, State
from sprint.journal import new_act
from sprint.people.queries import is_here
from sprint.people.rules import GONE
from sprint.programme.queries import EditionView
from sprint.refusal import Refusal, Refused


@dataclass(frozen=True)
class Noted:
    """The contribution that a form logged, now or when it was first received."""

    contribution_id: int
    replayed: bool = False
    is_late: bool = False


def log(db: Session, person_id: int, edition_id: int, wish: Wish, once: str, now: datetime) -> Noted:
    """Note a contribution of the person. Raises Refused with every reason."""
    edition = hold_edition(db, edition_id)
    if not is_here(db, person_id):
        raise Refused(GONE)
    known = replayed(db, person_id, once)
    if known is not None:
        return Noted(known, replayed=True)
    waiting, employers = waiting_of(db, person_id, edition_id), employers_of(db, person_id)
    refuse(
        rules.logging(edition.calendar, wish.done_on, wish.organisation_id, employers, waiting, now)
        + already_noted(db, edition_id, wish.kind, wish.links)
    )
    row = Contribution(edition_id=edition_id, kind=wish.kind, title=wish.title, done_on=wish.done_on, logged_at=now)
    _write(row, wish)
    db.add(row)
    db.flush()
    author = Authorship(
        contribution_id=row.id or 0,
        person_id=person_id,
        state=Consent.ACCEPTED,
        answered_at=now,
        named_at=now if wish.is_named else None,
        once=once,
    )
    author.organisation_id, author.minutes = wish.organisation_id, wish.minutes
    db.add(author)
    refer(db, row, wish.links)
    held = Held(row, edition, case_of(row, edition, (person_id,)))
    note(db, new_act(), ContributionFact.LOGGED, held, person_id, now)
    return Noted(row.id or 0, is_late=held.case.is_late)


def correct(db: Session, person_id: int, contribution_id: int, edition_id: int, wish: Wish, now: datetime) -> None:
    """Change what one noted, as long as nobody decided. Raises Refused with every reason."""
    edition = hold_edition(db, edition_id)
    held = hold_own(db, person_id, contribution_id, edition)
    refuse(rules.correcting(held.case) + _content(db, person_id, held, wish, now))
    _rewrite(db, person_id, held, wish)
    note(db, new_act(), ContributionFact.EDITED, held, person_id, now)


def answer(
    db: Session, person_id: int, contribution_id: int, edition_id: int, wish: Wish, words: str, now: datetime
) -> None:
    """Answer a reason, once, with the contribution as it should now be read. Raises Refused with every reason."""
    edition = hold_edition(db, edition_id)
    held = hold_own(db, person_id, contribution_id, edition)
    refuse(rules.answering(held.case) + _content(db, person_id, held, wish, now))
    _rewrite(db, person_id, held, wish)
    held.row.state, held.row.answer, held.row.answered_at = State.PROPOSED, words, now
    note(db, new_act(), ContributionFact.ANSWERED, held, person_id, now)


def _content(db: Session, person_id: int, held: Held, wish: Wish, now: datetime) -> list[Refusal]:
    """Why the contribution may not say what the wish says. The edition may be over: what was noted can be put right."""
    edition: EditionView = held.edition
    employers = employers_of(db, person_id)
    return (
        rules.dated(wish.done_on, edition.calendar, now)
        + rules.credited(wish.organisation_id, employers, wish.done_on)
        + already_noted(db, edition.id, wish.kind, wish.links, besides=held.row.id)
    )


def _rewrite(db: Session, person_id: int, held: Held, wish: Wish) -> None:
    _write(held.row, wish)
    own = db.exec(
        select(Authorship).where(Authorship.contribution_id == held.row.id, Authorship.person_id == person_id)
    ).one()
    own.organisation_id, own.minutes = wish.organisation_id, wish.minutes
    refer(db, held.row, wish.links)


def _write(row: Contribution, wish: Wish) -> None:
    row.kind, row.title, row.description = wish.kind, wish.title, wish.description
    row.done_on, row.track_id, row.project_id = wish.done_on, wish.track_id, wish.project_id
