"""Accepting and sending back: what a mentor or an organiser decides."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from sprint.contributions import rules
from sprint.contributions.actions.rows import Held, hold, keys_of, note, refuse, release
from sprint.contributions.evidence import proof
from sprint.contributions.facts import ContributionFact
from sprint.contributions.tables import Evidence, State
from sprint.journal import new_act
from sprint.people.rules import Member
from sprint.programme.queries import EditionView


def accept(db: Session, member: Member, edition: EditionView, contribution_ids: Sequence[int], now: datetime) -> int:
    """Accept these contributions of an edition and freeze what they rest on; gives how many.

    One refused refuses all. Raises LookupError for one that the person may not review.
    """
    held = _held(db, member, edition, contribution_ids)
    refuse([reason for one in held for reason in rules.deciding(one.case, member)])
    act, keys = new_act(), keys_of(db, [one.row for one in held])
    for one in held:
        one.row.state, one.row.decided_at, one.row.decided_by_id = State.ACCEPTED, now, member.id
        db.add(_evidence(one, keys.get(one.row.id or 0, []), now))
    db.flush()
    for one in held:
        note(db, act, ContributionFact.ACCEPTED, one, member.id, now)
    return len(held)


def _evidence(one: Held, keys: Sequence[str], now: datetime) -> Evidence:
    row = one.row
    frozen = proof(one.edition.slug, row.id or 0, row.kind, row.title, row.done_on, row.logged_at, now, keys)
    return Evidence(
        contribution_id=row.id or 0,
        document=frozen.document,
        sha256=frozen.sha256,
        rules=rules.RULES,
        frozen_at=now,
    )


def send_back(
    db: Session, member: Member, edition: EditionView, contribution_id: int, reason: str, now: datetime
) -> None:
    """Send a contribution back with a reason. The second time it is for good: its links may serve others."""
    (one,) = _held(db, member, edition, [contribution_id])
    refuse(rules.deciding(one.case, member))
    row = one.row
    row.state, row.reason, row.decided_at, row.decided_by_id = State.SENT_BACK, reason, now, member.id
    if one.case.was_answered:
        release(db, row, now)
    note(db, new_act(), ContributionFact.SENT_BACK, one, member.id, now)


def _held(db: Session, member: Member, edition: EditionView, contribution_ids: Sequence[int]) -> list[Held]:
    held = hold(db, contribution_ids, edition)
    seen = [one for one in held if one.row.edition_id == edition.id and rules.reviews(member, one.case)]
    if len(seen) < len(set(contribution_ids)):
        raise LookupError("a contribution that the person may not review")
    return seen
