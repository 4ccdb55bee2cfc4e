"""`python -m sprint run`: migrates, then serves; with `--demo` it makes a demonstration first."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from sprint.clock import now
from sprint.commands.migrate import bring_up_to_date
from sprint.database import Database
from sprint.demo import build_demo
from sprint.settings import Settings, SettingsError, read_settings
from sprint.web import measures

VAR = Path("var")


def run(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="web processes; more than one wants PostgreSQL")] = 1,
    demo: Annotated[bool, typer.Option("--demo", help="a demonstration on this machine, with invented people")] = False,
) -> None:
    """Bring the database up to date and serve."""
    if demo:
        _demo_environment(port)
    try:
        settings = read_settings()
    except SettingsError as error:
        typer.echo(f"The settings do not hold together:\n{error}", err=True)
        raise typer.Exit(2) from None
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


def _demo_environment(port: int) -> None:
    """What a demonstration needs and the environment does not say; the workers read it from there too."""
    VAR.mkdir(exist_ok=True)
    secret = VAR / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
    os.environ.setdefault("SPRINT_DEMO", "1")
    os.environ.setdefault("SPRINT_SECRET", secret.read_text().strip())
    os.environ.setdefault("SPRINT_BASE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("SPRINT_DATABASE_URL", f"sqlite:///{VAR / 'demo.db'}")
    os.environ.setdefault("SPRINT_CONTACT", "equipe@sprint.example")
    os.environ.setdefault("SPRINT_LOG", "console")


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
