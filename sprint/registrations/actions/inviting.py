"""Adding somebody by hand, with or without places: seats are taken by `register` as everybody takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from sprint.account.actions import Newcomer, invite, withdraw_invitation
from sprint.account.queries.invitations import was_sent
from sprint.journal import new_act
from sprint.programme.tables import Track
from sprint.registrations.actions.promotion import locked
from sprint.registrations.actions.registering import Outcome, register
from sprint.registrations.queries.invitations import holds_places
from sprint.registrations.tables import Mode


@dataclass(frozen=True)
class Wish:
    """What somebody is to be registered for."""

    track: Track
    day_ids: Sequence[int]
    mode: Mode


def add_by_hand(
    db: Session, edition_id: int, newcomer: Newcomer, wish: Wish | None, inviter: int, once: str, now: datetime
) -> Outcome:
    """Add somebody to an edition and send them a link to sign in with; register them too, or let them wait, if wished.

    One act. Raises Refused with every reason: then nobody was added.
    """
    edition = locked(db, edition_id)
    if was_sent(db, inviter, once):
        return Outcome(replayed=True)
    act = new_act()
    person_id = invite(db, edition_id, newcomer, inviter, once, act, now)
    if wish is None:
        return Outcome()
    return register(db, person_id, wish.track, wish.day_ids, wish.mode, once, now, held=edition, by=inviter, act=act)


def withdraw_from(db: Session, edition_id: int, invitation_id: int, person_id: int, actor: int, now: datetime) -> None:
    """Take an invitation back. Raises Refused once it was accepted, and while its person holds places to come."""
    today = locked(db, edition_id).calendar.today(now)
    withdraw_invitation(db, invitation_id, actor, now, holds_places=holds_places(db, person_id, today))
