"""Forgetting in time, as the register says."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from sprint import sessions
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import Fact, new_act, record
from sprint.notices.tables import Letter
from sprint.privacy.actions import Forgotten, purge
from sprint.privacy.register import register
from sprint.privacy.rules import Since, Span, span_of
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.tables import Registration
from tests.makers import NOW, a_person, a_registration, a_track, an_edition

LONG_AGO = NOW - timedelta(days=800)


def old_things(database: Database) -> None:
    """A fact, a letter of 13 months and one of 26, a session and a registration, all old."""
    with database.writing() as db:
        person = a_person(db)
        record(db, new_act(), RegistrationFact.SEATS, LONG_AGO, person_id=person.id)
        record(db, new_act(), RegistrationFact.SEATS, NOW, person_id=person.id)
        for days in (400, 800):
            at = NOW - timedelta(days=days)
            db.add(
                Letter(
                    act=new_act(), person_id=person.id, purpose="x", words={"a": 1}, message_id=f"<{days}>",
                    owed_at=at, posted_at=at,
                )
            )  # fmt: skip
        past = an_edition(db, slug="sprint-2024", first_on=date(2024, 11, 1))
        a_registration(db, person, a_track(db, past), now=LONG_AGO - timedelta(days=100))
        sessions.open_session(db, person.id or 0, "demo", "x", LONG_AGO)
        for job in db.exec(select(Job)):
            job.done_at = job.due_at


def test_what_has_lasted_long_enough_goes_and_the_rest_stays(database: Database) -> None:
    old_things(database)
    with database.reading() as db:
        foreseen = purge(db, NOW, dry_run=True)
    with database.writing() as db:
        gone = purge(db, NOW)
    assert sorted(gone, key=str) == sorted(foreseen, key=str)
    assert sorted((one.table, one.column, one.number) for one in gone if one.table != "fact") == [
        ("letter", "", 1),
        ("letter", "words", 2),
        ("loginsession", "", 1),
        ("registration", "", 2),
    ]
    with database.reading() as db:
        assert db.exec(select(Letter.message_id, Letter.words)).all() == [("<400>", None)]
        assert db.exec(select(Registration.id)).all() == []
        assert db.exec(select(Fact.at)).all() == [NOW]
        assert [done for done in db.exec(select(Job.done_at)) if done and done < LONG_AGO + timedelta(days=1)] == []


def test_a_second_purge_finds_nothing(database: Database) -> None:
    old_things(database)
    with database.writing() as db:
        purge(db, NOW)
    with database.writing() as db:
        assert purge(db, NOW) == []


def test_a_dry_run_changes_nothing(sqlite: Database) -> None:
    old_things(sqlite)
    with sqlite.reading() as db:
        assert Forgotten("letter", "", 1) in purge(db, NOW, dry_run=True)
        assert len(db.exec(select(Letter.id)).all()) == 2


@pytest.mark.parametrize(
    ("phrase", "span"),
    [
        ("until erasure", Span()),
        ("for ever, as a tombstone", Span(for_ever=True)),
        ("1 day", Span(days=1)),
        ("7 days after its end", Span(days=7, since=Since.END)),
        ("24 months after the edition", Span(months=24, since=Since.EDITION)),
        ("10 years after the edition, as proof", Span(months=120, since=Since.EDITION)),
    ],
)
def test_the_phrases_of_the_register_are_understood(phrase: str, span: Span) -> None:
    assert span_of(phrase) == span


def test_another_phrase_is_refused() -> None:
    with pytest.raises(ValueError, match="a while"):
        span_of("a while")


def test_months_are_those_of_the_calendar() -> None:
    assert Span(months=24).before(NOW) == NOW.replace(year=2025)


def test_every_duration_that_a_date_ends_is_applied_or_said_in_words() -> None:
    """A table with a limit says from when it counts, unless its feature forgets by itself and people are told so."""
    forgets_itself = {"talentview", "contactrequest", "withdrawncard", "consent", "searchreason"}
    unapplied = {
        policy.table
        for policy in register()
        for span in policy.spans
        if span.is_limited and span.since is not Since.EDITION and not policy.since
    }
    assert unapplied - forgets_itself == set()
