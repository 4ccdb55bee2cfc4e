"""`python -m sprint COMMAND`: what operators run."""

import typer

from sprint.commands.check import check
from sprint.commands.import_edition import import_commands
from sprint.commands.messages import messages
from sprint.commands.migrate import migrate
from sprint.commands.purge import purge
from sprint.commands.role import role
from sprint.commands.run import run
from sprint.commands.tick import tick
from sprint.commands.worker import worker

cli = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for command in (run, migrate, worker, tick, check, messages, purge):
    cli.command()(command)
cli.add_typer(import_commands, name="import")
cli.add_typer(role, name="role")

if __name__ == "__main__":
    cli()
