"""Who may use a route. Declared on every route, a value and not a check in the page; without one there is no route."""

from collections.abc import Callable
from dataclasses import dataclass

from sprint.people.rules import MAY, Member, Permission


@dataclass(frozen=True)
class Audience:
    """`admits` answers for the person at hand, or for nobody in particular (None)."""

    name: str
    admits: Callable[[Member | None], bool]


def those_who_may(permission: Permission) -> Audience:
    """Those whom the table of permissions names."""
    return Audience(permission.value, lambda member: member is not None and MAY[permission](member))


ANYONE = Audience("anyone", lambda member: True)
SIGNED_IN = those_who_may(Permission.TAKE_PART)
REVIEWERS = those_who_may(Permission.REVIEW)
ORGANISERS = those_who_may(Permission.ORGANISE)
RECRUITERS = those_who_may(Permission.RECRUIT)
ENTRUSTING = those_who_may(Permission.ENTRUST)
VOUCHING = those_who_may(Permission.VOUCH)
