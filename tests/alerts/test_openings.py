"""An edition opens: each address that was confirmed gets one letter, after the delay, in its language, and is forgotten."""

from datetime import timedelta

import pytest
from sqlmodel import select

from sprint import clock
from sprint.alerts.actions import confirm_alert, forget_alerts, owe_openings
from sprint.alerts.tables import Alert
from sprint.database import Database
from sprint.duties import do_due
from sprint.jobs import Job
from sprint.journal import Fact
from sprint.notices.work import handlers
from sprint.preparation.actions import revise_edition, take_step
from sprint.preparation.rules import Step
from sprint.privacy.actions import erase
from sprint.programme.tables import Edition
from sprint.worker import Worker
from tests.alerts.scene import DELAY, GRACE, OPENS, an_edition_ahead, left, links, plain, to_and_subject, waiting
from tests.makers import NOW, a_person, an_alert, an_edition
from tests.notices.scene import some_settings
from tests.notices.test_work import work_at
from tests.relay import Relay

OPEN = "Les inscriptions sont ouvertes : Sprint 2027"


def steps(database: Database, edition_id: int, *taken: tuple[Step, float]) -> None:
    """Steps taken by hand, so many seconds after NOW."""
    for step, seconds in taken:
        with database.writing() as db:
            take_step(db, edition_id, step, NOW + timedelta(seconds=seconds), None)


def stage(database: Database) -> int:
    """Grace waits for the edition in French, Kay for whichever is next in English; Eve confirmed nothing."""
    with database.writing() as db:
        edition = an_edition_ahead(db)
        an_alert(db, GRACE, edition=edition)
        an_alert(db, "Kay@example.org", language="en")
        an_alert(db, "eve@example.org", edition=edition, is_confirmed=False)
        return edition.id or 0


def test_opened_by_hand_it_tells_each_confirmed_address_once_after_the_delay(database: Database) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0))
    early, late = NOW + DELAY - timedelta(seconds=1), NOW + DELAY
    assert left(database, NOW, early, delay=120) == []
    mails = left(database, late, delay=120)
    assert to_and_subject(mails) == [("Kay@example.org", "Registration is open: Sprint 2027"), (GRACE, OPEN)]
    assert waiting(database) == [("eve@example.org", False, None)]
    assert left(database, late + timedelta(days=2), delay=120) == []
    with database.reading() as db:
        owed = db.exec(select(Fact.edition_id, Fact.detail).where(Fact.kind == "alert.owed")).all()
    assert owed == [(edition_id, {"number": 2})]


def test_opened_by_date_it_tells_the_same_and_once(database: Database) -> None:
    stage(database)
    for moment in (OPENS - timedelta(minutes=1), OPENS, OPENS + timedelta(minutes=1), OPENS + timedelta(days=1)):
        do_due(database, moment)
        assert left(database, moment) == [] or moment == OPENS
    assert waiting(database) == []


def test_what_opens_by_being_announced_tells_too(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition(db, announced_at=None).id or 0
        an_alert(db)
    steps(database, edition_id, (Step.ANNOUNCE, 0))
    assert to_and_subject(left(database, NOW)) == [(GRACE, OPEN)]


def test_dates_moved_into_the_past_open_it_and_tell(database: Database) -> None:
    edition_id = stage(database)
    values = {"opens_at": NOW - timedelta(hours=1), "closes_at": None}
    with database.writing() as db:
        assert revise_edition(db, edition_id, values, NOW, None)
    assert [to for to, _ in to_and_subject(left(database, NOW))] == ["Kay@example.org", GRACE]


def test_closed_again_within_two_minutes_nothing_leaves_and_the_next_opening_tells(database: Database) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0))
    assert left(database, NOW, delay=120) == []
    steps(database, edition_id, (Step.CLOSE, 60))
    later = NOW + timedelta(seconds=200)
    assert left(database, later, delay=120) == []
    assert len(waiting(database)) == 3
    steps(database, edition_id, (Step.OPEN, 300))
    reopened = NOW + timedelta(seconds=300)
    assert left(database, reopened, reopened + DELAY - timedelta(seconds=1), delay=120) == []
    assert [to for to, _ in to_and_subject(left(database, reopened + DELAY, delay=120))] == ["Kay@example.org", GRACE]


def test_opened_closed_and_opened_within_two_minutes_it_has_two_minutes_again_and_tells_once(
    database: Database,
) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0))
    left(database, NOW, delay=120)
    steps(database, edition_id, (Step.CLOSE, 30), (Step.OPEN, 60))
    moments = [NOW + timedelta(seconds=number) for number in (60, 120, 179)]
    assert left(database, *moments, delay=120) == []
    assert len(left(database, NOW + timedelta(seconds=180), NOW + timedelta(days=1), delay=120)) == 2


def test_opened_by_mistake_and_dated_later_the_same_day_it_tells_by_date(database: Database) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0))
    do_due(database, NOW + timedelta(seconds=10))
    left(database, NOW + timedelta(seconds=10), delay=120)
    steps(database, edition_id, (Step.CLOSE, 30))
    afternoon = NOW + timedelta(hours=5)
    with database.writing() as db:
        values = {"opens_at": afternoon, "closes_at": None}
        revise_edition(db, edition_id, values, NOW + timedelta(seconds=40), None)
    assert left(database, NOW + timedelta(seconds=200), delay=120) == []
    do_due(database, afternoon)
    assert len(left(database, afternoon, afternoon + DELAY, delay=120)) == 2


