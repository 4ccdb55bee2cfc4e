"""Searching the pool: one page of cards and every count of every facet, each one query, after exclusions."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, select, true
from sqlmodel import Session, or_

from sprint.talents.queries.cards import PROFILE, Card, agreed_with, card_of, card_statement, seen_by
from sprint.talents.rules.facets import GROUPS, Wish
from sprint.talents.rules.labels import Availability
from sprint.talents.rules.recruiting import Recruiter
from sprint.talents.search import SHUFFLE, patterns, seed_of
from sprint.talents.tables import Visibility

SOON = timedelta(days=92)


def found_cards(
    db: Session, recruiter: Recruiter, wish: Wish, now: datetime, today: date, offset: int, limit: int
) -> list[Card]:
    """One page of what the recruiter finds, in the order drawn for the day. One query."""
    order = (PROFILE.c.shuffle * literal(seed_of(today))) % literal(SHUFFLE)
    statement = (
        card_statement(PROFILE, agreed_with(recruiter), now)
        .where(seen_by(recruiter, now), _says(wish), *(_any_of(name, wish, today) for name in GROUPS))
        .order_by(order, PROFILE.c.key)
        .offset(offset)
        .limit(limit)
    )
    return [card_of(row, today) for row in db.connection().execute(statement)]


def counts(
    db: Session, recruiter: Recruiter, wish: Wish, now: datetime, today: date
) -> tuple[int, dict[tuple[str, str], int]]:
    """How many profiles answer, and how many each value of each facet would give with what the others ask. One query."""
    asked = {name: _any_of(name, wish, today) for name in GROUPS}
    sums: dict[tuple[str, str], ColumnElement[Any]] = {}
    for name, (_, values) in GROUPS.items():
        others = [condition for other, condition in asked.items() if other != name]
        sums |= {(name, value): _sum(and_(true(), *others, _is(name, value, today))) for value in values}
    statement = (
        select(_sum(and_(true(), *asked.values())), *sums.values())
        .select_from(PROFILE)
        .where(seen_by(recruiter, now), _says(wish))
    )
    total, *numbers = db.connection().execute(statement).one()
    return total, dict(zip(sums, numbers, strict=True))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _says(wish: Wish) -> ColumnElement[bool]:
    """Every word asked is among the words recruiters may read."""
    words = PROFILE.c.search_words
    return and_(true(), *(or_(*(words.like(one) for one in forms)) for forms in patterns(wish.words)))


def _any_of(name: str, wish: Wish, today: date) -> ColumnElement[bool]:
    chosen = wish.of(name)
    return or_(*(_is(name, value, today) for value in chosen)) if chosen else true()


def _is(name: str, value: str, today: date) -> ColumnElement[bool]:
    """Whether a profile has a value of a facet, in a field that every recruiter may read: a hidden one counts nowhere."""
    readers = PROFILE.c["region_for" if name == "region" else "contracts_for"]
    return and_(readers == Visibility.RECRUITERS, _has[name](value, today))


def _is_free(value: str, today: date) -> ColumnElement[bool]:
    free, soon = PROFILE.c.available_on <= today, PROFILE.c.available_on <= today + SOON
    return {Availability.NOW: free, Availability.SOON: and_(not_(free), soon), Availability.LATER: not_(soon)}[
        Availability(value)
    ]


_has: Mapping[str, Any] = {
    "contrat": lambda value, _today: PROFILE.c.contracts.like(f"% {value} %"),
    "disponibilite": _is_free,
    "region": lambda value, _today: PROFILE.c.region == value,
}
