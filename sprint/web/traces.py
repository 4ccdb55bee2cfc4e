"""What a visit leaves although GET decides nothing: each its own short transaction, kept whatever the answer."""

import structlog
from sqlalchemy.exc import OperationalError

from sprint import sessions
from sprint.database import Database
from sprint.sessions import SEEN_EVERY, OpenSession
from sprint.web.visit import Visit

log = structlog.get_logger("sprint.traces")


def seen(database: Database, session: OpenSession, visit: Visit) -> None:
    """Note that a session is in use, every five minutes at most; skipped when the writing door is busy."""
    if visit.now - session.seen_at < SEEN_EVERY:
        return
    try:
        with database.writing_if_free() as db:
            if db is not None:
                sessions.touch(db, session.id, visit.now)
    except OperationalError as error:
        log.warning("trace skipped", trace="seen", error=type(error.orig).__name__)
