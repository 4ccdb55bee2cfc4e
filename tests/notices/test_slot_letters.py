"""A slot that changes several times before letters leave: one letter with what is true then, none when nothing is new."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from sprint.database import Database
from sprint.jobs import claim
from sprint.journal import FOLLOW_UP, Fact
from sprint.notices.actions import owe_letters
from sprint.notices.queries import POSTING
from sprint.notices.tables import Letter, LetterState
from sprint.notices.work.told import last_told
from sprint.people.tables import Person
from sprint.programme.actions import cancel_slot
from sprint.registrations.actions import register
from sprint.registrations.owed.slots import letters_of_slots
from sprint.registrations.tables import Mode, TrackCapacity
from tests.agenda.test_foreign import node as readers  # noqa: F401  a fixture
from tests.makers import NOW as BEFORE
from tests.notices.scene import NOW
from tests.notices.slot_desk import Desk
from tests.notices.test_inviting import plain_text
from tests.queries import recorded
from tests.relay import Relay


@pytest.fixture
def desk(request: pytest.FixtureRequest, database: Database, tmp_path: Path, time: Callable[[datetime], None]) -> Desk:
    desk = Desk(database, request.getfixturevalue("readers"), tmp_path, time)
    desk.place()
    return desk


def opening(mail: EmailMessage) -> str:
    return next(line for line in plain_text(mail).splitlines() if line.startswith(("Notez-le", "Take note")))


def test_a_slot_moved_three_times_is_one_letter_with_its_last_hour(desk: Desk) -> None:
    (before,) = desk.invitations(desk.first[0])
    desk.move(13)
    desk.move(15)
    desk.move(16, room="Salle B")
    (mail,) = desk.left()
    assert (str(mail["To"]).split()[0], mail["Subject"]) == ("Ada", "Créneau déplacé\u00a0: Atelier")
    assert "mardi 16 mars 2027, 16 h – 18 h, Salle B" in opening(mail)
    (after,) = desk.invitations(mail)
    assert (after["uid"], after["method"], after["starts"]) == (before["uid"], "REQUEST", "2027-03-16T15:00:00.000Z")
    assert int(str(after["sequence"])) > int(str(before["sequence"]))
    assert desk.left() == []
    assert desk.states() == [{LetterState.LATE: 1}, {LetterState.LATE: 1}, {LetterState.POSTED: 1}]


def test_a_slot_that_is_back_where_it_was_is_no_letter(desk: Desk) -> None:
    desk.move(13)
    desk.move(9)
    # It ended at noon, and ends at eleven now: that is not where it was.
    assert ["9 h – 11 h" in opening(mail) for mail in desk.left()] == [True]
    desk.cancel()
    desk.restore()
    assert desk.left() == []
    desk.move(14)
    desk.cancel()
    desk.restore()
    desk.move(9)
    assert desk.left() == []
    desk.move(14)
    desk.move(9, day=1)
    desk.move(9)
    assert desk.left() == []


def test_cancelled_and_restored_at_another_hour_has_only_moved(desk: Desk) -> None:
    desk.cancel()
    desk.restore()
    desk.move(14)
    (mail,) = desk.left()
    assert mail["Subject"] == "Créneau déplacé\u00a0: Atelier"
    assert "14 h – 16 h" in opening(mail)


def test_what_changes_after_the_letter_left_is_written_again(desk: Desk) -> None:
    desk.move(13)
    (first,) = desk.left()
    desk.move(9)
    (second,) = desk.left()
    desk.cancel()
    (third,) = desk.left()
    desk.restore()
    desk.move(13)
    (fourth,) = desk.left()
    mails = [first, second, third, fourth]
    assert [desk.invitations(mail)[0]["method"] for mail in mails] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    sequences = [desk.first_sequence(), *(int(str(desk.invitations(mail)[0]["sequence"])) for mail in mails)]
    assert sequences == sorted(set(sequences))
    assert (fourth["Subject"], "13 h – 15 h" in opening(fourth)) == ("Créneau rétabli\u00a0: Atelier", True)


def test_a_title_corrected_meanwhile_is_in_the_letter_and_its_invitation_goes_with_it(desk: Desk) -> None:
    desk.move(13)
    desk.pass_by(60)
    desk.move(13, title="Atelier de prise en main")
    (mail,) = desk.left()
    assert mail["Subject"] == "Créneau déplacé\u00a0: Atelier de prise en main"
    assert [one["starts"] for one in desk.invitations(mail)] == ["2027-03-16T12:00:00.000Z"]
    desk.move(13, title="Atelier")
    assert desk.left() == []


def test_a_day_it_only_passed_through_hears_nothing(desk: Desk) -> None:
    desk.move(9, day=1)
    desk.move(14)
    assert [str(mail["To"]).split()[0] for mail in desk.left()] == ["Ada"]
    desk.move(9, day=1)
    desk.cancel()
    (mail,) = desk.left()
    assert (str(mail["To"]).split()[0], mail["Subject"]) == ("Ada", "Créneau annulé\u00a0: Atelier")
    assert "mardi 16 mars 2027, n’a pas lieu" in opening(mail)


def test_both_days_are_told_when_it_stays_on_the_other(desk: Desk) -> None:
    desk.move(14)
    desk.move(9, day=1)
    ada, barbara = desk.left()
    assert ["mercredi 17 mars 2027" in opening(ada), "Wednesday 17 March 2027" in opening(barbara)] == [True, True]
    assert "Votre place dans Installer Keycloak, mardi 16 mars 2027, reste à vous." in plain_text(ada)


def test_a_slot_that_goes_to_another_track_is_told_to_both(desk: Desk) -> None:
    scene = desk.scene
    with desk.database.writing() as db:
        register(db, scene.claude, scene.onyxia, scene.days[:1], Mode.SITE, "once-claude", desk.now)
    desk.left()
    desk.pass_by(60)
    desk.move(9, track=False)
    desk.pass_by(60)
    desk.move(13, track=False)
    ada, claude = desk.left()
    assert "ne fait plus partie de Installer Keycloak" in opening(ada)
    assert "s’ajoute à Onyxia : mardi 16 mars 2027, 13 h – 15 h" in opening(claude)
    assert [[one["starts"] for one in desk.invitations(mail)] for mail in (ada, claude)] == [
        ["2027-03-16"],
        ["2027-03-16T12:00:00.000Z"],
    ]
    desk.move(9, track=False)
    desk.move(9)
    assert [mail["Subject"] for mail in desk.left()] == [
        "Nouveau créneau\u00a0: Atelier",
        "Créneau passé à un autre parcours\u00a0: Atelier",
    ]


def test_who_sat_down_between_two_changes_is_told_of_what_they_had_not_read(desk: Desk) -> None:
    scene = desk.scene
    desk.move(14)
    with desk.database.writing() as db:
        seats = select(TrackCapacity).where(
            TrackCapacity.track_id == scene.keycloak.id, TrackCapacity.day_id == scene.days[0]
        )
        db.exec(seats).one().seats = 2
        register(db, scene.claude, scene.keycloak, scene.days[:1], Mode.SITE, "once-claude", desk.now)
    desk.move(10)
    mails = {str(mail["To"]).split()[0]: mail["Subject"] for mail in desk.left() if "Créneau" in str(mail["Subject"])}
    assert mails == {"Ada": "Créneau déplacé\u00a0: Atelier", "Claude": "Créneau déplacé\u00a0: Atelier"}


def test_a_letter_that_the_relay_may_have_taken_counts_as_read(desk: Desk) -> None:
    desk.move(14)
    desk.pass_by(120)
    with Relay(answer_to_data=lambda mail: "451 not now") as relay:
        desk.derive(relay)
    with desk.database.reading() as db:
        assert (
            db.exec(select(func.count()).where(col(Letter.posted_at).is_not(None), Letter.purpose == "slot")).one() == 0
        )
    desk.move(10)
    (mail,) = desk.left()
    assert "10 h – 12 h" in opening(mail)
    desk.pass_by(3600)
    assert desk.left() == []
    assert desk.states() == [{LetterState.LATE: 1}, {LetterState.POSTED: 1}]


def test_a_worker_killed_while_it_posts_leaves_no_letter_that_is_true_no_more(desk: Desk) -> None:
    desk.move(14)
    desk.pass_by(120)
    with desk.database.writing() as db:
        assert claim(db, [POSTING], desk.now, timedelta(seconds=5)) is not None  # killed: nobody settles it
    desk.cancel()
    (mail,) = desk.left()
    assert mail["Subject"] == "Créneau annulé\u00a0: Atelier"
    assert desk.states() == [{LetterState.LATE: 1}, {LetterState.POSTED: 1}]


def test_a_change_that_no_worker_has_derived_yet_holds_back_what_was_owed_before(desk: Desk) -> None:
    desk.move(14)
    desk.pass_by(60)
    with desk.database.writing() as db:
        assert cancel_slot(db, desk.slot, desk.scene.claude, desk.now)
    with desk.database.writing() as db:
        held = claim(db, [FOLLOW_UP], desk.now, timedelta(hours=1))
    assert held is not None
    desk.pass_by(120)
    with Relay() as relay:
        desk.derive(relay)
    assert relay.received == []
    desk.pass_by(3600)
    (mail,) = desk.left()
    assert mail["Subject"] == "Créneau annulé\u00a0: Atelier"


def test_the_same_letter_is_never_owed_twice(desk: Desk) -> None:
    desk.move(13)
    desk.move(15)
    with desk.database.writing() as db:
        acts = db.exec(select(Fact.act).where(col(Fact.kind).startswith("slot.")).order_by(col(Fact.id))).all()
        for act in [*acts, *acts]:
            owed = letters_of_slots(db, act, last_told)
            assert owe_letters(db, act, owed, "example.org", desk.now, timedelta(minutes=2)) == 0
    assert len(desk.left()) == 1


def test_a_crowd_costs_the_queries_of_one_person(desk: Desk) -> None:
    scene = desk.scene
    desk.move(13)

    def asked() -> int:
        with desk.database.reading() as db, recorded(desk.database) as queries:
            act = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first() or ""
            queries.statements.clear()
            letters_of_slots(db, act, last_told)
        return queries.count

    assert asked() == 5
    with desk.database.writing() as db:
        for row in db.exec(select(TrackCapacity).where(TrackCapacity.track_id == scene.keycloak.id)):
            row.seats = 60
        people = [Person(name=f"Person {n}", email=f"p{n}@example.org", created_at=BEFORE) for n in range(50)]
        db.add_all(people)
        db.flush()
        for person in people:
            register(db, person.id or 0, scene.keycloak, scene.days[:1], Mode.SITE, f"once-{person.id}", NOW)
    desk.left()
    desk.move(15)
    assert asked() == 5
    assert len(desk.left()) == 51
