"""Lightning talks in their order: computed hours, and what never moves any more."""

from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import Session, col, select

from sprint.board.actions import advance_talk
from sprint.board.queries import entries
from sprint.board.running import Session as Held
from sprint.board.running import Talk, running_order
from sprint.commands.check import everything_wrong
from sprint.database import Database
from sprint.programme.tables import RoomTime, Slot, SlotKind
from sprint.refusal import Refused
from tests.agenda.asking import Opens
from tests.board.samples import TALK, a_room
from tests.makers import NOW, a_slot, days_of
from tests.people import Five

TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)
BOARD = "/sprint-2027/tableau"
BEFORE, BETWEEN = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 16, 16, tzinfo=UTC)


def held(slot_id: int, on: date, ends: time | None = time(15, 15)) -> Held:
    return Held(slot_id, f"uid-{slot_id}", on, time(15), ends, "Forum", datetime.combine(on, time(14), UTC))


def talk(key: int, minutes: int = 5, proposed_at: datetime = BEFORE, ended_at: datetime | None = None) -> Talk:
    return Talk(key, key, f"Sujet {key}", minutes, "", proposed_at, ended_at)


SESSIONS = (held(1, TUESDAY), held(2, WEDNESDAY, None))


def order(*talks: Talk) -> list[tuple[int, int, str, str]]:
    found = running_order(SESSIONS, talks)
    return [(one.talk.id, one.session.slot_id, f"{one.starts:%H:%M}", f"{one.ends:%H:%M}") for one in found]


def test_talks_follow_one_another_and_what_has_no_room_left_goes_to_the_next_session() -> None:
    assert order(talk(1), talk(2, 3), talk(3, 10), talk(4)) == [
        (1, 1, "15:00", "15:05"),
        (2, 1, "15:05", "15:08"),
        (3, 2, "15:00", "15:10"),
        (4, 2, "15:10", "15:15"),
    ]


def test_what_fits_nowhere_has_no_hour_and_holds_nobody_up() -> None:
    assert order(*(talk(key, 10) for key in range(1, 6)), talk(6, 3))[-1] == (4, 2, "15:20", "15:30")


def test_nothing_is_put_into_a_session_that_had_begun() -> None:
    assert order(talk(1), talk(2, proposed_at=BETWEEN)) == [(1, 1, "15:00", "15:05"), (2, 2, "15:00", "15:05")]


def test_what_is_taken_back_before_makes_room_and_afterwards_keeps_its_minutes() -> None:
    assert order(talk(1, ended_at=BEFORE), talk(2)) == [(2, 1, "15:00", "15:05")]
    assert order(talk(1, ended_at=BETWEEN), talk(2)) == [(2, 1, "15:05", "15:10")]


def a_session(db: Session, five: Five) -> Slot:
    day = days_of(db, five.edition)[0]
    kind = SlotKind.LIGHTNING_TALK
    return a_slot(db, five.edition, day=day, title="Présentations courtes", kind=kind, starts=time(15), ends=time(16))


def test_agenda_and_calendars_tell_the_talks_of_a_session_in_their_order(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        a_session(db, five)
    ada = browser(five.ada)
    for number, title in enumerate(("Une", "Deux")):
        ada.post(f"{BOARD}/presentations", **{**TALK, "sujet": title, "once": f"formulaire-{number}", "nommer": "oui"})
    words = " ".join(browser().open("/sprint-2027/agenda").read("contenu").split())
    assert f"15 h – 15 h 05 Une {five.ada.name}15 h 05 – 15 h 10 Deux" in words
    feed = browser().client.get("/sprint-2027/agenda.ics").text.replace("\r\n ", "")
    assert f"15:00–15:05 Une ({five.ada.name})\\n15:05–15:10 Deux" in feed
    sequence = feed.count("SEQUENCE:2")
    browser(five.claude).open(f"/organisation{BOARD}").submit("Avancer « Deux »")
    after = browser().client.get("/sprint-2027/agenda.ics").text.replace("\r\n ", "")
    assert (sequence, after.count("SEQUENCE:3"), "15:00–15:05 Deux" in after) == (1, 1, True)
    assert "15 h – 15 h 05" in browser(five.eve).open(BOARD).text.replace("\xa0", " ")


def test_a_session_that_began_keeps_its_order(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_session(db, five)
    ada = browser(five.ada)
    for number in range(2):
        ada.post(f"{BOARD}/presentations", **{**TALK, "once": f"formulaire-{number}"})
    with database.writing() as db:
        last = entries(db, five.edition.id or 0)[-1].id
        with pytest.raises(Refused) as refused:
            advance_talk(db, last, five.claude.id or 0, datetime(2027, 3, 16, 14, 1, tzinfo=UTC))
        assert [one.code for one in refused.value.reasons] == ["begun"]
        assert advance_talk(db, last, five.claude.id or 0, datetime(2027, 3, 16, 13, 59, tzinfo=UTC))


def test_check_finds_a_room_held_by_nobody_and_a_slot_without_its_room(database: Database, five: Five) -> None:
    with database.writing() as db:
        day = days_of(db, five.edition)[0]
        a_room(db, day.id)
        slot = a_slot(db, five.edition, day=day, title="Sans salle", starts=time(9), ends=time(10))
        slot.room = "Salle A"
        db.add(slot)
        db.flush()
        key = slot.id or 0
        assert [one.code for one in everything_wrong(db, NOW)] == ["room_time"]
        for minute in range(540, 600, 5):
            db.add(RoomTime(day_id=day.id, room="salle a", minute=minute, slot_id=key))
        db.flush()
        assert everything_wrong(db, NOW) == []
        db.add(RoomTime(day_id=day.id, room="salle a", minute=600, slot_id=key))
        db.flush()
        assert [one.place for one in everything_wrong(db, NOW)] == [f"sprint-2027, slot {key}"]
        assert len(db.exec(select(RoomTime).where(col(RoomTime.slot_id) == key)).all()) == 13
