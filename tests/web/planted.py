"""The application with routes of the tests' own beside the real ones: pages that fail in every way the frame must bear."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from sprint.app import specs
from sprint.database import Database
from sprint.people.tables import Organisation
from sprint.refusal import Refusal, Refused
from sprint.settings import Settings
from sprint.site.pages import public
from sprint.web.audience import ANYONE
from sprint.web.frame import Frame
from sprint.web.headers import Language, RequestLog, SecurityHeaders
from sprint.web.page import Go, Plain, RouteSpec
from sprint.web.visit import Visit
from sprint.words import say


def _written(visit: Visit) -> None:
    visit.db.add(Organisation(slug="planted", name="Planted"))
    visit.db.flush()


def bug(visit: Visit) -> Plain:
    raise ZeroDivisionError("a secret of the code")


def busy(visit: Visit) -> Plain:
    raise OperationalError("SELECT secret", {}, Exception("database is locked"))


def writing_reader(visit: Visit) -> Plain:
    _written(visit)
    return Plain("written", "text/plain")


def well(visit: Visit) -> Go:
    _written(visit)
    return Go("home", says=say("C’est fait."))


def twice(visit: Visit) -> Go:
    _written(visit)
    visit.db.add(Organisation(slug="planted", name="Again"))
    return Go("home")


def refused(visit: Visit) -> Go:
    _written(visit)
    raise Refused(Refusal("x", say("Un motif")))


def not_found(visit: Visit) -> Go:
    _written(visit)
    raise HTTPException(404)


def broken(visit: Visit) -> Go:
    _written(visit)
    raise ZeroDivisionError


def quiet_failure(visit: Visit) -> Plain:
    _written(visit)
    return Plain("no", "text/plain", status=400)


GETS = {"bug": bug, "busy": busy, "writing_reader": writing_reader}
POSTS = {
    "well": well,
    "twice": twice,
    "refused": refused,
    "not_found": not_found,
    "broken": broken,
    "quiet_failure": quiet_failure,
}


@contextmanager
def planted(settings: Settings, database: Database) -> Iterator[TestClient]:
    """A client of the application with `/plant/<name>` for each of the functions above."""
    own = [RouteSpec("GET", f"/plant/{name}", name, ANYONE, function) for name, function in GETS.items()]
    own += [
        RouteSpec("POST", f"/plant/{name}", name, ANYONE, function, shows="home") for name, function in POSTS.items()
    ]
    frame = Frame(settings, database, [*own, *specs(demo=True)], public.furnish)
    inner = Starlette(
        routes=frame.routes(),
        exception_handlers={HTTPException: frame.on_http_exception, Exception: frame.on_bug},
    )
    app = RequestLog(SecurityHeaders(Language(inner), settings))
    with TestClient(app, base_url=settings.base_url, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
