"""What a right covers and who counts as public: pure answers over plain values."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sprint.people.tables import Right, Scope
from sprint.refusal import Refusal
from sprint.words import say

GONE = Refusal("erased", say("Ce compte a été effacé entre-temps."))
"""Why nothing more is written about somebody."""


@dataclass(frozen=True)
class HeldRight:
    """A live right of the person at hand."""

    right: Right
    scope_kind: Scope
    scope_id: int | None


@dataclass(frozen=True)
class Member:
    """The person at hand, as far as every page may know them."""

    id: int
    name: str
    language: str
    rights: tuple[HeldRight, ...] = ()

    def holds(self, right: Right) -> bool:
        """Whether the right is held over anything at all."""
        return any(held.right == right for held in self.rights)

    def holds_over(self, right: Right, scope_kind: Scope, scope_id: int) -> bool:
        """Whether the right is held over this very thing, or over everything."""
        return any(
            held.right == right
            and (held.scope_kind == Scope.EVERYTHING or (held.scope_kind, held.scope_id) == (scope_kind, scope_id))
            for held in self.rights
        )

    def holds_everywhere(self, right: Right) -> bool:
        """Whether the right is held over everything."""
        return any(held.right == right and held.scope_kind == Scope.EVERYTHING for held in self.rights)

    def scope_ids(self, right: Right, scope_kind: Scope) -> tuple[int, ...]:
        """The things of one kind over which the right is held one by one."""
        return tuple(
            held.scope_id
            for held in self.rights
            if held.right == right and held.scope_kind == scope_kind and held.scope_id is not None
        )


class Permission(StrEnum):
    """What somebody may do; the value says who may, as the list of routes prints it."""

    TAKE_PART = "signed in"
    REVIEW = "mentor or organiser"
    ORGANISE = "organiser"
    RECRUIT = "recruiter"
    ENTRUST = "organiser or administrator"
    VOUCH = "relay or organiser or administrator"


def _holding(*rights: Right) -> Callable[[Member], bool]:
    return lambda member: any(member.holds(right) for right in rights)


MAY: dict[Permission, Callable[[Member], bool]] = {
    Permission.TAKE_PART: lambda member: True,
    Permission.REVIEW: _holding(Right.MENTOR, Right.ORGANISER),
    Permission.ORGANISE: _holding(Right.ORGANISER),
    Permission.RECRUIT: _holding(Right.RECRUITER),
    Permission.ENTRUST: _holding(Right.ORGANISER, Right.ADMINISTRATOR),
    Permission.VOUCH: _holding(Right.RELAY, Right.ORGANISER, Right.ADMINISTRATOR),
}
"""Who may do what, over something; over what, the `*_for` queries decide, and GIVES for rights themselves."""

GIVES: dict[Right, Callable[[Member, Scope, int | None], bool]] = {
    Right.MENTOR: lambda member, scope, over: over is not None and member.holds_over(Right.ORGANISER, scope, over),
    Right.ORGANISER: lambda member, scope, over: (
        member.holds(Right.ADMINISTRATOR) or (over is not None and member.holds_over(Right.ORGANISER, scope, over))
    ),
    Right.RECRUITER: lambda member, scope, over: MAY[Permission.ENTRUST](member),
    Right.ADMINISTRATOR: lambda member, scope, over: member.holds(Right.ADMINISTRATOR),
    Right.RELAY: lambda member, scope, over: MAY[Permission.ENTRUST](member),
}
"""Who may give a right over a thing, and take it back. Over everything, administrators alone organise others."""


WANT_SECOND_FACTOR = frozenset({Right.ORGANISER, Right.RECRUITER, Right.ADMINISTRATOR})
"""Rights that sleep, where the operator asks for a second factor, until somebody signs in with one."""


def half_awake(member: Member) -> Member:
    """The person without the rights that want a second factor."""
    return replace(member, rights=tuple(held for held in member.rights if held.right not in WANT_SECOND_FACTOR))


def is_live(given_until: datetime | None, now: datetime) -> bool:
    """An expiry is a comparison: nothing has to run for it to hold."""
    return given_until is None or given_until > now


def covers(since_on: date, until_on: date | None, today: date) -> bool:
    """Whether an affiliation holds on a day; both ends belong to it."""
    return since_on <= today and (until_on is None or until_on >= today)
