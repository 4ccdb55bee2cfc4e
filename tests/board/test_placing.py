"""Placing and moving slots: no room is used twice at once, and every reason is told."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import Session, select

from sprint.board.actions import RoomWish, Wish, move_slot, offer_room, place_slot, remove_room
from sprint.board.rules import Spot
from sprint.database import Database
from sprint.journal import Fact
from sprint.programme.actions import cancel_slot, restore_slot, take_rooms
from sprint.programme.queries import rooms_of
from sprint.programme.tables import Edition, RoomTime, Slot, SlotKind, Track
from sprint.refusal import Refused
from tests.board.samples import a_room
from tests.makers import FIRST_DAY, NOW, a_person, a_slot, a_track, an_edition, days_of

OTHER_DAY = FIRST_DAY + timedelta(days=1)


@pytest.fixture
def edition(database: Database) -> Edition:
    """Two days; on the first, room A from 9 to 18 h."""
    with database.writing() as db:
        edition = an_edition(db)
        a_room(db, days_of(db, edition)[0].id)
        a_person(db)
        return edition


def a_wish(
    starts: time = time(14),
    ends: time = time(15),
    room: str = "Salle A",
    *,
    on: date = FIRST_DAY,
    title: str = "Atelier",
    track_id: int | None = None,
) -> Wish:
    return Wish(title, SlotKind.WORKSHOP, Spot(on, starts, ends, room), track_id)


def placed(db: Session, edition: Edition, wish: Wish, once: str = "formulaire") -> int:
    found = place_slot(db, edition.id or 0, wish, once, NOW, 1)
    assert found is not None
    return found


def refused(database: Database, edition: Edition, wish: Wish) -> list[str]:
    with pytest.raises(Refused) as found, database.writing() as db:
        place_slot(db, edition.id or 0, wish, "autre formulaire", NOW, 1)
    return [reason.code for reason in found.value.reasons]


def facts(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(Fact.kind).order_by(Fact.id)))


def minutes(db: Session) -> int:
    return len(db.exec(select(RoomTime.minute)).all())


def test_a_slot_holds_its_room_and_the_next_one_follows_it(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        placed(db, edition, a_wish())
        placed(db, edition, a_wish(time(15), time(15, 30)), "suivant")
        placed(db, edition, a_wish(room="Salle B"), "à côté")
        assert minutes(db) == 12 + 6 + 12
    assert facts(database) == ["slot.placed"] * 3


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(13, 30), time(14, 30)), (time(14, 30), time(16)), (time(13), time(16))]
)
def test_a_room_is_not_used_twice_at_once(database: Database, edition: Edition, starts: time, ends: time) -> None:
    with database.writing() as db:
        placed(db, edition, a_wish())
    assert refused(database, edition, a_wish(starts, ends, "salle  a")) == ["room_taken"]
    assert facts(database) == ["slot.placed"]


def test_every_reason_is_told_at_once(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        placed(db, edition, a_wish(time(16), time(17)))
        placed(db, edition, a_wish(time(17), time(18)), "deuxième")
    assert refused(database, edition, a_wish(time(16, 30), time(19))) == ["room_closed", "room_taken", "room_taken"]


def test_a_room_of_another_day_a_day_of_another_edition_and_a_day_gone_are_refused(
    database: Database, edition: Edition
) -> None:
    assert refused(database, edition, a_wish(on=OTHER_DAY)) == ["room_elsewhere"]
    assert refused(database, edition, a_wish(on=date(2027, 6, 1))) == ["other_day"]
    with pytest.raises(Refused, match="day_over"), database.writing() as db:
        place_slot(db, edition.id or 0, a_wish(), "trop tard", NOW + timedelta(days=300), 1)


def test_the_same_form_twice_places_one_slot(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        placed(db, edition, a_wish())
    with database.writing() as db:
        assert place_slot(db, edition.id or 0, a_wish(), "formulaire", NOW, 1) is None
    assert facts(database) == ["slot.placed"]


def test_a_slot_that_moves_frees_what_it_held_and_its_calendars_follow(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        track = a_track(db, edition)
        slot_id = placed(db, edition, a_wish(track_id=track.id))
        assert move_slot(db, slot_id, a_wish(time(9), time(10), track_id=track.id), NOW, 1)
        slot, revision = db.get_one(Slot, slot_id), db.get_one(Track, track.id).revision
        assert (slot.starts, slot.revision, revision, minutes(db)) == (time(9), 1, 2, 12)
        placed(db, edition, a_wish(), "à sa place")
    assert facts(database) == ["slot.placed", "slot.moved", "slot.placed"]


def test_a_slot_that_only_changes_its_title_moves_nobody(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        slot_id = placed(db, edition, a_wish())
        wish = a_wish(title="Autre titre")
        assert [move_slot(db, slot_id, wish, NOW, 1) for _ in range(2)] == [True, False]
        assert db.get_one(Slot, slot_id).revision == 0
    assert facts(database) == ["slot.placed", "slot.changed"]


def test_a_slot_may_move_within_its_own_hours_but_not_onto_another(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        slot_id = placed(db, edition, a_wish())
        placed(db, edition, a_wish(time(16), time(17)), "autre")
    with database.writing() as db:
        assert move_slot(db, slot_id, a_wish(time(14, 30), time(15, 30)), NOW, 1)
    with pytest.raises(Refused, match="room_taken"), database.writing() as db:
        move_slot(db, slot_id, a_wish(time(15, 30), time(16, 30)), NOW, 1)
    with database.reading() as db:
        assert (db.get_one(Slot, slot_id).starts, minutes(db)) == (time(14, 30), 24)


def test_a_cancelled_slot_leaves_its_room_and_takes_it_back_if_it_is_free(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        slot_id = placed(db, edition, a_wish())
        cancel_slot(db, slot_id, 1, NOW)
        other = placed(db, edition, a_wish(), "autre")
    with pytest.raises(Refused, match="room_taken"), database.writing() as db:
        restore_slot(db, slot_id, 1, NOW)
    with database.writing() as db:
        cancel_slot(db, other, 1, NOW)
        assert restore_slot(db, slot_id, 1, NOW)
        assert set(db.exec(select(RoomTime.slot_id))) == {slot_id}


def test_an_agenda_that_uses_a_room_twice_says_where(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        for title, starts in (("Un", time(9)), ("Deux", time(9, 15)), ("Trois", time(9, 30))):
            a_slot(db, edition, title=title, starts=starts, room="Hall")
        reasons = take_rooms(db, edition.id or 0)
    assert [reason.place for reason in reasons] == ["slots[Deux].room", "slots[Trois].room"]


def test_what_is_online_is_in_no_room(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        for once in ("formulaire-1", "formulaire-2"):
            placed(db, edition, a_wish(room="En ligne"), once)
        a_slot(db, edition, room="à distance")
        assert (take_rooms(db, edition.id or 0), minutes(db)) == ([], 0)


# --- rooms


def test_a_room_is_offered_on_days_changed_and_removed(database: Database, edition: Edition) -> None:
    wish = RoomWish("Salle B", time(9), time(12), is_offered=True)
    with database.writing() as db:
        days = [day.id or 0 for day in days_of(db, edition)]
        assert [offer_room(db, edition.id or 0, days, wish, NOW, 1) for _ in range(2)] == [True, False]
        later = RoomWish("salle b", time(10), time(12), is_offered=False)
        assert offer_room(db, edition.id or 0, days[:1], later, NOW, 1)
    with database.writing() as db:
        rooms = rooms_of(db, edition.id or 0)
        assert [(room.name, room.opens, room.offered_at is None) for room in rooms] == [
            ("Salle A", time(9), False),
            ("salle b", time(10), True),
            ("Salle B", time(9), False),
        ]
        remove_room(db, edition.id or 0, rooms[2].id, NOW, 1)
        assert len(rooms_of(db, edition.id or 0)) == 2
    assert facts(database) == ["room.offered"] * 3 + ["room.removed"]


def test_a_room_where_something_takes_place_stays_and_keeps_its_hours(database: Database, edition: Edition) -> None:
    with database.writing() as db:
        placed(db, edition, a_wish())
        day, room = days_of(db, edition)[0].id or 0, rooms_of(db, edition.id or 0)[0].id
    with pytest.raises(Refused, match="room_used"), database.writing() as db:
        remove_room(db, edition.id or 0, room, NOW, 1)
    narrow = RoomWish("Salle A", time(9), time(14, 30), is_offered=True)
    with pytest.raises(Refused, match="room_narrowed"), database.writing() as db:
        offer_room(db, edition.id or 0, [day], narrow, NOW, 1)
