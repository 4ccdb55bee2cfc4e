"""`python -m sprint purge`: forgets what has been kept long enough, as retention.toml says."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from sprint.clock import now
from sprint.commands.at_hand import base_at_hand
from sprint.privacy.actions import purge as forget


def purge(
    dry_run: Annotated[bool, typer.Option(help="only say what would go")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Forget what has been kept long enough, and what a restored backup brought back of people already erased."""
    with base_at_hand() as database, database.reading() if dry_run else database.writing() as db:
        gone = forget(db, now(), dry_run=dry_run)
    for one in gone:
        place = ".".join(filter(None, (one.table, one.column)))
        typer.echo(json.dumps(asdict(one)) if as_json else f"{place} {one.number}")
    if not gone and not as_json:
        typer.echo("nothing to forget")
