"""Acts of the team that may be taken back, as the journal has them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlmodel import Session, col, or_, select

from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.programme.tables import Day, Track
from sprint.registrations.doings import Undoable
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.undoing import OF_SEATS, TOUCHING, TeamAct, Trace, is_undone, team_act, touched

DONE = [kind.value for kind in OF_SEATS]
SEEN = [*(kind.value for kind in TOUCHING), RegistrationFact.UNDONE.value]
MOST = 20
"""Acts of the last two minutes a page looks at."""


def act_numbered(db: Session, edition_id: int, number: int) -> TeamAct | None:
    """The act of the edition whose first fact has this number, if the team may do such a thing. One query."""
    same = select(Fact.act).where(Fact.id == number, Fact.edition_id == edition_id).scalar_subquery()
    traces = _traces(db, col(Fact.act) == same)
    return team_act(traces) if traces and traces[0].id == number else None


def later_than(db: Session, edition_id: int, act: TeamAct) -> list[Trace]:
    """What happened in the edition since the act, as far as it may concern it. One query."""
    of_people = col(Fact.person_id).in_(act.person_ids)
    return _traces(
        db,
        col(Fact.edition_id) == edition_id,
        col(Fact.id) > act.traces[-1].id,
        or_(of_people, col(Fact.kind).in_(SEEN)),
    )


def is_anybody_gone(db: Session, person_ids: Iterable[int]) -> bool:
    """Whether somebody of them had their account erased. One query."""
    gone = select(Person.id).where(col(Person.id).in_(list(person_ids)), col(Person.erased_at).is_not(None))
    return db.exec(gone.limit(1)).first() is not None


def undoable(db: Session, edition_id: int, lasts: timedelta, now: datetime) -> list[Undoable]:
    """What the team did a moment ago and nothing has touched since, the latest first. One query, two when there is something."""
    recent = (col(Fact.edition_id) == edition_id, col(Fact.at) > now - lasts)
    # Whoever registers does so for themselves: a rush of them is not read.
    by_team = or_(
        col(Fact.person_id).is_(None),
        col(Fact.person_id) != Fact.actor_id,
        col(Fact.detail)["reason"].as_string().is_not(None),
    )
    acts = select(Fact.act).where(*recent, col(Fact.kind).in_(DONE), col(Fact.actor_id).is_not(None), by_team)
    traces = _traces(db, col(Fact.act).in_(acts.distinct()))
    found = [act for one in _by_act(traces) if (act := team_act(one)) is not None][-MOST:]
    if not found:
        return []
    every = _traces(db, col(Fact.edition_id) == edition_id, col(Fact.id) > found[0].number)
    return [Undoable(act, act.at + lasts) for act in reversed(found) if not _is_past(act, every)]


def _is_past(act: TeamAct, every: Sequence[Trace]) -> bool:
    later = [one for one in every if one.id > act.traces[-1].id]
    return is_undone(act, later) or bool(touched(act, later))


def _by_act(traces: Sequence[Trace]) -> list[list[Trace]]:
    in_acts = sorted(traces, key=lambda one: one.act)
    acts = [list(group) for _, group in groupby(in_acts, key=lambda one: one.act)]
    return sorted(acts, key=lambda act: act[0].id)


def _traces(db: Session, *where: Any) -> list[Trace]:
    rows = db.exec(
        select(  # type: ignore[call-overload]
            Fact.id, Fact.act, Fact.kind, Fact.at, Fact.actor_id, Fact.person_id, Fact.track_id, Fact.day_id, Fact.detail,
            Person.name, Person.email, Track.name, Track.slug, Day.on,
        )
        .join(Person, col(Person.id) == Fact.person_id, isouter=True)
        .join(Track, col(Track.id) == Fact.track_id, isouter=True)
        .join(Day, col(Day.id) == Fact.day_id, isouter=True)
        .where(*where)
        .order_by(col(Fact.id))
    ).all()  # fmt: skip
    return [
        Trace(*fact, person=name or "", has_address=bool(email), track=track or "", track_slug=slug or "", on=on)
        for *fact, name, email, track, slug, on in rows
    ]
