"""Which letters the real actions owe."""

from sqlmodel import select

from sprint.database import Database
from sprint.journal import Fact, new_act
from sprint.letter import OwedLetter
from sprint.registrations.actions import Seats, cancel, change, register, set_seats
from sprint.registrations.owed import owed_letters
from sprint.registrations.tables import Mode
from tests.notices.scene import NOW, a_scene


def owed_by_last_act(database: Database) -> list[OwedLetter]:
    with database.reading() as db:
        act = db.exec(select(Fact.act).order_by(Fact.id.desc())).first()  # type: ignore[union-attr]
        return owed_letters(db, act or "")


def purposes(database: Database) -> list[tuple[int, str, int]]:
    """Person, purpose and number of things listed, of each letter of the last act."""
    return [(one.person_id, one.text.purpose, len(one.text.items)) for one in owed_by_last_act(database)]


def test_registering_for_two_days_owes_one_letter(database: Database) -> None:
    scene = a_scene(database)
    with database.writing() as db:
        register(db, scene.ada, scene.keycloak, scene.days, Mode.SITE, "once-1", NOW)
    assert purposes(database) == [(scene.ada, "registered", 2)]
    with database.writing() as db:
        register(db, scene.barbara, scene.keycloak, scene.days, Mode.SITE, "once-2", NOW)
    assert purposes(database) == [(scene.barbara, "waiting", 2)]


def test_cancelling_owes_a_letter_to_whoever_left_and_one_to_whoever_was_promoted(database: Database) -> None:
    scene = a_scene(database)
    with database.writing() as db:
        register(db, scene.ada, scene.keycloak, scene.days, Mode.SITE, "once-1", NOW)
        register(db, scene.barbara, scene.keycloak, scene.days[:1], Mode.SITE, "once-2", NOW)
    with database.writing() as db:
        cancel(db, scene.ada, scene.keycloak, scene.days, NOW)
    assert purposes(database) == [(scene.ada, "cancelled", 2), (scene.barbara, "promoted", 1)]


def test_a_change_of_track_owes_one_letter_that_names_both(database: Database) -> None:
    scene = a_scene(database)
    with database.writing() as db:
        register(db, scene.ada, scene.onyxia, scene.days[:1], Mode.SITE, "once-1", NOW)
    with database.writing() as db:
        change(db, scene.ada, scene.keycloak, scene.days[0], Mode.SITE, "once-2", NOW)
    (letter,) = owed_by_last_act(database)
    assert letter.text.purpose == "registered"
    assert letter.text.items[0].values["before"] == "Onyxia"


def test_more_seats_owe_a_letter_to_the_promoted_and_none_for_the_seats(database: Database) -> None:
    scene = a_scene(database)
    with database.writing() as db:
        register(db, scene.ada, scene.keycloak, scene.days[:1], Mode.SITE, "once-1", NOW)
        register(db, scene.barbara, scene.keycloak, scene.days[:1], Mode.SITE, "once-2", NOW)
    more = [Seats(scene.keycloak.id, scene.days[0], Mode.SITE, 2)]
    with database.writing() as db:
        set_seats(db, scene.edition_id, more, NOW, act=new_act(), actor_id=scene.claude)
    assert purposes(database) == [(scene.barbara, "promoted", 1)]


def test_a_registration_withdrawn_since_still_has_the_letter_of_its_act(database: Database) -> None:
    scene = a_scene(database)
    with database.writing() as db:
        register(db, scene.ada, scene.keycloak, scene.days[:1], Mode.SITE, "once-1", NOW)
    with database.reading() as db:
        first = db.exec(select(Fact.act)).one()
    with database.writing() as db:
        cancel(db, scene.ada, scene.keycloak, scene.days[:1], NOW)
    with database.reading() as db:
        (letter,) = owed_letters(db, first)
    assert (letter.person_id, letter.text.purpose) == (scene.ada, "registered")