def test_one_who_waits_for_the_edition_and_for_the_next_reads_one_letter(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition_ahead(db)
        an_alert(db, GRACE, edition=edition, language="en")
        an_alert(db, "Grace@Example.org")
        edition_id = edition.id or 0
    steps(database, edition_id, (Step.OPEN, 0))
    assert to_and_subject(left(database, NOW)) == [(GRACE, "Registration is open: Sprint 2027")]
    assert waiting(database) == []


def test_whoever_waits_for_another_edition_goes_on_waiting(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition_ahead(db).id or 0
        an_alert(db, edition=an_edition_ahead(db, "sprint-2028", "Sprint 2028"))
    steps(database, edition_id, (Step.OPEN, 0))
    assert left(database, NOW) == []
    assert waiting(database) == [(GRACE, True, None)]


def test_a_person_is_written_to_where_their_account_says_now(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition_ahead(db)
        ada = a_person(db, email="new@example.org")
        ada.email_verified_at = NOW
        an_alert(db, "old@example.org", edition=edition, person=ada)
        edition_id = edition.id or 0
    steps(database, edition_id, (Step.OPEN, 0))
    assert to_and_subject(left(database, NOW)) == [("new@example.org", OPEN)]


def test_whoever_is_erased_before_the_letter_leaves_gets_none(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition_ahead(db)
        ada = a_person(db)
        an_alert(db, "ada@example.org", edition=edition, person=ada)
        edition_id, ada_id = edition.id or 0, ada.id or 0
    steps(database, edition_id, (Step.OPEN, 0))
    left(database, NOW, delay=120)
    with database.writing() as db:
        erase(db, ada_id, "fr", NOW)
    assert (waiting(database), left(database, NOW + DELAY, delay=120)) == ([], [])


def test_confirmed_once_it_is_open_it_is_told_all_the_same(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition(db)
        an_alert(db, "kay@example.org", edition=edition)
        alert_id = an_alert(db, edition=edition, is_confirmed=False).id
    with database.writing() as db:
        confirm_alert(db, alert_id, NOW)
    assert to_and_subject(left(database, NOW)) == [(GRACE, OPEN)]


def test_the_letter_says_what_opened_when_and_where_to_go_in_text_and_html(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition_ahead(db)
        edition.closes_at = NOW + timedelta(days=30)
        an_alert(db, edition=edition)
        edition_id = edition.id or 0
    steps(database, edition_id, (Step.OPEN, 0))
    (mail,) = left(database, NOW)
    html = mail.get_body(("html",))
    assert html is not None
    for text in (plain(mail), str(html.get_content())):
        said = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
        for words in (
            "jeudi 11 février 2027 à 10 h",
            "mardi 16 mars et mercredi 17 mars 2027",
            "Où : Paris",
            "votre adresse vient d’en être effacée",
            "Ne plus me prévenir",
        ):
            assert words in said, words
    assert links(mail, "/sprint-2027/parcours") == ["/sprint-2027/parcours"]
    (stop,) = links(mail, "/prevenir/arret/")
    assert mail["List-Unsubscribe"] == f"<http://localhost{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_worker_that_dies_between_the_relay_and_the_commit_repeats_it_under_the_same_name(database: Database) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0))
    with Relay() as relay:
        settings = some_settings(relay)
        todo = handlers(database, settings)
        # What the relay took is never committed: as if the worker had been killed there.
        dying = Worker(database, todo | {"alert.opening": _killed(todo["alert.opening"])}, timedelta(seconds=5))
        with clock.at(NOW):
            while dying.do_one() is not None:
                pass
        assert (len(relay.received), len(waiting(database))) == (2, 3)
        work_at(NOW + timedelta(minutes=1), database, settings)
    assert (len(relay.message_ids), len(set(relay.message_ids))) == (4, 2)
    assert waiting(database) == [("eve@example.org", False, None)]


def _killed(handler):  # type: ignore[no-untyped-def]
    def handle(claim):  # type: ignore[no-untyped-def]
        handler(claim)
        raise RuntimeError("killed")

    return handle


def test_what_the_relay_refuses_for_good_is_dead_and_stays_noted(database: Database) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0))
    with Relay(answer_to_rcpt=lambda address: "550 unknown") as relay:
        work_at(NOW, database, some_settings(relay))
    with database.reading() as db:
        dead = [job.key for job in db.exec(select(Job).where(Job.kind == "alert.opening")) if job.dead_at]
    assert (len(dead), len(waiting(database))) == (2, 3)


def test_deriving_twice_owes_each_letter_once(database: Database) -> None:
    edition_id = stage(database)
    steps(database, edition_id, (Step.OPEN, 0), (Step.CLOSE, 1))
    with database.reading() as db:
        acts = list(db.exec(select(Fact.act).order_by(Fact.id)))  # type: ignore[arg-type]
    with database.writing() as db:
        assert [owe_openings(db, act, NOW, DELAY) for act in acts] == [2, 0]


@pytest.mark.parametrize(("hours", "kept"), [(47, 3), (48, 2)])
def test_what_nobody_confirms_goes_after_forty_eight_hours(database: Database, hours: int, kept: int) -> None:
    stage(database)
    with database.writing() as db:
        forget_alerts(db, NOW + timedelta(hours=hours))
    assert len(waiting(database)) == kept


def test_what_is_confirmed_goes_with_its_edition_or_after_two_years(database: Database) -> None:
    stage(database)
    seen = []
    for after in (timedelta(days=60), timedelta(days=70), timedelta(days=729), timedelta(days=730)):
        do_due(database, NOW + after)
        seen.append([email for email, _, _ in waiting(database)])
    assert seen == [[GRACE, "Kay@example.org"], ["Kay@example.org"], ["Kay@example.org"], []]


def test_an_edition_that_is_hidden_again_keeps_who_waits(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition_ahead(db)
        an_alert(db, edition=edition)
        db.get_one(Edition, edition.id).announced_at = None
    do_due(database, NOW)
    with database.reading() as db:
        assert len(db.exec(select(Alert)).all()) == 1
