"""`python -m sprint tick`: does once what is owed and due, and says what it did."""

import json
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

import typer

from sprint import clock, duties
from sprint.commands.at_hand import settings_at_hand
from sprint.database import Database
from sprint.jobs import ripe_jobs
from sprint.settings import Settings
from sprint.worker import Worker, worker_of


@dataclass(frozen=True)
class Line:
    """One duty or one job: done, failed, or only due when nothing was to be done."""

    what: str
    kind: str
    about: str
    outcome: str
    error: str = ""

    def __str__(self) -> str:
        return " ".join(
            filter(None, (self.outcome, self.what, self.kind, self.about, self.error and f"({self.error})"))
        )


def tick(
    at: Annotated[str, typer.Option(help="pretend that it is this moment, as 2027-03-16T09:30+01:00")] = "",
    dry_run: Annotated[bool, typer.Option(help="only say what is due")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Do once what is owed and due: duties, then jobs until none is left. Exit status 1 when a job failed."""
    settings = settings_at_hand()
    with clock.at(_moment(at)) if at else nullcontext():
        lines = run_once(settings, dry_run=dry_run)
    for line in lines:
        typer.echo(json.dumps(asdict(line)) if as_json else str(line))
    if not lines and not as_json:
        typer.echo("nothing is due")
    if any(line.outcome == "failed" for line in lines):
        raise typer.Exit(1)


def run_once(settings: Settings, *, dry_run: bool) -> list[Line]:
    """What was done, or with `dry_run` what would be."""
    database = Database(settings.database_url, settings.threads)
    try:
        return (
            _due(database, worker_of(database, settings)) if dry_run else _done(database, worker_of(database, settings))
        )
    finally:
        database.close()


def _due(database: Database, worker: Worker) -> list[Line]:
    with database.reading() as db:
        lines = [Line("duty", duty.kind, _about(due), "due") for duty, due in duties.all_due(db, clock.now())]
        ripe = ripe_jobs(db, worker.handlers, clock.now())
        return lines + [Line("job", job.kind, job.key, "due", job.last_error or "") for job in ripe]


def _done(database: Database, worker: Worker) -> list[Line]:
    lines = [Line("duty", kind, _about(due), "done") for kind, due in duties.do_due(database, clock.now())]
    while (done := worker.do_one()) is not None:
        lines.append(Line("job", done.kind, done.key, "failed" if done.error else "done", done.error))
    return lines


def _about(due: duties.Due) -> str:
    return f"{due.subject} {due.at.isoformat()}".strip()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no moment: write it as 2027-03-16T09:30+01:00", param_hint="--at"
        ) from None
    if moment.tzinfo is None:
        raise typer.BadParameter("a moment needs a time zone: 2027-03-16T09:30+01:00", param_hint="--at")
    return moment
