"""One edition of two days, two tracks, three people: what the tests of letters happen in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session

from sprint.database import Database
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.programme.tables import Day, Edition, Track
from sprint.registrations.tables import Mode, TrackCapacity
from sprint.settings import Settings
from tests.makers import LONG_AGO
from tests.relay import Relay

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
DAYS = (date(2027, 3, 16), date(2027, 3, 17))


@dataclass(frozen=True)
class Scene:
    """Ada, Barbara and Claude, who organises; `keycloak` has one seat on site a day, `onyxia` ten at a distance too."""

    edition_id: int
    days: tuple[int, int]
    keycloak: Track
    onyxia: Track
    ada: int
    barbara: int
    claude: int


def a_scene(database: Database) -> Scene:
    with database.writing() as db:
        edition = Edition(
            slug="sprint-2027", name="Sprint 2027", timezone="Europe/Paris", place="Paris", announced_at=LONG_AGO
        )
        people = [
            Person(name="Ada Lovelace", email="ada@example.org", created_at=NOW),
            Person(name="Barbara Liskov", email="barbara@example.org", language="en", created_at=NOW),
            Person(name="Claude Ferrand", email="claude@example.org", created_at=NOW),
        ]
        _add(db, edition, *people)
        ada, barbara, claude = (person.id or 0 for person in people)
        days = [Day(edition_id=edition.id, on=on) for on in DAYS]
        keycloak = Track(edition_id=edition.id, slug="keycloak", name="Installer Keycloak")
        onyxia = Track(edition_id=edition.id, slug="onyxia", name="Onyxia")
        right = Grant(
            person_id=claude,
            right=Right.ORGANISER,
            scope_kind=Scope.EDITION,
            scope_id=edition.id,
            given_at=NOW,
            confirmed_at=NOW,
        )
        _add(db, *days, keycloak, onyxia, right)
        for day in days:
            _add(db, _seats(keycloak, day, Mode.SITE, 1), _seats(onyxia, day, Mode.SITE, 10))
            _add(db, _seats(onyxia, day, Mode.REMOTE, 10))
        first, second = (day.id or 0 for day in days)
        return Scene(edition.id or 0, (first, second), keycloak, onyxia, ada, barbara, claude)


def _add(db: Session, *rows: object) -> None:
    db.add_all(rows)
    db.flush()


def _seats(track: Track, day: Day, mode: Mode, seats: int) -> TrackCapacity:
    return TrackCapacity(track_id=track.id, day_id=day.id, mode=mode, seats=seats)


def some_settings(relay: Relay | None = None, **others: object) -> Settings:
    """Settings that post to the relay at once; without one, those of a demonstration."""
    values: dict[str, object] = {"secret": "s" * 32, "demo": "1", "letter_delay_seconds": 0, "lease_seconds": 5}
    if relay is not None:
        values |= {"demo": "", "smtp_host": "127.0.0.1", "smtp_port": relay.port, "smtp_tls": "none"}
    return Settings.model_validate(values | others)
