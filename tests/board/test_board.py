"""The open board: proposing, taking back, removing, the order of the queue."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import col, select

from sprint.board.actions import Wish, propose_workshop
from sprint.board.queries import entries
from sprint.board.tables import BoardEntry
from sprint.clock import now
from sprint.database import Database
from sprint.journal import Fact
from sprint.programme.tables import Edition, Room, SlotKind
from sprint.refusal import Refused
from tests.agenda.asking import Opens
from tests.board.samples import SLOT, TALK, a_room
from tests.board.test_races import (
    RIVALS,
    SESSIONS,
    THREADS,
    a_garagethon,
    rivalry,
    sessions,
    used_twice,
    wide,  # noqa: F401
)
from tests.makers import a_person, a_registration, a_track, days_of
from tests.people import Five
from tests.queries import recorded

BOARD = "/sprint-2027/tableau"
DESK = "/organisation/sprint-2027/tableau"


def with_a_room(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_room(db, days_of(db, five.edition)[0].id)


def told(database: Database) -> list[str]:
    with database.reading() as db:
        kinds = db.exec(select(Fact.kind).where(col(Fact.kind).startswith("board.")).order_by(col(Fact.id)))
        return list(kinds)


def test_a_workshop_is_proposed_shown_in_the_agenda_and_taken_back(
    browser: Opens, database: Database, five: Five
) -> None:
    with_a_room(database, five)
    page = browser(five.ada).open(BOARD).submit("Proposer cet atelier", titre="Lire du code", debut="14:00")
    assert (page.status, "Votre atelier est au tableau" in page.text) == (200, True)
    assert "Lire du code" in browser().open("/sprint-2027/agenda").text
    assert "Lire du code" in browser().client.get("/sprint-2027/agenda.ics").text
    assert five.ada.name not in browser().open(BOARD).text
    page.submit("Reprendre « Lire du code »")
    assert "Aucun atelier" in browser().open(BOARD).text
    assert "STATUS:CANCELLED" in browser().client.get("/sprint-2027/agenda.ics").text
    assert told(database) == ["board.proposed", "board.withdrawn"]


def test_a_room_that_is_taken_is_explained_and_keeps_what_was_typed(
    browser: Opens, database: Database, five: Five
) -> None:
    with_a_room(database, five)
    one = browser(five.ada)
    one.post(f"{BOARD}/ateliers", **SLOT)
    one.post(f"{BOARD}/ateliers", **{**SLOT, "titre": "Un autre", "once": "formulaire-9"})
    assert (one.status, "est prise par" in one.text) == (409, True)
    assert "Un autre" in [field.get("value") for field in one.page.iter("input")]


def test_only_who_is_registered_proposes_and_only_in_rooms_that_are_offered(
    browser: Opens, database: Database, five: Five
) -> None:
    eve = browser(five.eve).post(f"{BOARD}/ateliers", **SLOT)
    assert (eve.status, "aux personnes inscrites" in eve.text) == (409, True)
    ada = browser(five.ada).post(f"{BOARD}/ateliers", **SLOT)
    assert (ada.status, "ouverte aux propositions" in ada.text) == (409, True)
    assert told(database) == []


def test_the_same_form_twice_proposes_once_and_five_are_enough(browser: Opens, database: Database, five: Five) -> None:
    one = browser(five.ada)
    for number in (1, 1, 2, 3, 4, 5):
        assert one.post(f"{BOARD}/presentations", **{**TALK, "once": f"formulaire-{number}"}).status == 200
    assert one.post(f"{BOARD}/presentations", **{**TALK, "once": "formulaire-6"}).status == 409
    assert told(database) == ["board.proposed"] * 5


def test_nobody_takes_back_what_is_somebody_elses(browser: Opens, database: Database, five: Five) -> None:
    browser(five.ada).post(f"{BOARD}/presentations", **TALK)
    with database.reading() as db:
        key = db.exec(select(BoardEntry.id)).one()
    assert browser(five.eve).post(f"{BOARD}/{key}/retrait").status == 404


def test_an_organiser_reorders_the_queue_and_removes_with_a_reason(
    browser: Opens, database: Database, five: Five
) -> None:
    for number, title in enumerate(("Une", "Deux")):
        form = {**TALK, "sujet": title, "once": f"formulaire-{number}", "nommer": "oui"}
        browser(five.ada).post(f"{BOARD}/presentations", **form)
    desk = browser(five.claude).open(DESK).submit("Avancer « Deux »")
    with database.reading() as db:
        assert [line.title for line in entries(db, five.edition.id or 0)] == ["Deux", "Une"]
    assert five.ada.name in browser().open(BOARD).text
    with database.reading() as db:
        key = entries(db, five.edition.id or 0)[0].id
    assert desk.post(f"{DESK}/{key}/refus", **{f"p{key}-motif": ""}).status == 422
    desk.post(f"{DESK}/{key}/refus", **{f"p{key}-motif": "Hors sujet"})
    assert "Hors sujet" in browser(five.ada).open(BOARD).text
    assert "Deux" not in browser().open(BOARD).text
    assert told(database) == ["board.proposed"] * 2 + ["board.reordered", "board.removed"]


def test_both_pages_cost_the_same_with_fifty_entries(browser: Opens, database: Database, five: Five) -> None:
    few = [cost(browser, database, person, address) for person, address in ((five.ada, BOARD), (five.claude, DESK))]
    with database.writing() as db:
        for number in range(50):
            row = BoardEntry(edition_id=five.edition.id, person_id=five.ada.id, title=f"N {number}", proposed_at=now())
            row.minutes, row.position, row.once = 5, number, f"formulaire-{number}"
            db.add(row)
    many = [cost(browser, database, person, address) for person, address in ((five.ada, BOARD), (five.claude, DESK))]
    assert (few == many, max(few) <= 8) == (True, True)


def cost(browser: Opens, database: Database, person: object, address: str) -> int:
    one = browser(person)
    with recorded(database) as queries:
        one.open(address)
    return queries.count


def test_people_who_propose_at_once_never_share_a_room_and_the_losers_are_told_why(wide: Database) -> None:  # noqa: F811
    """The garagethon again: nineteen sessions, each wanted by eight registered people."""
    edition_id = a_garagethon(wide)
    people = people_of(wide, edition_id)
    asked = rivalry(sessions())

    def ask(order: int) -> tuple[int, str]:
        number, spot = asked[order]
        wish = Wish(f"Session {number}", SlotKind.WORKSHOP, spot)
        try:
            with wide.writing() as db:
                propose_workshop(db, people[order], edition_id, wish, "formulaire", now(), is_named=False)
        except Refused as refused:
            return number, ",".join(reason.code for reason in refused.reasons)
        return number, "placed"

    outcomes = at_once(ask, len(asked))
    assert outcomes == Counter({(number, "placed"): 1 for number in range(SESSIONS)}) + Counter(
        {(number, "room_taken"): RIVALS - 1 for number in range(SESSIONS)}
    )
    assert used_twice(wide) == 0


def at_once(ask: Callable[[int], tuple[int, str]], number: int) -> Counter[tuple[int, str]]:
    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(ask, range(number)))


def people_of(database: Database, edition_id: int) -> list[int]:
    """As many registered people as there are forms; every room is offered."""
    with database.writing() as db:
        for room in db.exec(select(Room)):
            room.offered_at = now()
        edition = db.get_one(Edition, edition_id)
        track = a_track(db, edition, seats=SESSIONS * RIVALS)
        people = [a_person(db, name=f"Personne {number}") for number in range(SESSIONS * RIVALS)]
        for person in people:
            a_registration(db, person, track)
        return [person.id or 0 for person in people]
