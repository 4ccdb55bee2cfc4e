"""The calendar that goes with a letter: the days as they stand when it leaves, in the reader's language."""

from email.message import EmailMessage

from icalendar import Calendar

from sprint.database import Database
from sprint.programme.actions import give_join_link
from sprint.registrations.actions import cancel, register
from sprint.registrations.tables import Mode
from tests.notices.scene import NOW, Scene, a_scene, some_settings
from tests.notices.test_work import work_at
from tests.relay import Relay


def posted(database: Database) -> list[EmailMessage]:
    """Every letter due, as received."""
    with Relay() as relay:
        work_at(NOW, database, some_settings(relay))
    return relay.received


def calendar_of(mail: EmailMessage) -> list[tuple[str, str, str]]:
    """(title, start, status) of each event in the one file enclosed."""
    part = next(iter(mail.iter_attachments()))
    assert (part.get_content_type(), part.get_content_charset()) == ("text/calendar", "utf-8")
    assert (part.get_filename(), part.get_content_disposition()) == ("mon-sprint.ics", "attachment")
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    events = Calendar.from_ical(body).walk("VEVENT")
    return [(str(one["SUMMARY"]), one["DTSTART"].to_ical().decode(), str(one["STATUS"])) for one in events]


def registered(database: Database, scene: Scene, person_id: int, once: str, days: int = 2) -> None:
    with database.writing() as db:
        register(db, person_id, scene.keycloak, scene.days[:days], Mode.SITE, once, NOW)


def test_a_seat_is_a_confirmed_day_and_the_letter_still_reads_the_same_in_text_and_html(database: Database) -> None:
    scene = a_scene(database)
    registered(database, scene, scene.ada, "once-1")
    (mail,) = posted(database)
    assert calendar_of(mail) == [
        ("Installer Keycloak (Sprint 2027)", "20270316", "CONFIRMED"),
        ("Installer Keycloak (Sprint 2027)", "20270317", "CONFIRMED"),
    ]
    assert {part.get_content_type() for part in mail.walk()} == {
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    }
    assert mail["Content-Language"] == "fr"


def test_waiting_is_tentative_in_the_language_of_who_waits(database: Database) -> None:
    scene = a_scene(database)
    registered(database, scene, scene.ada, "once-1")
    posted(database)
    registered(database, scene, scene.barbara, "once-2", days=1)
    (mail,) = posted(database)
    assert calendar_of(mail) == [("Waiting: Installer Keycloak (Sprint 2027)", "20270316", "TENTATIVE")]


def test_giving_up_sends_the_cancellation_of_the_very_day(database: Database) -> None:
    scene = a_scene(database)
    registered(database, scene, scene.ada, "once-1", days=1)
    (first,) = posted(database)
    with database.writing() as db:
        cancel(db, scene.ada, scene.keycloak, scene.days[:1], NOW)
    (second,) = posted(database)
    assert calendar_of(second) == [("Annulé\u00a0: Installer Keycloak (Sprint 2027)", "20270316", "CANCELLED")]
    assert uids(first) == uids(second)
    registered(database, scene, scene.ada, "once-2", days=1)
    (third,) = posted(database)
    assert [status for *_, status in calendar_of(third)] == ["CANCELLED", "CONFIRMED"]
    assert uids(third)[0] == uids(first)[0]


def uids(mail: EmailMessage) -> list[str]:
    part = next(iter(mail.iter_attachments()))
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return [str(event["UID"]) for event in Calendar.from_ical(body).walk("VEVENT")]


def test_only_who_has_a_seat_reads_where_the_track_meets_online(database: Database) -> None:
    scene = a_scene(database)
    with database.writing() as db:
        give_join_link(db, scene.keycloak, "https://visio.example/keycloak", scene.claude, NOW)
    registered(database, scene, scene.ada, "once-1", days=1)
    registered(database, scene, scene.barbara, "once-2", days=1)
    seated, waiting = sorted(posted(database), key=lambda mail: str(mail["To"]))
    for form in ("plain", "html"):
        part = seated.get_body((form,))
        assert part is not None
        assert "https://visio.example/keycloak" in part.get_content()
    assert "visio.example" in read(seated)
    assert "visio.example" not in read(waiting)
    with database.writing() as db:
        cancel(db, scene.ada, scene.keycloak, scene.days[:1], NOW)
    after = {str(mail["To"]).split()[0]: read(mail) for mail in posted(database)}
    assert {name: "visio.example" in text for name, text in after.items()} == {"Ada": False, "Barbara": True}


def read(mail: EmailMessage) -> str:
    """Everything in a letter, decoded and unfolded."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return "".join((part.get_payload(decode=True) or b"").decode().replace("\r\n ", "") for part in parts)  # type: ignore[union-attr]
