"""Joining, agreeing, leaving: consent is a purpose of its own, immutable, and ends at once (R1 to R6, R15, R17)."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlmodel import SQLModel, col, func, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Person, Right
from sprint.refusal import Refused
from sprint.talents import notice
from sprint.talents.actions import (
    change_profile,
    forget_old_traces,
    forget_person,
    hide_contributions,
    join_pool,
    leave_pool,
    purge_profile,
    renew_consent,
    show_contributions,
)
from sprint.talents.notice import current_notice, receipt
from sprint.talents.queries import cards
from sprint.talents.queries.cards import card_for
from sprint.talents.queries.mine import consent_events, profile_of
from sprint.talents.tables import (
    Consent,
    ConsentProof,
    ContactRequest,
    PoolMonth,
    Purpose,
    RequestState,
    TalentProfile,
    TalentView,
    WithdrawnCard,
)
from tests.makers import NOW, a_grant, a_person
from tests.people import Five
from tests.talents.pool import BOTH, PORTRAIT, a_profile, a_recruiter, a_request, a_view

NOTICE_1 = {
    "fr": "84cd7be2079a4efc3b52a68e538af8885062d64c4e2c0f14b669eee54ae176d8",
    "en": "544214cf53d80a0243cd3d8b692a691dfe77bc6f32ba02b16fa25852c0fbf47a",
}
YEAR_LATER = datetime(2028, 1, 12, 9, tzinfo=UTC)


def kinds(database: Database) -> list[str]:
    with database.reading() as db:
        of_pool = select(Fact.kind).where(col(Fact.kind).startswith("talents.")).order_by(col(Fact.id))
        return list(db.exec(of_pool))


def events(database: Database, person: Person) -> list[tuple[str, str]]:
    with database.reading() as db:
        return [(one.purpose, one.state) for one in consent_events(db, person.id or 0)]


def test_registering_needs_no_consent_and_makes_none(database: Database, five: Five) -> None:
    """R1: Ada is registered; there is no row of the pool."""
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(Consent)).one() == 0
        assert profile_of(db, five.ada.id or 0) is None


def test_joining_gives_one_consent_for_each_box_ticked(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_profile(db, five.ada)
        a_profile(db, five.barbara, purposes=BOTH)
    assert events(database, five.ada) == [("visible", "given")]
    assert events(database, five.barbara) == [("visible", "given"), ("contributions", "given")]
    assert kinds(database) == ["talents.joined", "talents.joined"]


def test_without_the_box_there_is_no_profile_and_no_consent(database: Database, five: Five) -> None:
    with pytest.raises(Refused, match="not_agreed"), database.writing() as db:
        join_pool(db, five.ada.id or 0, PORTRAIT, (Purpose.CONTRIBUTIONS,), "fr", NOW)
    assert (events(database, five.ada), kinds(database)) == ([], [])


def test_the_same_form_sent_twice_joins_once_and_tells_once(database: Database, five: Five) -> None:
    with database.writing() as db:
        assert join_pool(db, five.ada.id or 0, PORTRAIT, BOTH, "fr", NOW)
        assert not join_pool(db, five.ada.id or 0, PORTRAIT, BOTH, "fr", NOW)
    assert (len(events(database, five.ada)), kinds(database)) == (2, ["talents.joined"])


def test_a_consent_is_never_changed_by_anything_one_does(database: Database, five: Five) -> None:
    """R3: the first row is the same, byte for byte, after everything that can happen to it but erasure."""
    with database.writing() as db:
        a_profile(db, five.ada, purposes=BOTH)
        before = [row.model_dump() for row in db.exec(select(Consent).order_by(col(Consent.id)))]
    person_id = five.ada.id or 0
    with database.writing() as db:
        change_profile(db, person_id, PORTRAIT, NOW + timedelta(days=1))
        hide_contributions(db, person_id, "fr", NOW + timedelta(days=2))
        show_contributions(db, person_id, "en", NOW + timedelta(days=3))
        renew_consent(db, person_id, BOTH, "fr", NOW + timedelta(days=4))
        leave_pool(db, person_id, "fr", NOW + timedelta(days=5))
        forget_old_traces(db, NOW + timedelta(days=700))
    with database.reading() as db:
        after = [row.model_dump() for row in db.exec(select(Consent).order_by(col(Consent.id)))]
    assert after[: len(before)] == before
    assert [(row["purpose"], row["state"]) for row in after[2:]] == [
        ("contributions", "withdrawn"),
        ("contributions", "given"),
        ("visible", "given"),
        ("contributions", "given"),
        ("visible", "withdrawn"),
        ("contributions", "withdrawn"),
    ]


def test_a_receipt_says_what_was_agreed_to_on_which_wording_until_when(database: Database, five: Five) -> None:
    """R3: the fields of ISO/IEC TS 27560."""
    with database.writing() as db:
        a_profile(db, five.ada)
    with database.reading() as db:
        (event,) = consent_events(db, five.ada.id or 0)
    told = receipt(event, "Ada Lovelace")
    assert set(told) == {
        "record_id", "schema", "pii_principal", "purpose", "statement", "state", "time", "valid_until", "language",
        "notice_version", "notice_sha256", "notice", "data_categories", "controller", "recipients", "storage",
        "retention", "jurisdiction", "withdrawal", "rights", "authority",
    }  # fmt: skip
    assert (told["purpose"], told["state"], told["language"]) == ("visible", "given", "fr")
    assert told["statement"] == "Être visible dans la recherche des personnes habilitées"
    assert (told["time"], told["valid_until"]) == ("2027-01-12T09:00:00+00:00", "2028-01-12T09:00:00+00:00")
    assert told["notice_sha256"] == sha256(event.document.encode()).hexdigest() == current_notice("fr").sha256
    assert all(told.values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_notice_reads_as_it_did_when_people_agreed_to_it(language: str) -> None:
    """R17: another wording is another version, in another file."""
    assert (current_notice(language).version, current_notice(language).sha256) == (1, NOTICE_1[language])


def test_a_changed_notice_hides_profiles_until_their_owners_agree_anew(
    database: Database, five: Five, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        assert card_for(db, rosa, profile.key, NOW) is not None
    second = notice.Notice(2, NOW.date(), "fr", (("Quoi", "Autre chose"),), "Autre chose", '{"version": 2}')
    monkeypatch.setattr(cards, "current_version", lambda: 2)
    monkeypatch.setattr("sprint.talents.actions.consenting.current_notice", lambda _language: second)
    with database.writing() as db:
        assert card_for(db, rosa, profile.key, NOW) is None
        renew_consent(db, five.ada.id or 0, (Purpose.VISIBLE,), "fr", NOW)
        db.flush()
        assert card_for(db, rosa, profile.key, NOW) is not None


def test_a_consent_holds_twelve_months_and_no_moment_more(database: Database, five: Five) -> None:
    """R5: nothing has to run for it to end."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        assert card_for(db, rosa, profile.key, YEAR_LATER - timedelta(seconds=1)) is not None
        assert card_for(db, rosa, profile.key, YEAR_LATER) is None
        renew_consent(db, five.ada.id or 0, (Purpose.VISIBLE,), "fr", YEAR_LATER)
        db.flush()
        assert card_for(db, rosa, profile.key, YEAR_LATER) is not None


