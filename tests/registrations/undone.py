"""Acts of the team on a stage, a second apart, each giving the number of its first fact; and all that they may change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from sprint.journal import Fact, new_act
from sprint.refusal import Refused
from sprint.registrations.actions import (
    Acceptance,
    Move,
    Seats,
    accept_by_team,
    cancel_by_team,
    move_by_team,
    set_seats,
    undo,
)
from sprint.registrations.queries import offers
from sprint.registrations.queries.reassigning import Asked, ahead_of
from sprint.registrations.queries.undoing import act_numbered
from sprint.registrations.rules import Why
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity
from sprint.registrations.undoing import LASTS
from tests.registrations.soundness import forgotten, miscounted, rows_of, seated_twice
from tests.registrations.stage import SITE, TUESDAY, Stage, a_token

SECOND = timedelta(seconds=1)


def last_fact(stage: Stage) -> int:
    with stage.database.reading() as db:
        return db.exec(select(Fact.id).order_by(col(Fact.id).desc()).limit(1)).first() or 0


def by_team(stage: Stage, act: Callable[[Any, int, Any], object]) -> int:
    """Do something as announced, whatever number that was; 0 when it is refused for another reason."""
    organiser, before = stage.person("organiser"), last_fact(stage)
    for foreseen in range(12):
        stage.now += SECOND
        try:
            with stage.database.writing() as db:
                act(db, foreseen, organiser)
        except Refused as refused:
            if str(refused) == "changed_meanwhile" or str(refused) == "to_confirm":
                continue
            return 0
        with stage.database.reading() as db:
            return db.exec(select(Fact.id).where(col(Fact.id) > before).order_by(col(Fact.id)).limit(1)).first() or 0
    return 0


def cancelling(stage: Stage, *ids: int) -> int:
    return by_team(
        stage, lambda db, seen, who: cancel_by_team(db, stage.edition_id, ids, Why.TWICE, seen, stage.now, who)
    )


def moving(
    stage: Stage, key: int, track: str, day: int = TUESDAY, mode: Mode = SITE, state: State = State.CONFIRMED
) -> int:
    to = Move(key, stage.tracks[track].id or 0, stage.days[day], mode, state, Why.TOGETHER)
    once = a_token()
    return by_team(stage, lambda db, seen, who: move_by_team(db, stage.edition_id, to, seen, once, stage.now, who))


def accepting(stage: Stage, key: int) -> int:
    with stage.database.reading() as db:
        row = db.get_one(Registration, key)
        ahead = len(ahead_of(db, Asked(key, stage.edition_id, row.track_id, row.day_id, row.mode)))
        offered = {(one.day_id, one.mode): one.seats for one in offers(db, [row.track_id])}
    seats = offered.get((row.day_id, row.mode), 0)
    return by_team(
        stage,
        lambda db, seen, who: accept_by_team(
            db, stage.edition_id, key, Acceptance(Why.SKILLS, seats, ahead, ahead, seen), stage.now, who
        ),
    )


def setting(stage: Stage, track: str | None, seats: int | None, day: int = TUESDAY, mode: Mode = SITE) -> int:
    wish = Seats(stage.tracks[track].id if track else None, stage.days[day], mode, seats)
    act = new_act()
    return by_team(
        stage,
        lambda db, seen, who: set_seats(db, stage.edition_id, [wish], stage.now, act=act, actor_id=who, foreseen=seen),
    )


def undone(stage: Stage, number: int, after: timedelta = SECOND) -> bool:
    organiser = stage.person("organiser")
    with stage.database.writing() as db:
        act = act_numbered(db, stage.edition_id, number)
        assert act is not None
        return undo(db, stage.edition_id, act, LASTS, stage.now + after, organiser)


def against(stage: Stage, number: int, after: timedelta = SECOND) -> list[str]:
    """Why it is not undone; nothing is changed then."""
    before = dump(stage), stage.acts()
    with pytest.raises(Refused) as caught:
        undone(stage, number, after)
    assert (dump(stage), stage.acts()) == before
    return sorted(reason.code for reason in caught.value.reasons)


def id_of(stage: Stage, name: str, track: str, day: int = TUESDAY) -> int:
    return stage.number_of(name, track, day)


def dump(stage: Stage, until: int = 10**9) -> list[object]:
    """Every registration up to a number, with all that is not for calendars, and every counter."""
    with stage.database.reading() as db:
        rows = db.exec(
            select(Registration)
            .where(Registration.edition_id == stage.edition_id, col(Registration.id) <= until)
            .order_by(col(Registration.id))
        ).all()
        of_tracks = db.exec(select(TrackCapacity).where(col(TrackCapacity.day_id).in_(stage.days))).all()
        of_days = db.exec(select(DayCapacity).where(col(DayCapacity.day_id).in_(stage.days))).all()
    kept = [row.model_dump(exclude={"revision", "revised_at"}) for row in rows]
    tracks = sorted((one.track_id, one.day_id, one.mode, one.seats, one.taken) for one in of_tracks)
    return [kept, tracks, sorted((one.day_id, one.mode, one.seats, one.taken) for one in of_days)]


def last_row(stage: Stage) -> int:
    with stage.database.reading() as db:
        return db.exec(select(Registration.id).order_by(col(Registration.id).desc()).limit(1)).first() or 0


def live_after(stage: Stage, number: int) -> int:
    """How many registrations made after that one live."""
    with stage.database.reading() as db:
        later = select(Registration.id).where(
            Registration.edition_id == stage.edition_id,
            col(Registration.id) > number,
            col(Registration.ended_at).is_(None),
        )
        return len(db.exec(later).all())


def wrong(stage: Stage, *, is_paused: bool = False) -> list[str]:
    rows = rows_of(stage.database, stage.edition_id)
    return [*miscounted(rows), *seated_twice(rows), *([] if is_paused else forgotten(rows))]
