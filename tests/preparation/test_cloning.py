"""The next edition after one: what is copied, asked and never taken, table by table."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlmodel import col, func, select

from sprint.board.actions import Wish, place_slot
from sprint.board.rules import Spot
from sprint.catalogue.actions import known_repository
from sprint.database import Database, all_tables
from sprint.journal import Fact
from sprint.participation.tables import RegistrationQuestion
from sprint.people.queries import member
from sprint.people.tables import Right, Scope
from sprint.preparation.actions import CloneWish, clone_edition
from sprint.preparation.cloning import LEFT, TABLES, Taken
from sprint.preparation.cloning import Fate as Fated
from sprint.programme.queries import EditionView, agenda_slots, edition_called, occupants, rooms_of, track_cards
from sprint.programme.rules import Phase
from sprint.programme.tables import Day, Edition, Room, Slot, SlotKind, Track, TrackRepository
from sprint.refusal import Refused
from sprint.registrations.queries import offers
from sprint.registrations.tables import DayCapacity, Registration
from tests.board.samples import a_room
from tests.browser import Browser
from tests.makers import FIRST_DAY, NOW, a_day_limit, a_slot, days_of
from tests.people import Five

Opens = Callable[..., Browser]
FIRST = date(2028, 3, 14)
A_WISH = Wish("Atelier", SlotKind.WORKSHOP, Spot(FIRST_DAY, time(14), time(15), "Salle A"))
CLONE = "/organisation/sprint-2027/suivante"


def wish(*taken: Taken, slug: str = "sprint-2028") -> CloneWish:
    return CloneWish(slug, "Sprint 2028", FIRST, frozenset(taken))


def clone(database: Database, five: Five, wanted: CloneWish) -> EditionView:
    with database.writing() as db:
        claude = member(db, five.claude.id or 0, NOW)
        assert claude is not None
        clone_edition(db, five.edition.id or 0, wanted, NOW, claude)
    with database.reading() as db:
        found = edition_called(db, wanted.slug)
        assert found is not None
        return found


def test_every_table_of_an_edition_says_what_becomes_of_it() -> None:
    """Those that point to an edition, or to what belongs to one."""
    belong = {"edition"}
    for _ in all_tables():
        belong |= {
            table.name for table in all_tables() if any(key.column.table.name in belong for key in table.foreign_keys)
        }
    assert belong == TABLES.keys(), "say in sprint/preparation/cloning.py whether it is copied, asked or never taken"


def test_tables_that_name_people_are_never_taken() -> None:
    named = {
        table.name for table in all_tables() if any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    assert {name for name in named & TABLES.keys() if TABLES[name] != Fated.NEVER} == set()


def test_the_columns_left_are_columns() -> None:
    for table in (Edition, Day, Room, Track, Slot, RegistrationQuestion):
        assert LEFT[str(table.__tablename__)] <= table.model_fields.keys()


def test_without_a_box_only_the_description_and_the_days_are_taken(database: Database, five: Five) -> None:
    made = clone(database, five, wish())
    with database.reading() as db:
        assert (track_cards(db, made.id), agenda_slots(db, made.id)) == ([], [])
    assert (made.name, made.place) == ("Sprint 2028", "Paris")
    assert made.calendar.days == (FIRST, date(2028, 3, 15))
    assert (made.calendar.phase(NOW), made.calendar.opens_at) == (Phase.DRAFT, None)


def test_each_box_takes_what_it_says_and_nobody(database: Database, five: Five) -> None:
    with database.writing() as db:
        first = days_of(db, five.edition)[0]
        a_day_limit(db, first, seats=50).taken = 1
        track = db.get_one(Track, five.keycloak.id)
        track.join_url, track.skills = "https://visio.example/ici", ["Java"]
        repository = known_repository(db, "https://github.com/keycloak/keycloak")
        db.add(TrackRepository(track_id=track.id or 0, repository_id=repository.id or 0, position=0))
        a_slot(db, five.edition, title="Annulé").cancelled_at = NOW
        a_room(db, first.id)
        place_slot(db, five.edition.id or 0, A_WISH, "formulaire", NOW, five.claude.id or 0)
    made = clone(database, five, wish(*Taken))
    with database.reading() as db:
        tracks = track_cards(db, made.id)
        new = db.exec(select(Track).where(Track.edition_id == made.id, Track.slug == "keycloak")).one()
        assert [card.slug for card in tracks] == ["onyxia", "keycloak"]
        assert (new.join_url, new.skills) == ("", ["Java"])
        assert db.exec(select(TrackRepository.repository_id).where(TrackRepository.track_id == new.id)).all() == [1]
        assert {(one.seats, one.taken) for one in offers(db, [card.id for card in tracks])} == {(2, 0), (10, 0)}
        limits = db.exec(select(DayCapacity.seats, DayCapacity.taken).where(DayCapacity.day_id == made.days[0].id))
        assert limits.all() == [(50, 0)]
        slots = [(slot.title, slot.on, slot.track_slug) for slot in agenda_slots(db, made.id)]
        assert slots == [
            ("Accueil", FIRST, None),
            ("Première installation", FIRST, "keycloak"),
            ("Atelier", FIRST, None),
        ]
        assert [room.on for room in rooms_of(db, made.id)] == [FIRST]
        assert len(occupants(db, made.days[0].id, "Salle A", range(1440))) == 1
        people = db.exec(select(func.count()).where(Registration.edition_id == made.id)).one()
        assert people == 0


def test_slots_of_tracks_come_with_their_tracks_only(database: Database, five: Five) -> None:
    made = clone(database, five, wish(Taken.SLOTS))
    with database.reading() as db:
        assert [slot.title for slot in agenda_slots(db, made.id)] == ["Accueil"]


def test_whoever_makes_it_organises_it_and_the_journal_says_so(database: Database, five: Five) -> None:
    made = clone(database, five, wish(Taken.TRACKS))
    with database.reading() as db:
        claude = member(db, five.claude.id or 0, NOW)
        assert claude is not None
        assert claude.holds_over(Right.ORGANISER, Scope.EDITION, made.id)
        told = db.exec(select(Fact.kind, Fact.detail).where(Fact.edition_id == made.id).order_by(col(Fact.id))).all()
    counted = {"from": five.edition.id, "days": 2, "tracks": 2}
    assert told[0] == ("edition.cloned", counted)
    assert [kind for kind, _ in told] == ["edition.cloned", "account.right_granted"]


def test_the_same_wish_twice_makes_one_edition_and_a_taken_address_is_refused(database: Database, five: Five) -> None:
    ids = {clone(database, five, wish()).id for _ in range(2)}
    assert len(ids) == 1
    with pytest.raises(Refused, match="slug_taken"):
        clone(database, five, wish(slug="sprint-2027"))


def test_an_organiser_prepares_the_next_edition(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(CLONE)
    page.submit("Créer le brouillon", nom="Sprint 2028", adresse="Sprint 2028", jour="2028-03-14")
    assert page.status == 422
    page.submit("Créer le brouillon", nom="Sprint 2028", adresse="sprint-2028", jour="2028-03-14", reprend=["parcours"])
    assert (page.status, page.address) == (200, "/organisation/sprint-2028/etapes")
    assert browser(five.claude).open("/sprint-2028/parcours/keycloak").status == 200
    assert browser(five.ada).open("/sprint-2028/parcours/keycloak").status == 404
