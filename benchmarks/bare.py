"""The bare page: in one worker thread, the statements a page of Sprint ran, then as many bytes. No template, no rules."""

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


def create() -> ASGIApp:
    """Record each page of the plan once, then serve its statements at `/0`, `/1`, …"""
    settings = read_settings()
    database = Database(settings.database_url, settings.threads)
    plan = json.loads(Path(os.environ["BENCH_PLAN"]).read_text())
    recorded = [_record(build(settings, database, with_worker=False), database, **page) for page in plan]
    limiter = CapacityLimiter(settings.threads)

    async def bare(request: Request) -> Response:
        statements, size = recorded[request.path_params["number"]]
        await to_thread.run_sync(partial(_run, database, statements), limiter=limiter)
        return HTMLResponse(b"x" * size)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/sante", health), Route("/{number:int}", bare)])


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
