"""What the tests of alerts share: an edition that is not open yet, what waits, what left."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlmodel import Session, col, select

from sprint.alerts.tables import Alert
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.programme.tables import Edition
from tests.browser import Browser
from tests.makers import NOW, an_edition
from tests.notices.scene import some_settings
from tests.notices.test_work import work_at
from tests.people import Five
from tests.relay import Relay

OPENS = NOW + timedelta(days=3)
DELAY = timedelta(seconds=120)
GRACE = "grace@example.org"
HERE = "/sprint-2027/prevenir"
Opens = Callable[..., Browser]


def an_edition_ahead(db: Session, slug: str = "sprint-2027", name: str = "Sprint 2027") -> Edition:
    """Announced, and open in three days."""
    return an_edition(db, slug=slug, name=name, opens_at=OPENS)


def put_ahead(database: Database, edition: Edition) -> None:
    """Registration of that edition opens in three days."""
    with database.writing() as db:
        db.get_one(Edition, edition.id).opens_at = OPENS


def proven(database: Database, person: Person) -> Person:
    """The person, whose address was proven."""
    with database.writing() as db:
        db.get_one(Person, person.id).email_verified_at = NOW
    return person


def waiting(database: Database) -> list[tuple[str, bool, int | None]]:
    """Each alert: its address, whether it is confirmed, whose it is."""
    with database.reading() as db:
        rows = db.exec(select(Alert).order_by(col(Alert.asked_at), col(Alert.mailbox)))
        return [(row.email, row.confirmed_at is not None, row.person_id) for row in rows]


def left(database: Database, *moments: datetime, delay: int = 0) -> list[EmailMessage]:
    """The letters about alerts that leave when a worker looks at these moments, one after the other."""
    with Relay() as relay:
        settings = some_settings(relay, base_url="http://localhost", letter_delay_seconds=delay)
        for moment in moments:
            work_at(moment, database, settings)
    return [mail for mail in relay.received if mail["Message-ID"].startswith("<alert-")]


def to_and_subject(mails: list[EmailMessage]) -> list[tuple[str, str]]:
    return sorted((mail["To"].addresses[0].addr_spec, mail["Subject"].replace("\u00a0", " ")) for mail in mails)


def plain(mail: EmailMessage) -> str:
    text = mail.get_body(("plain",))
    assert text is not None
    return str(text.get_content())


def links(mail: EmailMessage, path: str) -> list[str]:
    """The addresses of this site in a letter whose path begins so, language left in."""
    return re.findall(rf"http://localhost((?:/en)?{path}\S*)", plain(mail))


def asked(browser: Opens, address: str = GRACE, at: str = HERE, button: str = "Me prévenir") -> Browser:
    """Somebody gives an address on the page of the edition."""
    return browser().open(at).submit(button, adresse=address)


def facts(database: Database) -> list[tuple[str, int | None, int | None]]:
    """What the journal says of alerts: what, of whom, of which edition."""
    with database.reading() as db:
        about = select(Fact.kind, Fact.person_id, Fact.edition_id).where(Fact.kind.startswith("alert."))  # type: ignore[attr-defined]
        return list(db.exec(about.order_by(Fact.id)))  # type: ignore[arg-type]


def over(database: Database, five: Five) -> None:
    """The edition is over, and no other is announced."""
    with database.writing() as db:
        db.get_one(Edition, five.edition.id).archived_at = NOW
