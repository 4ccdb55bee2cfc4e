"""The bare page: in one worker thread, the statements a page of Sprint ran, then as many bytes. No template, no rules.

The statements are run as text through the same engine and the same reading door (`exec_driver_sql`): no statement is built,
no row is made into anything. That is a stricter bar than the same statement objects through SQLAlchemy would be.

Two pages are recorded for each of ours, because ours keep things: at `/0/first` the statements of somebody's first visit
after a change, at `/0/again` those of the next visit. The second does least and so asks most of ours.
"""

import json
import os
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from sprint.app import build
from sprint.database import Database
from sprint.settings import read_settings

Statement = tuple[str, object]
VISITS = ("first", "again")


def create() -> ASGIApp:
    """Record each page of the plan twice, then serve the statements of both visits."""
    settings = read_settings()
    database = Database(settings.database_url, settings.threads)
    recorded = {}
    for number, page in enumerate(json.loads(Path(os.environ["BENCH_PLAN"]).read_text())):
        # A new application for each: nothing is kept from the page before.
        app = build(settings, database, with_worker=False)
        recorded |= {(number, visit): _record(app, database, **page) for visit in VISITS}
    limiter = CapacityLimiter(settings.threads)

    async def bare(request: Request) -> Response:
        statements, size = recorded[request.path_params["number"], request.path_params["visit"]]
        await to_thread.run_sync(partial(_run, database, statements), limiter=limiter)
        return HTMLResponse(b"x" * size)

    async def number_of_statements(request: Request) -> Response:
        return PlainTextResponse(str(len(recorded[request.path_params["number"], request.path_params["visit"]][0])))

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    routes = [Route("/{number:int}/{visit}", bare), Route("/{number:int}/{visit}/statements", number_of_statements)]
    return Starlette(routes=[Route("/sante", health), *routes])


def _record(app: ASGIApp, database: Database, *, address: str, cookie: str) -> tuple[list[Statement], int]:
    statements: list[Statement] = []

    def note(_connection: object, _cursor: object, text: str, values: object, *_others: object) -> None:
        statements.append((text, values))

    client = TestClient(app, base_url=read_settings().base_url, headers={"accept-encoding": "identity"})
    if cookie:
        client.cookies.set("sprint", cookie)
    event.listen(database.readers, "before_cursor_execute", note)
    answer = client.get(address)
    event.remove(database.readers, "before_cursor_execute", note)
    assert answer.status_code == 200, (address, answer.status_code)
    return [one for one in statements if one[0].startswith("SELECT")], len(answer.content)


def _run(database: Database, statements: list[Statement]) -> None:
    with database.reading() as db:
        connection = db.connection()
        for text, values in statements:
            connection.exec_driver_sql(text, values).fetchall()
