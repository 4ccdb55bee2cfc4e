"""What a command works on: the settings of the environment, or the demonstration `make run` left in this folder.

A command that only reads and writes the base asks for its address alone: whoever imports an edition need not know the relay.
"""

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import typer
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from sprint.commands.migrate import bring_up_to_date
from sprint.database import Database
from sprint.languages import speak
from sprint.settings import Settings, SettingsError, database_url, read_settings
from sprint.words import say

VAR = Path("var")
DEMO_BASE = VAR / "demo.db"


def demonstrate(port: int = 8000) -> None:
    """Put into the environment what a demonstration needs and it does not say; the web processes read it from there too."""
    VAR.mkdir(exist_ok=True)
    secret = VAR / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
    os.environ.setdefault("SPRINT_DEMO", "1")
    os.environ.setdefault("SPRINT_SECRET", secret.read_text().strip())
    os.environ.setdefault("SPRINT_BASE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("SPRINT_DATABASE_URL", f"sqlite:///{DEMO_BASE}")
    os.environ.setdefault("SPRINT_CONTACT", "equipe@sprint.example")
    os.environ.setdefault("SPRINT_LOG", "console")


def settings_at_hand() -> Settings:
    """Every setting; when they do not hold together, all faults are said and the command ends with status 2."""
    if _is_demonstration():
        demonstrate()
    try:
        return read_settings()
    except SettingsError as error:
        typer.echo(f"The settings do not hold together:\n{error}", err=True)
        raise typer.Exit(2) from None


@contextmanager
def base_at_hand(*, make: bool = False) -> Generator[Database]:
    """The base of SPRINT_DATABASE_URL; one without any table is given them with `make`, and is refused otherwise."""
    if _is_demonstration():
        demonstrate()
    with Database(database_url()) as database:
        try:
            is_bare = not inspect(database.readers).get_table_names()
        except SQLAlchemyError as error:
            typer.echo(speak(say("la base ne répond pas : %(why)s", why=str(error).splitlines()[0])), err=True)
            raise typer.Exit(2) from None
        if is_bare and make:
            bring_up_to_date(database)
        elif is_bare:
            typer.echo(speak(say("la base est vide : python -m sprint migrate lui donne ses tables")), err=True)
            raise typer.Exit(2)
        yield database


def _is_demonstration() -> bool:
    """Nothing says which base is meant, and there is but the demonstration's here."""
    told = any(f"SPRINT_{name}" in os.environ for name in ("DATABASE_URL", "SECRET", "DEMO"))
    return not told and DEMO_BASE.exists() and not (VAR / "sprint.db").exists()