def test_leaving_takes_everything_away_and_keeps_who_could_see_without_whom(database: Database, five: Five) -> None:
    """R4."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        own = a_person(db, name="Olga Collègue")
        a_grant(db, person=own, right=Right.RECRUITER)
        a_recruiter(db, own)
        key = profile.key
        a_view(db, rosa, profile)
        a_request(db, rosa, profile)
    with database.writing() as db:
        assert leave_pool(db, five.ada.id or 0, "fr", NOW)
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(TalentProfile)).one() == 0
        assert set(db.exec(select(WithdrawnCard.key, WithdrawnCard.recruiter_id))) == {(key, rosa.id), (key, own.id)}
        assert db.exec(select(ContactRequest.state, ContactRequest.profile_id)).all() == [(RequestState.CLOSED, None)]
        assert card_for(db, rosa, key, NOW) is None
    columns = {column.name for column in SQLModel.metadata.tables["withdrawncard"].columns}
    assert columns == {"key", "recruiter_id", "left_on"}


def test_leaving_twice_tells_once(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_profile(db, five.ada)
        assert [leave_pool(db, five.ada.id or 0, "fr", NOW) for _ in range(2)] == [True, False]
    assert kinds(database) == ["talents.joined", "talents.left"]


def test_whoever_could_not_see_the_card_is_not_told_that_it_is_gone(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        profile = a_profile(db, five.ada, organisation_ids=(rosa.organisation_id,))
        expired = a_profile(db, five.barbara)
        keys = {profile.key, expired.key}
        leave_pool(db, five.ada.id or 0, "fr", NOW)
        leave_pool(db, five.barbara.id or 0, "fr", YEAR_LATER)
    with database.reading() as db:
        assert keys & set(db.exec(select(WithdrawnCard.key))) == set()


def test_joining_again_gives_another_key_and_another_name(database: Database, five: Five) -> None:
    drawn = set()
    with database.writing() as db:
        for _ in range(5):
            profile = a_profile(db, five.ada)
            drawn.add((profile.key, profile.tree, profile.number))
            leave_pool(db, five.ada.id or 0, "fr", NOW)
    assert len({key for key, _, _ in drawn}) == 5
    assert len({(tree, number) for _, tree, number in drawn}) > 1
    assert all(len(key) == 24 for key, _, _ in drawn)


def test_contributions_are_taken_back_apart_and_the_profile_stays(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada, purposes=BOTH)
        hide_contributions(db, five.ada.id or 0, "fr", NOW)
        hide_contributions(db, five.ada.id or 0, "fr", NOW)
        assert card_for(db, rosa, profile.key, NOW) is not None
    assert kinds(database) == ["talents.joined", "talents.contributions_hidden"]


def test_who_is_not_in_the_pool_can_change_nothing_there(database: Database, five: Five) -> None:
    for act in (
        lambda db: change_profile(db, five.ada.id, PORTRAIT, NOW),
        lambda db: renew_consent(db, five.ada.id, BOTH, "fr", NOW),
        lambda db: show_contributions(db, five.ada.id, "fr", NOW),
    ):
        with pytest.raises(Refused, match="not_in"), database.writing() as db:
            act(db)


def test_a_purge_leaves_numbers_by_month(database: Database, five: Five) -> None:
    """R6, R12: views and requests are kept twelve months."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_view(db, rosa, profile)
        a_view(db, rosa, profile, now=NOW + timedelta(days=40))
        a_request(db, rosa, profile)
        profile_id = profile.id or 0
    with database.writing() as db:
        forget_old_traces(db, NOW + timedelta(days=370))
        assert db.exec(select(func.count()).select_from(TalentView)).one() == 1
        purge_profile(db, profile_id, NOW + timedelta(days=760))
    with database.reading() as db:
        months = db.exec(select(PoolMonth.what, PoolMonth.month, PoolMonth.number).order_by(PoolMonth.what)).all()
        assert [(what, month.isoformat(), number) for what, month, number in months] == [
            ("lapsed", "2027-01-01", 1),
            ("purged", "2029-02-01", 1),
            ("requests", "2027-01-01", 1),
            ("views", "2027-01-01", 1),
        ]
        assert profile_of(db, five.ada.id or 0) is None


def test_erasing_somebody_leaves_nothing_of_theirs_but_hashes_and_dates(database: Database, five: Five) -> None:
    """R15."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada, purposes=BOTH)
        a_view(db, rosa, profile)
        a_request(db, rosa, profile)
        receipts = {one.receipt for one in consent_events(db, five.ada.id or 0)}
    with database.writing() as db:
        forget_person(db, five.ada.id or 0, "fr", NOW)
    with database.reading() as db:
        for table in (Consent, TalentProfile, TalentView, ContactRequest):
            assert db.exec(select(func.count()).select_from(table)).one() == 0
        proofs = set(db.exec(select(ConsentProof.receipt_sha256)))
    assert {sha256(one.encode()).hexdigest() for one in receipts} < proofs
    assert len(proofs) == 4
