"""Invitations and their cancellations, posted through a real relay and read by two programs that share nothing with ours."""

from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as hour
from email.message import EmailMessage
from pathlib import Path

import pytest

from sprint.board.actions import Wish, move_slot
from sprint.board.rules import Spot
from sprint.database import Database
from sprint.programme.actions import cancel_slot, restore_slot
from sprint.programme.tables import Slot, SlotKind
from sprint.registrations.actions import cancel, register
from sprint.registrations.tables import Mode
from tests.agenda.test_foreign import PROGRAMS, Read, bodies_read_by_both
from tests.agenda.test_foreign import node as readers  # noqa: F401  a fixture
from tests.notices.scene import DAYS, NOW, Scene, a_scene, some_settings
from tests.notices.test_work import work_at
from tests.relay import Relay


class Post:
    """Letters of a scene, each read as it arrives."""

    def __init__(self, database: Database, node: str, folder: Path, time: Callable[[datetime], None]) -> None:
        self.database, self.node, self.folder, self.now, self.time = database, node, folder, NOW, time
        time(NOW)

    def later(self) -> None:
        self.now += timedelta(hours=1)
        self.time(self.now)

    def collect(self) -> list[EmailMessage]:
        with Relay() as relay:
            work_at(self.now, self.database, some_settings(relay))
        self.later()
        return sorted(relay.received, key=lambda mail: str(mail["To"]))

    def invitations(self, mail: EmailMessage) -> list[Read]:
        """What both programs read in the invitations of a letter; they agree."""
        parts = [part for part in mail.iter_attachments() if part.get_param("method")]
        bodies = [part.get_payload(decode=True) for part in parts]
        if not bodies:
            return []
        found = bodies_read_by_both(self.node, self.folder, *(body for body in bodies if isinstance(body, bytes)))
        keys = ("uid", "sequence", "method", "status", "starts", "ends")
        read = {name: [{key: one[key] for key in keys} for (one,) in found[name]] for name in PROGRAMS}
        assert read[PROGRAMS[0]] == read[PROGRAMS[1]]
        assert [part.get_param("method") for part in parts] == [one["method"] for one in read[PROGRAMS[0]]]
        return read[PROGRAMS[0]]


@pytest.fixture
def post(request: pytest.FixtureRequest, database: Database, tmp_path: Path, time: Callable[[datetime], None]) -> Post:
    return Post(database, request.getfixturevalue("readers"), tmp_path, time)


def registered(post: Post, scene: Scene, person_id: int, once: str, days: int = 1) -> None:
    with post.database.writing() as db:
        register(db, person_id, scene.keycloak, scene.days[:days], Mode.SITE, once, post.now)


def given_up(post: Post, scene: Scene, person_id: int) -> None:
    with post.database.writing() as db:
        cancel(db, person_id, scene.keycloak, scene.days[:1], post.now)


def test_a_seat_is_an_invitation_and_giving_it_up_its_cancellation(post: Post) -> None:
    scene = a_scene(post.database)
    registered(post, scene, scene.ada, "once-1", days=2)
    (mail,) = post.collect()
    asked = post.invitations(mail)
    assert [(one["method"], one["status"], one["starts"]) for one in asked] == [
        ("REQUEST", "CONFIRMED", "2027-03-16"),
        ("REQUEST", "CONFIRMED", "2027-03-17"),
    ]
    given_up(post, scene, scene.ada)
    (mail,) = post.collect()
    (off,) = post.invitations(mail)
    assert (off["method"], off["status"], off["uid"]) == ("CANCEL", "CANCELLED", asked[0]["uid"])
    assert off["sequence"] > asked[0]["sequence"]


def test_who_waits_is_invited_once_promoted(post: Post) -> None:
    scene = a_scene(post.database)
    registered(post, scene, scene.ada, "once-1")
    post.collect()
    registered(post, scene, scene.barbara, "once-2")
    (waiting,) = post.collect()
    assert post.invitations(waiting) == []
    given_up(post, scene, scene.ada)
    _, promoted = post.collect()
    (asked,) = post.invitations(promoted)
    assert (asked["method"], asked["status"]) == ("REQUEST", "CONFIRMED")


def test_what_was_told_before_is_not_sent_again(post: Post) -> None:
    scene = a_scene(post.database)
    registered(post, scene, scene.ada, "once-1")
    post.collect()
    given_up(post, scene, scene.ada)
    post.collect()
    registered(post, scene, scene.ada, "once-2")
    (mail,) = post.collect()
    assert [one["method"] for one in post.invitations(mail)] == ["REQUEST"]


