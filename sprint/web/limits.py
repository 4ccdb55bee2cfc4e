"""How often something may be tried: counted in the database, for all processes, and kept whatever becomes of the request."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sprint import sessions
from sprint.clock import now
from sprint.database import Database
from sprint.sessions import count_attempt
from sprint.web.cookies import SESSION, TRIES, Jar
from sprint.web.page import SetCookie
from sprint.web.traces import leave

WINDOW = timedelta(minutes=5)
PER_PERSON = 10
"""Of one account, or of one browser that nobody is signed in with."""
PER_ADDRESS = 300
"""A ministry or a room full of people is one network address."""
REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True)
class Tries:
    """Who tries: hashes that say nothing, and the cookie by which the browser is known next time."""

    person: str
    address: str
    cookie: SetCookie


def count(database: Database, jar: Jar, request: Request, what: str) -> SetCookie:
    """Count one try of `what` before anything else is done; gives the cookie for the answer.

    In a short transaction of its own, so that a refused request counts too. Raises HTTPException 429 beyond the limits.
    """
    moment = now()
    tries = _who(database, jar, request, what, moment)
    numbers = leave(
        database, lambda db: tuple(count_attempt(db, who, WINDOW, moment) for who in (tries.person, tries.address))
    )
    if numbers[0] > PER_PERSON or numbers[1] > PER_ADDRESS:
        wait = str(int(WINDOW.total_seconds()))
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": wait})
    return tries.cookie


def _who(database: Database, jar: Jar, request: Request, what: str, moment: datetime) -> Tries:
    browser = request.cookies.get(jar.name(TRIES), "")
    browser = browser if len(browser) == 22 and browser.isascii() else secrets.token_urlsafe(16)
    token = request.cookies.get(jar.name(SESSION), "")
    with database.reading() as db:
        session = sessions.arrival(db, token, moment, jar.settings.session_idle).session
    person = f"person {session.person_id}" if session else f"browser {browser}"
    address = request.client.host if request.client else ""
    # The salt changes every day: what is counted today cannot be told from what was counted yesterday.
    day = moment.astimezone(UTC).date().isoformat()
    hashes = (_hashed(jar, f"{what} {day} {who}") for who in (person, f"address {address}"))
    return Tries(*hashes, SetCookie(TRIES, browser, int(REMEMBERED.total_seconds())))


def _hashed(jar: Jar, who: str) -> str:
    secret = jar.settings.secret.get_secret_value().encode()
    return hmac.new(secret, who.encode(), hashlib.sha256).hexdigest()
