"""What a visit leaves although GET decides nothing: each its own short transaction, kept whatever the answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.exceptions import HTTPException

from sprint import sessions
from sprint.database import Database
from sprint.sessions import SEEN_EVERY, OpenSession
from sprint.web.visit import Visit

Left = TypeVar("Left")
log = structlog.get_logger("sprint.traces")


def leave(database: Database, write: Callable[[Session], Left]) -> Left:
    """Write what must be known before the page is shown, in a short transaction of its own; not written, not shown (503)."""
    try:
        with database.writing() as db:
            return write(db)
    except SQLAlchemyError as error:
        log.error("trace not written", error=type(error).__name__)
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"}) from None


def seen(database: Database, session: OpenSession, visit: Visit) -> None:
    """Note that a session is in use, every five minutes at most; skipped when the writing door is busy."""
    if visit.now - session.seen_at < SEEN_EVERY:
        return
    try:
        with database.writing_if_free() as db:
            if db is not None:
                sessions.touch(db, session.id, visit.now)
    except SQLAlchemyError as error:
        log.warning("trace skipped", trace="seen", error=type(error).__name__)