def a_slot(post: Post, scene: Scene, title: str, starts: hour, ends: hour) -> int:
    slot = Slot(
        edition_id=scene.edition_id,
        day_id=scene.days[0],
        track_id=scene.keycloak.id,
        identity=title,
        title=title,
        kind=SlotKind.WORKSHOP,
        starts=starts,
        ends=ends,
    )
    with post.database.writing() as db:
        db.add(slot)
        db.flush()
        return slot.id or 0


def test_a_cancelled_slot_is_told_to_those_who_have_a_seat_with_a_higher_sequence(post: Post) -> None:
    scene = a_scene(post.database)
    morning = a_slot(post, scene, "Matinée", hour(9), hour(12))
    a_slot(post, scene, "Après-midi", hour(14), hour(17))
    registered(post, scene, scene.ada, "once-1", days=2)
    registered(post, scene, scene.barbara, "once-2")
    first, _ = post.collect()
    before = post.invitations(first)[0]
    assert (before["starts"], before["ends"]) == ("2027-03-16T08:00:00.000Z", "2027-03-16T16:00:00.000Z")
    with post.database.writing() as db:
        cancel_slot(db, morning, scene.claude, post.now)
    (mail,) = post.collect()
    assert str(mail["To"]).startswith("Ada")
    assert mail["Subject"] == "Créneau annulé\u00a0: Matinée"
    after = post.invitations(mail)[0]
    assert (after["uid"], after["method"], after["starts"]) == (before["uid"], "REQUEST", "2027-03-16T13:00:00.000Z")
    assert after["sequence"] > before["sequence"]


def test_a_day_without_any_slot_left_is_cancelled_and_comes_back_with_it(post: Post) -> None:
    scene = a_scene(post.database)
    only = a_slot(post, scene, "Journée", hour(9), hour(17))
    registered(post, scene, scene.ada, "once-1")
    post.collect()
    read = []
    for change in (cancel_slot, restore_slot):
        with post.database.writing() as db:
            change(db, only, scene.claude, post.now)
        (mail,) = post.collect()
        read += post.invitations(mail)
    assert [one["method"] for one in read] == ["CANCEL", "REQUEST"]
    assert read[0]["sequence"] < read[1]["sequence"]
    assert read[0]["uid"] == read[1]["uid"]


def test_a_slot_at_another_hour_is_one_letter_with_the_same_uid_and_a_higher_sequence(post: Post) -> None:
    scene = a_scene(post.database)
    slot = a_slot(post, scene, "Atelier", hour(9), hour(12))
    registered(post, scene, scene.ada, "once-1")
    registered(post, scene, scene.barbara, "once-2")
    first, _ = post.collect()
    (before,) = post.invitations(first)
    with post.database.writing() as db:
        wish = Wish("Atelier", SlotKind.WORKSHOP, Spot(DAYS[0], hour(14), hour(16), "Salle B"), scene.keycloak.id)
        assert move_slot(db, slot, wish, post.now, scene.claude)
    (mail,) = post.collect()
    assert mail["Subject"] == "Créneau déplacé\u00a0: Atelier"
    assert "mardi 16 mars 2027, 14 h – 16 h, Salle B" in plain_text(mail)
    (after,) = post.invitations(mail)
    assert (after["uid"], after["method"], after["starts"]) == (before["uid"], "REQUEST", "2027-03-16T13:00:00.000Z")
    assert after["sequence"] > before["sequence"]


def plain_text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return part.get_content().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_slot_on_another_day_is_told_to_those_of_both_days(post: Post) -> None:
    scene = a_scene(post.database)
    slot = a_slot(post, scene, "Atelier", hour(9), hour(12))
    registered(post, scene, scene.ada, "once-1")
    with post.database.writing() as db:
        register(db, scene.barbara, scene.keycloak, scene.days[1:], Mode.SITE, "once-2", post.now)
    post.collect()
    with post.database.writing() as db:
        wish = Wish("Atelier", SlotKind.WORKSHOP, Spot(DAYS[1], hour(9), hour(12), ""), scene.keycloak.id)
        assert move_slot(db, slot, wish, post.now, scene.claude)
    assert [str(mail["To"]).split()[0] for mail in post.collect()] == ["Ada", "Barbara"]
