"""`python -m sprint purge`: forgets what has been kept long enough, as retention.toml says."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from sprint.clock import now
from sprint.database import Database
from sprint.privacy.actions import purge as forget
from sprint.settings import read_settings


def purge(
    dry_run: Annotated[bool, typer.Option(help="only say what would go")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Forget what has been kept long enough, and what a restored backup brought back of people already erased."""
    database = Database(read_settings().database_url)
    try:
        if dry_run:
            with database.reading() as db:
                gone = forget(db, now(), dry_run=True)
        else:
            with database.writing() as db:
                gone = forget(db, now())
    finally:
        database.close()
    for one in gone:
        place = ".".join(filter(None, (one.table, one.column)))
        typer.echo(json.dumps(asdict(one)) if as_json else f"{place} {one.number}")
    if not gone and not as_json:
        typer.echo("nothing to forget")
