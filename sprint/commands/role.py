"""`python -m sprint role`: gives and takes back rights, for operators."""

from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import Session

from sprint.account.actions import grant_right, revoke_right
from sprint.account.queries import person_typed
from sprint.clock import now
from sprint.database import Database
from sprint.languages import speak
from sprint.people.tables import Right, Scope
from sprint.programme.queries import edition_called, track_called
from sprint.refusal import Refused
from sprint.settings import read_settings

role = typer.Typer(help="Give and take back rights.", no_args_is_help=True)
Who = Annotated[str, typer.Argument(help="id or e-mail address of the person", metavar="PERSON")]
What = Annotated[Right, typer.Argument(help="the right")]
EditionOption = Annotated[str, typer.Option("--edition", help="only over this edition (slug)")]
TrackOption = Annotated[str, typer.Option("--track", help="only over this track (edition/track)")]


@role.command()
def grant(
    person: Who,
    right: What,
    edition: EditionOption = "",
    track: TrackOption = "",
    until: Annotated[datetime | None, typer.Option(help="until this moment (UTC)")] = None,
) -> None:
    """Give a right."""
    with _base() as database, database.writing() as db:
        person_id, scope, scope_id = _named(db, person, edition, track)
        ends = until.replace(tzinfo=now().tzinfo) if until else None
        try:
            given = grant_right(db, person_id, right, scope, scope_id, now(), until=ends)
        except Refused as refused:
            raise _sorry("; ".join(speak(reason.words) for reason in refused.reasons)) from None
    typer.echo("given" if given else "held already: nothing changed")


@role.command()
def revoke(person: Who, right: What, edition: EditionOption = "", track: TrackOption = "") -> None:
    """Take a right back."""
    with _base() as database, database.writing() as db:
        person_id, scope, scope_id = _named(db, person, edition, track)
        taken = revoke_right(db, person_id, right, scope, scope_id, now())
    typer.echo("taken back" if taken else "not held: nothing changed")


def _base() -> Database:
    return Database(read_settings().database_url)


def _named(db: Session, typed: str, edition: str, track: str) -> tuple[int, Scope, int | None]:
    person = person_typed(db, typed)
    if person is None or person.id is None:
        raise _sorry(f"no person, or several, for {typed}")
    if not edition and not track:
        return person.id, Scope.EVERYTHING, None
    slug, _, track_slug = (track or edition).partition("/")
    found = edition_called(db, slug)
    if found is None:
        raise _sorry(f"no edition {slug}")
    if not track:
        return person.id, Scope.EDITION, found.id
    offered = track_called(db, found.id, track_slug)
    if offered is None:
        raise _sorry(f"no track {track}")
    return person.id, Scope.TRACK, offered.id


def _sorry(why: str) -> typer.Exit:
    typer.echo(why, err=True)
    return typer.Exit(1)
