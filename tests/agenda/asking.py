"""How tests ask for calendars and read what they get."""

from collections.abc import Callable

from httpx2 import Response
from icalendar import Calendar
from sqlmodel import Session, select

from sprint.agenda.queries.rows import feed_owner
from sprint.agenda.rules import FEED
from sprint.database import Database
from sprint.people.tables import Person
from sprint.programme.tables import Slot
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.browser import Browser

Opens = Callable[..., Browser]
EDITION, TRACK = "/sprint-2027/agenda.ics", "/sprint-2027/parcours/keycloak.ics"


def fetched(browser: Opens, address: str, **headers: str) -> Response:
    return browser().client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def own_address(database: Database, settings: Settings, person: Person) -> str:
    with database.reading() as db:
        owner = feed_owner(db, person.id or 0)
    assert owner is not None
    return f"/agenda/{seal(settings, FEED, owner.person_id, owner.generation)}.ics"


def events(response: Response) -> list[tuple[str, str, str]]:
    """(title, start, status) of each event."""
    assert (response.status_code, response.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return [(str(one["SUMMARY"]), one["DTSTART"].to_ical().decode(), str(one["STATUS"])) for one in found]


def slot_called(db: Session, title: str) -> Slot:
    return db.exec(select(Slot).where(Slot.title == title)).one()
