"""Letters of the pool: to whom, saying what, and that no organiser reads them; what falls due (R5, R21)."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from sprint.database import Database
from sprint.duties import DUTIES, all_due, do_due
from sprint.journal import Fact
from sprint.languages import speak
from sprint.letter import OwedLetter
from sprint.notices.packing import packed
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.settings import Settings
from sprint.talents.actions import accept_contact, decline_contact, leave_pool, renew_consent
from sprint.talents.owed import owed_letters
from sprint.talents.queries.mine import profile_of, requests_to
from sprint.talents.tables import PoolMonth, Purpose, TalentView
from sprint.worker import worker_of
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five
from tests.talents.pool import PROPOSAL, a_profile, a_recruiter, a_request, a_view

DAY = timedelta(days=1)
END = NOW + timedelta(days=365)


def last_owed(database: Database) -> list[OwedLetter]:
    with database.reading() as db:
        act = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first()
        return owed_letters(db, act or "")


def asked(database: Database, five: Five) -> tuple[int, int]:
    """Rosa asked Ada: Rosa's number, and the request's."""
    with database.writing() as db:
        rosa = a_recruiter(db)
        a_request(db, rosa, a_profile(db, five.ada))
        return rosa.id, requests_to(db, five.ada.id or 0, NOW)[0].id


def test_a_request_tells_the_person_who_asks_for_what(database: Database, five: Five) -> None:
    asked(database, five)
    (letter,) = last_owed(database)
    assert (letter.person_id, letter.edition_id, letter.text.purpose) == (five.ada.id, None, "talents.requested")
    assert letter.text.opening.values["recruiter"] == "Rosa Emploi"
    assert [item.values for item in letter.text.items] == [
        {"post": PROPOSAL.post},
        {"contract": PROPOSAL.contract},
        {"place": PROPOSAL.place},
    ]
    assert "rosa@" not in str(packed(letter.text))


def test_an_acceptance_tells_both_and_writes_the_persons_name_to_nobody(database: Database, five: Five) -> None:
    rosa, request = asked(database, five)
    with database.writing() as db:
        accept_contact(db, five.ada.id or 0, request, NOW)
    owed = last_owed(database)
    assert [(one.person_id, one.edition_id, one.text.purpose) for one in owed] == [
        (five.ada.id, None, "talents.accepted"),
        (rosa, None, "talents.answered"),
    ]
    hers = str(packed(owed[1].text))
    assert [word for word in ("Ada", "Lovelace", "ada@") if word in hers] == []
    assert owed[1].text.action.path.startswith("/vivier/")


def test_a_refusal_tells_the_recruiter_alone(database: Database, five: Five) -> None:
    rosa, request = asked(database, five)
    with database.writing() as db:
        decline_contact(db, five.ada.id or 0, request, NOW)
    assert [(one.person_id, speak(one.text.subject)) for one in last_owed(database)] == [
        (rosa, "Votre demande est déclinée\u00a0: Responsable de l’accessibilité")
    ]


def test_who_left_before_the_letter_was_derived_is_neither_written_to_nor_about(database: Database, five: Five) -> None:
    asked(database, five)
    with database.reading() as db:
        act = db.exec(select(Fact.act).where(Fact.kind == "talents.requested")).one()
    with database.writing() as db:
        leave_pool(db, five.ada.id or 0, "fr", NOW)
    with database.reading() as db:
        assert owed_letters(db, act) == []
    assert last_owed(database) == []


def test_letters_and_facts_of_the_pool_name_no_edition(
    database: Database, five: Five, settings: Settings, browser: Callable[..., Browser]
) -> None:
    """R21: an organiser's letters are those of an edition, so these are never among them, nor readable by their number."""
    asked(database, five)
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass
    with database.reading() as db:
        facts = set(db.exec(select(Fact.edition_id).where(col(Fact.kind).startswith("talents."))))
        letters = db.exec(select(Letter.id, Letter.edition_id).where(col(Letter.purpose).startswith("talents."))).all()
    assert facts == {None}
    ((number, edition),) = letters
    assert edition is None
    one = browser(five.claude)
    assert one.open(f"/organisation/sprint-2027/courriers/{number}").status == 404
    assert "mise en relation" not in one.open("/organisation/sprint-2027/courriers").html


# --- what falls due


def pool_duties(database: Database, now) -> list[str]:  # type: ignore[no-untyped-def]
    with database.reading() as db:
        due = [duty.kind for duty, _ in all_due(db, now)]
    return [kind for kind in due if kind.startswith("talents.") or kind == "purge.talents"]


def test_one_is_reminded_thirty_and_seven_days_before_the_end_once_each(database: Database, five: Five) -> None:
    """R5."""
    with database.writing() as db:
        a_profile(db, five.ada)
    told = {}
    for days in (31, 30, 29, 8, 7, 1, 0):
        now = END - days * DAY
        told[days] = pool_duties(database, now)
        do_due(database, now)
    assert told == {
        31: [], 30: ["talents.reminder30"], 29: [], 8: [], 7: ["talents.reminder7"], 1: [], 0: [],
    }  # fmt: skip
    with database.reading() as db:
        facts = db.exec(select(Fact.person_id, Fact.detail).where(Fact.kind == "talents.reminded")).all()
    assert [(person, detail["days"]) for person, detail in facts] == [(five.ada.id, 30), (five.ada.id, 7)]
    (letter,) = last_owed(database)
    assert (letter.person_id, letter.edition_id, letter.text.purpose) == (five.ada.id, None, "talents.reminder7")


def test_who_renewed_is_reminded_a_year_later(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_profile(db, five.ada)
        renew_consent(db, five.ada.id or 0, [Purpose.VISIBLE], "fr", END - 40 * DAY)
    assert pool_duties(database, END - 30 * DAY) == []
    assert pool_duties(database, END + 296 * DAY) == ["talents.reminder30"]


def test_a_profile_goes_24_months_after_its_owners_last_visit_whoever_looked(database: Database, five: Five) -> None:
    """R5: a recruiter's view does not extend it, a visit of one's own does."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_profile(db, five.barbara)
        a_view(db, rosa, profile, now=NOW + 10 * DAY)
        db.get_one(Person, five.barbara.id).seen_at = NOW + 300 * DAY
    assert pool_duties(database, NOW + 729 * DAY) == []
    assert pool_duties(database, NOW + 731 * DAY) == ["purge.talents"]
    do_due(database, NOW + 731 * DAY)
    with database.reading() as db:
        assert profile_of(db, five.ada.id or 0) is None
        assert profile_of(db, five.barbara.id or 0) is not None
        purged = db.exec(select(Fact.person_id).where(Fact.kind == "talents.purged")).all()
    assert purged == [five.ada.id]


def test_what_the_nightly_purge_forgets_is_counted_by_month_first(database: Database, five: Five) -> None:
    """R6: the register forgets too, and counts nothing."""
    with database.writing() as db:
        a_view(db, a_recruiter(db), a_profile(db, five.ada))
    do_due(database, NOW + 367 * DAY)
    with database.reading() as db:
        assert db.exec(select(TalentView.id)).all() == []
        assert db.exec(select(PoolMonth.what, PoolMonth.number)).all() == [("views", 1)]


def test_the_duties_of_the_pool_have_names_of_their_own() -> None:
    assert len({duty.kind for duty in DUTIES}) == len(DUTIES)
