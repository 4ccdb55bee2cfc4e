"""An organiser who changes a slot while a worker derives what is owed: what the tests of its letters happen in."""

from datetime import time as hour
from datetime import timedelta
from email.message import EmailMessage

from sqlmodel import col, select

from sprint.board.actions import Wish, move_slot
from sprint.board.rules import Spot
from sprint.journal import Fact
from sprint.notices.queries import states_of_act
from sprint.notices.tables import LetterState
from sprint.programme.actions import cancel_slot, restore_slot
from sprint.programme.tables import Slot, SlotKind
from sprint.registrations.actions import register
from sprint.registrations.tables import Mode
from tests.notices.scene import DAYS, Scene, a_scene, some_settings
from tests.notices.test_inviting import Post
from tests.notices.test_work import work_at
from tests.relay import Relay

SECONDS = timedelta(seconds=1)


class Desk(Post):
    """Letters leave two minutes later; Ada sits on the first day of the track, Barbara on the second."""

    scene: Scene
    slot: int

    def place(self) -> None:
        self.scene = scene = a_scene(self.database)
        with self.database.writing() as db:
            slot = Slot(
                edition_id=scene.edition_id,
                day_id=scene.days[0],
                track_id=scene.keycloak.id,
                identity="atelier",
                title="Atelier",
                kind=SlotKind.WORKSHOP,
                starts=hour(9),
                ends=hour(12),
            )
            db.add(slot)
            db.flush()
            self.slot = slot.id or 0
            for person, day in ((scene.ada, scene.days[:1]), (scene.barbara, scene.days[1:])):
                register(db, person, scene.keycloak, day, Mode.SITE, f"once-{person}", self.now)
        self.first = self.left()

    def pass_by(self, seconds: int) -> None:
        """Time passes."""
        self.now += seconds * SECONDS
        self.time(self.now)

    def derive(self, relay: Relay) -> None:
        work_at(self.now, self.database, some_settings(relay, letter_delay_seconds=120))

    def left(self) -> list[EmailMessage]:
        """What leaves until nothing is owed any more."""
        with Relay() as relay:
            for seconds in (0, 120):
                self.pass_by(seconds)
                self.derive(relay)
        return sorted(relay.received, key=lambda mail: str(mail["To"]))

    def move(self, start: int, day: int = 0, title: str = "Atelier", *, track: bool = True, room: str = "") -> None:
        spot = Spot(DAYS[day], hour(start), hour(start + 2), room)
        wish = Wish(title, SlotKind.WORKSHOP, spot, self.scene.keycloak.id if track else self.scene.onyxia.id)
        with self.database.writing() as db:
            assert move_slot(db, self.slot, wish, self.now, self.scene.claude)
        self.owe()

    def cancel(self) -> None:
        with self.database.writing() as db:
            assert cancel_slot(db, self.slot, self.scene.claude, self.now)
        self.owe()

    def restore(self) -> None:
        with self.database.writing() as db:
            assert restore_slot(db, self.slot, self.scene.claude, self.now)
        self.owe()

    def owe(self) -> None:
        """What the act owes is derived at once; ten seconds pass."""
        with Relay() as relay:
            self.derive(relay)
        assert relay.received == []
        self.pass_by(10)

    def first_sequence(self, number: int = 0) -> int:
        (invitation,) = self.invitations(self.first[number])
        return int(str(invitation["sequence"]))

    def states(self) -> list[dict[LetterState, int]]:
        """Of the letters of each change, in order."""
        with self.database.reading() as db:
            acts = db.exec(select(Fact.act).where(col(Fact.kind).startswith("slot.")).order_by(col(Fact.id))).all()
            return [states_of_act(db, act) for act in acts]
