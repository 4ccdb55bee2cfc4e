"""Erasing: nothing of hers is left in a dump of either engine; what others have stays; seats go on; no letter leaves after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlmodel import Session, SQLModel, select

from sprint import jobs
from sprint.contributions.actions import log
from sprint.contributions.tables import Authorship, Contribution, Evidence, Reference
from sprint.database import Database
from sprint.journal import Fact
from sprint.notices.actions import owe_letters
from sprint.notices.queries import POSTING
from sprint.notices.tables import Letter
from sprint.people.rules import GONE
from sprint.people.tables import Person
from sprint.privacy.actions import erase, purge
from sprint.privacy.facts import PrivacyFact
from sprint.privacy.queries import held_counts
from sprint.privacy.register import register
from sprint.privacy.rows import uncovered
from sprint.refusal import Refused
from sprint.registrations import actions
from sprint.registrations.owed import owed_letters
from sprint.registrations.queries import held_by
from sprint.registrations.tables import Mode, Registration, State
from sprint.settings import Settings
from sprint.talents.actions import join_pool
from sprint.talents.tables import ConsentProof, Purpose
from tests.contributions.stage import a_wish
from tests.makers import NOW, a_registration, day_ids
from tests.people import Five, five_people
from tests.privacy.lives import SHARED, WORDS, Life, a_life, do_all_work, dump
from tests.talents.pool import PORTRAIT

LATER = NOW + timedelta(hours=1)
POLICIES = {policy.table: policy for policy in register()}


@pytest.fixture
def life(database: Database, five: Five, settings: Settings, time: Callable[[datetime], None]) -> Life:
    with database.writing() as db:
        lived = a_life(db, five)
        a_registration(db, five.eve, five.keycloak)
    do_all_work(database, settings)
    return lived


def erased(database: Database, person_id: int) -> None:
    with database.writing() as db:
        erase(db, person_id, "fr", LATER)


def test_no_string_of_hers_is_left_in_a_dump(life: Life, database: Database) -> None:
    with database.reading() as db:
        before = dump(db)
    assert [word for word in WORDS if word not in before] == []
    erased(database, life.person_id)
    with database.reading() as db:
        after = dump(db)
    assert [word for word in WORDS if word in after] == []
    assert SHARED in after


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_string_of_hers_is_left_in_the_file(life: Life, database: Database) -> None:
    """Not even in pages SQLite keeps for later: what it deletes, it overwrites."""
    file = Path(database.url.database or "")
    database.close()
    before = file.read_bytes()
    assert [word for word in WORDS if word.encode() not in before] == []
    erased(database, life.person_id)
    database.close()
    after = file.read_bytes()
    assert [word for word in WORDS if word.encode() in after] == []
    assert SHARED.encode() in after


def test_what_is_left_is_a_tombstone_and_its_facts(life: Life, database: Database) -> None:
    erased(database, life.person_id)
    with database.reading() as db:
        person = db.get_one(Person, life.person_id)
        assert (person.name, person.email, person.seen_at, person.erased_at) == ("", None, None, LATER)
        assert set(held_counts(db, life.person_id)) == {"person", "registration", "fact"}
        last = db.exec(select(Fact).where(Fact.kind == PrivacyFact.ERASED)).one()
    assert (last.person_id, last.actor_id, last.detail) == (life.person_id, life.person_id, {})


def test_her_seats_go_to_those_who_wait(life: Life, database: Database, five: Five) -> None:
    with database.reading() as db:
        waited = db.exec(select(Registration.state).where(Registration.person_id == five.eve.id)).all()
    assert waited == [State.WAITING] * 2
    erased(database, life.person_id)
    with database.reading() as db:
        now = db.exec(select(Registration.state).where(Registration.person_id == five.eve.id)).all()
        hers = db.exec(select(Registration.ended_at).where(Registration.person_id == life.person_id)).all()
    assert now == [State.CONFIRMED] * 2
    assert hers == [LATER] * 2


def test_what_she_alone_authored_goes_and_what_is_shared_stays_without_her(life: Life, database: Database) -> None:
    erased(database, life.person_id)
    with database.reading() as db:
        assert db.exec(select(Contribution.id)).all() == [life.shared_id]
        assert [db.exec(select(table)).all() for table in (Reference, Evidence)] == [[], []]
        authors = db.exec(select(Authorship.person_id)).all()
    assert life.person_id not in authors
    assert len(authors) == 1


def test_of_her_consents_stays_a_hash(life: Life, database: Database) -> None:
    erased(database, life.person_id)
    with database.reading() as db:
        proofs = db.exec(select(ConsentProof.state)).all()
    assert sorted(proofs) == ["given", "withdrawn"]


def test_a_letter_claimed_before_and_posted_after_finds_nothing_to_post(
    life: Life, database: Database, five: Five, settings: Settings
) -> None:
    with database.writing() as db:
        letter = Letter(
            act="acte", person_id=life.person_id, purpose="x", words={}, message_id="<x@x>", owed_at=NOW
        )  # fmt: skip
        db.add(letter)
        db.flush()
        jobs.owe(db, POSTING, str(letter.id), NOW)
        claim = jobs.claim(db, [POSTING], NOW, timedelta(seconds=60))
        assert claim is not None
    with pytest.raises(Refused, match="posting"), database.writing() as db:
        erase(db, life.person_id, "fr", NOW)
    erased(database, life.person_id)
    with database.reading() as db:
        assert db.exec(select(Letter.id).where(Letter.person_id == life.person_id)).all() == []
    with database.writing() as db:
        assert not jobs.settle(db, claim, LATER)


def test_erasing_twice_changes_nothing_more(life: Life, database: Database) -> None:
    erased(database, life.person_id)
    with database.reading() as db:
        once = dump(db)
    erased(database, life.person_id)
    with database.reading() as db:
        assert dump(db) == once


def test_the_purge_erases_again_whom_a_backup_brought_back(life: Life, database: Database) -> None:
    with database.writing() as db:
        db.get_one(Person, life.person_id).erased_at = NOW
    with database.writing() as db:
        purge(db, LATER)
    with database.reading() as db:
        left = dump(db)
    assert [word for word in WORDS if word in left] == []


def test_a_letter_worded_while_somebody_is_erased_is_owed_to_nobody(
    postgres: Database, settings: Settings, time: Callable[[datetime], None]
) -> None:
    """SQLite has one writer at a time; on PostgreSQL the worker waits for the person, then finds them gone."""
    with postgres.writing() as db:
        five = five_people(db)
        her = five.ada.id or 0
    with postgres.reading() as db:
        act = db.exec(select(Fact.act).where(Fact.person_id == her)).first() or ""
        owed = owed_letters(db, act)
    started, given = Event(), []

    def derive() -> None:
        with postgres.writing() as db:
            started.set()
            given.append(owe_letters(db, act, owed, "sprint.example", LATER, timedelta()))

    worker = Thread(target=derive)
    with postgres.writing() as db:
        erase(db, her, "fr", LATER)
        worker.start()
        started.wait(5)
        worker.join(0.3)
        assert worker.is_alive()
    worker.join(5)
    assert len(owed) == 1
    assert given == [0]


def registers(db: Session, five: Five) -> None:
    actions.register(db, five.ada.id or 0, five.onyxia, day_ids(db, five.edition), Mode.SITE, "en-route-1", LATER)


def changes(db: Session, five: Five) -> None:
    actions.change(db, five.ada.id or 0, five.onyxia, day_ids(db, five.edition)[0], Mode.SITE, "en-route-2", LATER)


def logs(db: Session, five: Five) -> None:
    log(db, five.ada.id or 0, five.edition.id or 0, a_wish(), "en-route-3", LATER)


def joins(db: Session, five: Five) -> None:
    join_pool(db, five.ada.id or 0, PORTRAIT, [Purpose.VISIBLE], "fr", LATER)


@pytest.mark.parametrize("act", [registers, changes, logs, joins])
def test_a_form_on_its_way_while_its_sender_is_erased_is_refused(
    act: Callable[[Session, Five], None], database: Database, five: Five, time: Callable[[datetime], None]
) -> None:
    """It asked who sends it before the account was closed, and waits for a lock that the erasure holds."""
    started, given = Event(), []

    def send() -> None:
        started.set()
        try:
            with database.writing() as db:
                act(db, five)
        except Refused as refused:
            given.extend(refused.reasons)

    form = Thread(target=send)
    with database.writing() as db:
        erase(db, five.ada.id or 0, "fr", LATER)
        form.start()
        started.wait(5)
        form.join(0.3)
        assert form.is_alive()
    form.join(5)
    assert given == [GONE]
    with database.reading() as db:
        assert held_by(db, five.ada.id or 0) == ()
        assert set(held_counts(db, five.ada.id or 0)) == {"person", "registration", "fact"}


# --- complete by the metadata


def test_every_foreign_key_to_a_person_is_covered() -> None:
    keys = [
        f"{table.name}.{key.parent.name}"
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
    ]
    assert len(keys) > 10
    assert uncovered(SQLModel.metadata, POLICIES) == []


def test_a_planted_table_that_points_to_a_person_is_found() -> None:
    planted = MetaData()
    Table("person", planted, Column("id", Integer, primary_key=True))
    Table("contribution", planted, Column("id", Integer, primary_key=True))
    Table("note", planted, Column("id", Integer, primary_key=True), Column("about_id", ForeignKey("person.id")))
    Table("like", planted, Column("contribution_id", ForeignKey("contribution.id"), primary_key=True))
    assert sorted(uncovered(planted, POLICIES)) == ["like.contribution_id", "note.about_id"]


def test_every_table_that_erasing_deletes_says_whose_its_rows_are() -> None:
    assert [policy.table for policy in register() if policy.erasure == "deleted" and not policy.whose] == []
