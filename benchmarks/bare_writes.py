"""Two bare pages that make the writes of one registration for each comer, and redirect.

`/text/N` runs the statements that write as text: they are recorded in the very process that repeats them, while one person
registers through Sprint; for each request the person, the form's token, the act and the other random texts are others, so
that every row is as new as there. `/model/N` makes the same rows and updates as one writes them with SQLModel: no rule, no
query, no session. Both pass through our own writing door, which commits.
"""

import json
import os
import secrets
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from sqlalchemy import event, update
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from sprint.app import build
from sprint.clock import now
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import FOLLOW_UP, Fact
from sprint.registrations.tables import Registration, State, TrackCapacity
from sprint.settings import Settings, read_settings

Values = tuple[object, ...] | dict[str, object]
RANDOM = 12
"""From this length on a text without spaces or colons is a token."""


def create() -> ASGIApp:
    """Record one registration, then repeat what it wrote."""
    settings, plan = read_settings(), json.loads(Path(os.environ["BENCH_PLAN"]).read_text())
    database = Database(settings.database_url, settings.threads)
    number, statements = _recorded(settings, database, plan)
    recorded = plan["first"] + plan["comers"] + number
    limiter = CapacityLimiter(settings.threads)

    with database.reading() as db:
        model = db.exec(select(Registration).where(Registration.person_id == recorded)).one()

    async def bare(request: Request) -> Response:
        await request.form()
        person = plan["first"] + request.path_params["number"]
        if request.path_params["way"] == "text":
            work = partial(_write, database, statements, {recorded: person})
        else:
            work = partial(_write_model, database, model, person)
        await to_thread.run_sync(work, limiter=limiter)
        return RedirectResponse("/", 303)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/sante", health), Route("/{way}/{number:int}", bare, methods=["POST"])])


def _recorded(settings: Settings, database: Database, plan: dict[str, object]) -> tuple[int, list[tuple[str, Values]]]:
    """Which of the spare people registered here, and what was written: each process takes another one."""
    statements: list[tuple[str, Values]] = []

    def note(_connection: object, _cursor: object, text: str, values: Values, *_others: object) -> None:
        if text.startswith(("INSERT", "UPDATE", "DELETE")):
            statements.append((text, values))

    cookies, number = list(plan["cookies"]), 0  # type: ignore[call-overload]
    client = TestClient(build(settings, database, with_worker=False), base_url=settings.base_url)
    for number, cookie in enumerate(cookies):
        client.cookies.set("sprint", cookie)
        statements.clear()
        event.listen(database.writers, "before_cursor_execute", note)
        form = {"jour": plan["day"], "mode": "site", "once": f"recorded-by-{os.getpid()}"}
        answer = client.post(str(plan["address"]), data=form, follow_redirects=False)  # type: ignore[arg-type]
        event.remove(database.writers, "before_cursor_execute", note)
        if answer.status_code == 303:
            return number, statements
    raise AssertionError("nobody of those spared could register")


def _write(database: Database, statements: list[tuple[str, Values]], other: dict[object, object]) -> None:
    with database.writing() as db:
        connection = db.connection()
        for text, values in statements:
            found = connection.exec_driver_sql(text, _instead(values, other))
            if found.returns_rows:
                found.fetchall()


def _write_model(database: Database, like: Registration, person: int) -> None:
    moment, act = now(), secrets.token_hex(16)
    with database.writing() as db:
        of_track = (
            TrackCapacity.track_id == like.track_id,
            TrackCapacity.day_id == like.day_id,
            TrackCapacity.mode == like.mode,
        )
        free = update(TrackCapacity).where(*of_track, col(TrackCapacity.taken) < TrackCapacity.seats)
        sits = db.exec(free.values(taken=TrackCapacity.taken + 1)).rowcount == 1
        state = State.CONFIRMED if sits else State.WAITING
        db.add(
            Registration(
                person_id=person,
                edition_id=like.edition_id,
                track_id=like.track_id,
                day_id=like.day_id,
                mode=like.mode,
                state=state,
                queued_at=moment,
                confirmed_at=moment if sits else None,
                once=f"model-{person}",
            )
        )
        detail: dict[str, int | str] = {"mode": like.mode.value}
        db.add(Fact(act=act, kind=f"registration.{state}", at=moment, actor_id=person, person_id=person, detail=detail))
        db.add(Job(kind=FOLLOW_UP, key=act, due_at=moment))


def _instead(values: Values, other: dict[object, object]) -> Values:
    if isinstance(values, dict):
        return {name: _one(value, other) for name, value in values.items()}
    return tuple(_one(value, other) for value in values)


def _one(value: object, other: dict[object, object]) -> object:
    is_token = isinstance(value, str) and len(value) >= RANDOM and " " not in value and ":" not in value
    if is_token and value not in other:
        other[value] = secrets.token_hex(len(str(value)) // 2)
    return other.get(value, value)
