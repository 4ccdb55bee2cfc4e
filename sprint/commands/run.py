"""`python -m sprint run`: migrates, then serves; with `--demo` it makes a demonstration first."""

import os
import tempfile
from typing import Annotated

import typer
import uvicorn

from sprint.clock import now
from sprint.commands.at_hand import demonstrate, settings_at_hand
from sprint.commands.migrate import bring_up_to_date
from sprint.database import Database
from sprint.demo import build_demo
from sprint.settings import Settings
from sprint.web import measures


def run(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="web processes; more than one wants PostgreSQL")] = 1,
    demo: Annotated[bool, typer.Option("--demo", help="a demonstration on this machine, with invented people")] = False,
) -> None:
    """Bring the database up to date and serve."""
    if demo:
        demonstrate(port)
    settings = settings_at_hand()
    _prepare(settings)
    if settings.demo:
        _say_how_to_sign_in(settings)
    if workers > 1:
        # Each process counts in a file there, so that /metrics tells of all of them whichever answers.
        os.environ.setdefault(measures.SHARED, tempfile.mkdtemp(prefix="sprint-metrics-"))
    proxies = list(settings.trusted_proxies)
    uvicorn.run(
        "sprint.app:create",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=10,
    )


def _prepare(settings: Settings) -> None:
    database = Database(settings.database_url)
    try:
        bring_up_to_date(database)
        if settings.demo and build_demo(database, now()):
            typer.echo("The demonstration is made: a past edition, a coming one, sixty-five invented people.")
    finally:
        database.close()


def _say_how_to_sign_in(settings: Settings) -> None:
    address = settings.base_url
    typer.echo(f"\n  Sprint is at {address}\n")
    typer.echo(f"  To sign in: {address}/connexion, then choose one of the five people:")
    typer.echo("  Ada (agent), Barbara (researcher, mentor), Claude (organiser), Denise (recruiter), Eve (no right).\n")
