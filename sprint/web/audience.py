"""Who may use a route. Declared on every route, a value and not a check in the page; without one there is no route."""

from collections.abc import Callable
from dataclasses import dataclass

from sprint.people.rules import Member
from sprint.people.tables import Right


@dataclass(frozen=True)
class Audience:
    """`admits` answers for the person at hand, or for nobody in particular (None)."""

    name: str
    admits: Callable[[Member | None], bool]


ANYONE = Audience("anyone", lambda member: True)
SIGNED_IN = Audience("signed in", lambda member: member is not None)


def holders_of(*rights: Right) -> Audience:
    """Those who hold one of the rights over something; over what, the `*_for` queries decide."""
    return Audience(
        " or ".join(rights),
        lambda member: member is not None and any(member.holds(right) for right in rights),
    )


ORGANISERS = holders_of(Right.ORGANISER)
