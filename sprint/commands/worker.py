"""`python -m sprint worker`: does owed work in a process of its own, for SPRINT_WORKER=apart."""

import signal
from types import FrameType

from sprint.commands.at_hand import settings_at_hand
from sprint.database import Database
from sprint.worker import worker_of


def worker() -> None:
    """Do owed work (letters) and duties until SIGTERM or Ctrl-C; the job in hand is finished first."""
    settings = settings_at_hand()
    database = Database(settings.database_url, settings.threads)
    at_work = worker_of(database, settings)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        at_work.ask_to_stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        at_work.run()
    finally:
        database.close()
