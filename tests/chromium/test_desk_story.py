"""An organiser's morning, in a real browser: open registration, move somebody, add seats, write to the waiting list.

A gesture is a button pressed or a link followed; fields filled in, boxes and lists chosen from are none. What each deed did is
read in the database.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from sprint.announcements.tables import GroupLetter
from sprint.clock import now
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.programme.queries import EditionView, edition_called
from sprint.programme.rules import Phase
from sprint.programme.tables import Day, Edition, Track
from sprint.registrations.actions import register
from sprint.registrations.queries import IS_LIVE, offers
from sprint.registrations.tables import Registration, State, TrackCapacity
from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser
Line = tuple[str, str, str]
"""Track, day, how."""
MORE = 5
"""Seats that "Ouvrir des places" proposes to add to each line."""


class Hands:
    """Somebody at a page, whose gestures are counted."""

    def __init__(self, page) -> None:  # type: ignore[no-untyped-def]
        self.page, self.gestures = page, 0

    def press(self, button: str | re.Pattern[str]) -> None:
        self._do("button", button)

    def follow(self, link: str | re.Pattern[str]) -> None:
        self._do("link", link)

    def _do(self, role: str, words: str | re.Pattern[str]) -> None:
        self.gestures += 1
        self.page.locator("main").get_by_role(role, name=words).first.click()
        self.page.wait_for_load_state()


def test_four_deeds_take_fewer_than_ten_gestures(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    edition = announced_with_a_long_queue(site)
    hands = Hands(visitor("claude"))
    hands.page.goto(f"/organisation/{site.edition}")
    hands.press("Ouvrir les inscriptions maintenant")
    hands.page.get_by_text("Les inscriptions sont ouvertes.").first.wait_for()
    hands.follow(re.compile("attend(ent)? une place"))
    with site.database.reading() as db:
        before = seats(db, edition)
    moved_id, chosen = move_somebody(hands)
    raised = open_seats(hands)
    with site.database.reading() as db:
        still_waiting = waiting(db, edition)
    write_to_the_queue(hands)

    assert hands.gestures < 10, hands.gestures
    with site.database.reading() as db:
        opened = edition_called(db, site.edition)
        assert opened is not None
        assert opened.calendar.phase(now()) == Phase.OPEN
        assert seat_of(db, moved_id) == chosen
        more = {line: number - before[line] for line, number in seats(db, edition).items() if number != before[line]}
        assert raised
        assert more == dict.fromkeys(raised, MORE)
        assert still_waiting
        assert written_to(db) == still_waiting


def move_somebody(hands: Hands) -> tuple[int, str]:
    """The first who waits, to the first place with a free seat; gives the registration left and the place."""
    hands.follow(re.compile("^Déplacer"))
    page = hands.page
    registration = int(page.url.split("/inscriptions/")[1].split("/")[0])
    chosen = page.locator("#vers option[value*='.confirmed.']").first.get_attribute("value")
    page.locator("#vers").select_option(chosen)
    page.locator("label[for=motif-skills]").click()
    hands.press(re.compile("^Déplacer$"))
    page.get_by_text("C’est fait ; un courriel le dit à").wait_for()
    return registration, chosen.rsplit(".", 2)[0]


def open_seats(hands: Hands) -> list[Line]:
    """As many seats as the page proposes; gives the lines it announced."""
    hands.follow("Ouvrir des places")
    hands.page.get_by_role("heading", name="Ce qui va se passer").wait_for()
    lines = hands.page.locator("input[name=ligne]").evaluate_all("all => all.map(one => one.value)")
    hands.press(re.compile(r"^Ouvrir ces \d+ places$"))
    hands.page.get_by_text("Places ouvertes").first.wait_for()
    return [tuple(line.split(".")[:3]) for line in lines]


def write_to_the_queue(hands: Hands) -> None:
    hands.follow("Écrire aux personnes en attente")
    for field in ("#objet", "#texte", "#subject", "#text"):
        hands.page.fill(field, "Une place peut se libérer.")
    hands.press("Relire avant d’envoyer")
    hands.press("Envoyer ce courrier")
    hands.page.get_by_text("Une place peut se libérer.").first.wait_for()


def announced_with_a_long_queue(site: Site) -> EditionView:
    """More people wait on a full track than get one of the seats added; then registration opens tomorrow only."""
    with site.database.writing() as db:
        found = edition_called(db, site.edition)
        assert found is not None
        tracks = list(db.exec(select(Track).where(Track.edition_id == found.id).order_by(col(Track.id))))
        full = next(one for one in offers(db, [track.id or 0 for track in tracks]) if one.waiting and not one.free)
        track = next(track for track in tracks if track.id == full.track_id)
        for number in range(2 * MORE):
            person = Person(name=f"Attend {number}", email=f"attend{number}@example.org", created_at=now())
            db.add(person)
            db.flush()
            register(db, person.id or 0, track, [full.day_id], full.mode, f"attend-{number:04}", now())
        db.get_one(Edition, found.id).opens_at = now() + timedelta(days=1)
    return found


def seats(db: Session, edition: EditionView) -> dict[Line, int]:
    """Seats of every track on every day in every mode."""
    rows = db.exec(
        select(Track.slug, Day.on, TrackCapacity.mode, TrackCapacity.seats)
        .join(Track, col(Track.id) == TrackCapacity.track_id)
        .join(Day, col(Day.id) == TrackCapacity.day_id)
        .where(Track.edition_id == edition.id)
    )
    return {(slug, on.isoformat(), mode.value): number for slug, on, mode, number in rows}


def seat_of(db: Session, registration_id: int) -> str:
    """Where the person sits who was moved away from this registration, as the form calls it."""
    left = db.get_one(Registration, registration_id)
    assert left.ended_at is not None
    latest = (
        select(Track.slug, Day.on, Registration.mode)
        .join(Track, col(Track.id) == Registration.track_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .where(IS_LIVE, Registration.person_id == left.person_id, Registration.state == State.CONFIRMED)
        .order_by(col(Registration.id).desc())
    )
    found = db.exec(latest).first()
    assert found is not None
    slug, on, mode = found
    return f"{slug}.{on.isoformat()}.{mode.value}"


def waiting(db: Session, edition: EditionView) -> set[int]:
    """Who waits."""
    rows = select(Registration.person_id).where(
        IS_LIVE, Registration.edition_id == edition.id, Registration.state == State.WAITING
    )
    return set(db.exec(rows))


def written_to(db: Session) -> set[int]:
    """Whom the one letter to a group is owed to."""
    (act,) = db.exec(select(GroupLetter.act)).all()
    people = db.exec(select(Letter.person_id).where(Letter.act == act)).all()
    assert len(people) == len(set(people))
    return set(people)
