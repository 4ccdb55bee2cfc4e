"""`import edition FILE`: read a whole edition, say what that changed, or every fault of the file."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sprint.clock import now
from sprint.commands.at_hand import base_at_hand
from sprint.languages import speak
from sprint.preparation.actions import import_edition
from sprint.preparation.reading import read_edition
from sprint.preparation.reading.source import LARGEST
from sprint.preparation.report import Report, Tally
from sprint.refusal import Refusal, Refused
from sprint.words import Words, say, say_count

import_commands = typer.Typer(help="Read data into the site.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="JSON file of an edition", metavar="FILE")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object")]


@import_commands.callback()
def _group() -> None:
    """Read data into the site."""


@import_commands.command("edition")
def edition(file: File, as_json: AsJson = False) -> None:
    """Import a whole edition: all of it or nothing; a second time changes nothing."""
    try:
        report = imported(file)
    except Refused as refused:
        typer.echo(_faults_json(refused.reasons) if as_json else "\n".join(fault_lines(file, refused.reasons)))
        raise typer.Exit(1) from None
    typer.echo(_report_json(report) if as_json else "\n".join(report_lines(report)))


def imported(file: Path) -> Report:
    """Read and import the file. Raises Refused with every fault."""
    content = _content(file)
    edition_file = read_edition(content)
    with base_at_hand(make=True) as database, database.writing() as db:
        return import_edition(db, edition_file, now())


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        words = say("ne peut pas être lu (%(why)s)", why=error.strerror or str(error))
        raise Refused(Refusal("unreadable", words)) from None


def fault_lines(file: Path, reasons: tuple[Refusal, ...]) -> list[str]:
    """One line a fault, then how many; a fault of the whole file stands at its name."""
    lines = [f"{reason.place or file.name}: {speak(reason.words)}" for reason in reasons]
    total = say_count(
        "Rien n’a été importé : %(number)s erreur.", "Rien n’a été importé : %(number)s erreurs.", len(reasons)
    )
    return [*lines, speak(total)]


def _faults_json(reasons: tuple[Refusal, ...]) -> str:
    faults = [{"place": reason.place, "code": reason.code, "reason": speak(reason.words)} for reason in reasons]
    return json.dumps({"imported": False, "faults": faults}, ensure_ascii=False)


def _report_json(report: Report) -> str:
    return json.dumps({"imported": True, "changed": report.changed, **asdict(report)}, ensure_ascii=False)


def report_lines(report: Report) -> list[str]:
    """What a person at the terminal reads."""
    counted = (
        (say("édition %(slug)s", slug=report.slug), report.edition),
        (say("jours"), report.days),
        (say("parcours"), report.tracks),
        (say("créneaux"), report.slots),
        (say("nombres de places"), report.seats),
    )
    lines = [_tally(what, tally) for what, tally in counted]
    lines.append(say_count("%(number)s dépôt nouveau", "%(number)s dépôts nouveaux", report.repositories))
    if report.promoted:
        lines.append(
            say_count(
                "%(number)s personne qui attendait a une place",
                "%(number)s personnes qui attendaient ont une place",
                report.promoted,
            )
        )
    if report.left:
        lines.append(say("laissés tels quels, absents du fichier : %(left)s", left=", ".join(report.left)))
    if not report.changed:
        lines.append(say("Rien à changer."))
    return [speak(line) for line in lines]


def _tally(what: Words, tally: Tally) -> Words:
    return say(
        "%(what)s : %(made)s, %(changed)s, %(unchanged)s",
        what=what,
        made=say_count("%(number)s ajout", "%(number)s ajouts", tally.made),
        changed=say_count("%(number)s modification", "%(number)s modifications", tally.changed),
        unchanged=say_count("%(number)s inchangé", "%(number)s inchangés", tally.unchanged),
    )
