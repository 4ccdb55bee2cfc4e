"""The life of an edition by hand and by date: each step when its phase allows it, each a Fact, and what it changes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.duties import do_due
from sprint.journal import Fact
from sprint.preparation.actions import add_day, move_day, remove_day, revise_edition, take_step
from sprint.preparation.forms import moment_of
from sprint.preparation.queries.days import day_uses
from sprint.preparation.rules import STEPS, Step, stepping
from sprint.programme.queries import edition_with
from sprint.programme.rules import ALLOWS, Calendar, Deed, Phase
from sprint.programme.tables import Audience, Edition
from sprint.refusal import Refused
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration, a_slot, a_track, an_edition
from tests.people import Five

Opens = Callable[..., Browser]
DAYS = (date(2027, 3, 16), date(2027, 3, 17))
LIFE = "/organisation/sprint-2027/etapes"
AFTER = datetime(2027, 3, 20, tzinfo=UTC)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def facts(database: Database) -> list[tuple[str, int | None]]:
    with database.reading() as db:
        about = col(Fact.kind).startswith("edition.")
        return list(db.exec(select(Fact.kind, Fact.actor_id).where(about).order_by(col(Fact.id))))


# --- rules


def test_every_phase_has_its_steps_and_says_what_it_allows() -> None:
    assert set(STEPS) == set(ALLOWS) == set(Phase)


def test_a_draft_is_read_by_nobody_and_an_archive_prepared_by_nobody() -> None:
    unread = [phase for phase in Phase if Deed.READ not in ALLOWS[phase]]
    unchanged = [phase for phase in Phase if Deed.PREPARE not in ALLOWS[phase]]
    open_for = [phase for phase in Phase if Deed.REGISTER in ALLOWS[phase]]
    assert (unread, unchanged, open_for) == ([Phase.DRAFT], [Phase.ARCHIVED], [Phase.OPEN])


def test_an_edition_is_a_draft_until_it_is_announced_and_archived_at_its_moment() -> None:
    announced, archived = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)
    calendar = Calendar("Europe/Paris", DAYS, announced_at=announced, archived_at=archived)
    soon = timedelta(microseconds=1)
    moments = (announced - soon, announced, archived - soon, archived)
    assert [calendar.phase(at) for at in moments] == [Phase.DRAFT, Phase.OPEN, Phase.PAST, Phase.ARCHIVED]
    assert Calendar("Europe/Paris", DAYS, announced_at=None).phase(archived) == Phase.DRAFT
    assert calendar.next_change(announced - soon) == announced


@pytest.mark.parametrize("phase", Phase)
def test_only_the_steps_of_its_phase_lead_on(phase: Phase) -> None:
    calendar, now = {
        Phase.DRAFT: (Calendar("UTC", DAYS, announced_at=None), NOW),
        Phase.ANNOUNCED: (Calendar("UTC", DAYS, opens_at=NOW + timedelta(days=1)), NOW),
        Phase.OPEN: (Calendar("UTC", DAYS), NOW),
        Phase.CLOSED: (Calendar("UTC", DAYS, closes_at=NOW), NOW),
        Phase.RUNNING: (Calendar("UTC", DAYS, closes_at=NOW), datetime(2027, 3, 16, 12, tzinfo=UTC)),
        Phase.PAST: (Calendar("UTC", DAYS), AFTER),
        Phase.ARCHIVED: (Calendar("UTC", DAYS, archived_at=NOW), NOW),
    }[phase]
    assert calendar.phase(now) == phase
    taken = [step for step in Step if not stepping(step, calendar, 0, now)]
    assert sorted(taken) == sorted(STEPS[phase])


def test_without_a_day_nothing_is_announced_and_with_people_nothing_hides() -> None:
    undated = Calendar("UTC", (), announced_at=None)
    ahead = Calendar("UTC", DAYS, opens_at=NOW + timedelta(days=1))
    assert [one.code for one in stepping(Step.ANNOUNCE, undated, 0, NOW)] == ["no_days"]
    assert [one.code for one in stepping(Step.HIDE, ahead, 1, NOW)] == ["people"]


def test_an_hour_that_the_clocks_leap_over_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(ValueError, match="2027-03-28"):
        moment_of("2027-03-28T02:30", "Europe/Paris")
    assert moment_of("2027-10-31T02:30", "Europe/Paris") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment_of("", "Europe/Paris") is None


# --- actions


def test_an_edition_lives_by_hand_and_each_step_is_a_fact(database: Database) -> None:
    with database.writing() as db:
        opens = NOW + timedelta(days=10)
        edition_id = an_edition(db, announced_at=None, opens_at=opens).id or 0
        claude = a_person(db, name="Claude Ferrand").id
    lived = []
    for step, days in ((Step.ANNOUNCE, 0), (Step.OPEN, 1), (Step.CLOSE, 2), (Step.OPEN, 3), (Step.ARCHIVE, 80)):
        now = NOW + timedelta(days=days)
        with database.writing() as db:
            take_step(db, edition_id, step, now, claude)
            db.flush()
            lived.append(edition_with(db, edition_id).calendar.phase(now))
    assert lived == [Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, Phase.OPEN, Phase.ARCHIVED]
    words = ["announced", "opened", "closed", "opened", "archived"]
    assert facts(database) == [(f"edition.{word}", claude) for word in words]


def test_what_a_hand_did_time_does_not_tell_again(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition(db, announced_at=None).id or 0
        claude = a_person(db, name="Claude Ferrand").id
        take_step(db, edition_id, Step.ANNOUNCE, NOW, claude)
    do_due(database, NOW + timedelta(hours=1))
    assert facts(database) == [("edition.announced", claude)]


def test_time_tells_when_an_edition_is_announced_opens_begins_and_ends(database: Database) -> None:
    with database.writing() as db:
        an_edition(db, announced_at=NOW - timedelta(days=2), opens_at=NOW - timedelta(days=1))
        an_edition(db, slug="sprint-2028", announced_at=None, opens_at=NOW - timedelta(days=1))
    do_due(database, NOW)
    assert facts(database) == [("edition.announced", None), ("edition.opened", None)]
    do_due(database, AFTER)
    assert facts(database)[2:] == [("edition.started", None), ("edition.ended", None)]


def test_an_archived_edition_is_revised_by_nobody(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition(db).id or 0
        take_step(db, edition_id, Step.ARCHIVE, AFTER, None)
    with pytest.raises(Refused) as refused, database.writing() as db:
        revise_edition(db, edition_id, {"name": "Autre", "opens_at": None, "closes_at": None}, AFTER, None)
    assert codes(refused) == ["archived"]
    with pytest.raises(Refused) as refused, database.writing() as db:
        add_day(db, edition_id, date(2027, 3, 18), "", AFTER, None)
    assert codes(refused) == ["archived"]


def test_revising_tells_calendars_only_what_moves(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition(db).id or 0
        same = {"opens_at": None, "closes_at": None}
        assert revise_edition(db, edition_id, {"name": "Sprint de printemps"} | same, NOW, None)
        assert not revise_edition(db, edition_id, {"name": "Sprint de printemps"} | same, NOW, None)
        named = db.get_one(Edition, edition_id).revision
        assert revise_edition(db, edition_id, {"place": "Lyon"} | same, NOW, None)
        assert (named, db.get_one(Edition, edition_id).revision) == (0, 1)
    with database.reading() as db:
        told = db.exec(select(Fact.detail).order_by(col(Fact.id))).all()
    assert told == [{"name": 1}, {"place": 1}]


def test_the_day_of_the_announcement_counts_for_a_draft_only(database: Database) -> None:
    later = NOW + timedelta(days=3)
    with database.writing() as db:
        draft, known = an_edition(db, announced_at=None), an_edition(db, slug="sprint-2028")
        wish = {"announced_at": later, "opens_at": None, "closes_at": None}
        changed = [revise_edition(db, one.id or 0, wish, NOW, None) for one in (draft, known)]
        assert (changed, draft.announced_at) == ([True, False], later)


def test_registration_opens_before_it_closes(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition(db).id or 0
    with pytest.raises(Refused) as refused, database.writing() as db:
        revise_edition(db, edition_id, {"opens_at": NOW, "closes_at": NOW}, NOW, None)
    assert codes(refused) == ["closes_before_opening"]


def test_a_day_is_added_once_moved_and_removed_while_nobody_counts_on_it(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition(db, days=1)
        key = edition.id or 0
        add_day(db, key, date(2027, 3, 18), "Lille", NOW, None)
        with pytest.raises(Refused):
            add_day(db, key, date(2027, 3, 18), "", NOW, None)
        first, second = day_uses(db, key)
        assert (move_day(db, key, second.id, "Lens", NOW, None), move_day(db, key, second.id, "Lens", NOW, None)) == (
            True,
            False,
        )
        remove_day(db, key, second.id, NOW, None)
        assert ([day.on for day in day_uses(db, key)], edition.revision) == ([first.on], 3)


def test_a_day_with_people_or_slots_stays(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition(db, days=1)
        a_registration(db, a_person(db), a_track(db, edition))
        a_slot(db, edition)
        (day,) = day_uses(db, edition.id or 0)
        with pytest.raises(Refused) as refused:
            remove_day(db, edition.id or 0, day.id, NOW, None)
    assert codes(refused) == ["day_has_people", "day_has_slots"]


def test_a_day_with_seats_stays(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition(db, days=1)
        a_track(db, edition, seats=3)
        (day,) = day_uses(db, edition.id or 0)
        with pytest.raises(Refused) as refused:
            remove_day(db, edition.id or 0, day.id, NOW, None)
    assert codes(refused) == ["day_has_seats"]


# --- the page


def test_an_organiser_closes_registration_and_opens_it_again(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(LIFE).click("Clore les inscriptions maintenant…")
    assert "Plus personne ne s’inscrit" in page.text
    page.submit("Clore les inscriptions maintenant")
    assert (page.status, "Les inscriptions sont closes" in page.text) == (200, True)
    page.submit("Ouvrir les inscriptions maintenant")
    assert "Les inscriptions sont ouvertes" in page.text


def test_a_step_that_cannot_be_taken_from_here_has_no_page(browser: Opens, five: Five) -> None:
    one = browser(five.claude).client
    assert [one.get(f"{LIFE}/{step}").status_code for step in ("archivage", "cloture", "rien")] == [404, 200, 404]


def test_an_agenda_without_opening_or_restitution_is_warned_of_before_it_is_published(
    browser: Opens, five: Five
) -> None:
    words = browser(five.claude).open(LIFE).read("etapes")
    assert "Mercredi 17 mars : aucune ouverture n’est prévue" in " ".join(words.split())
    assert "Aucune restitution n’est prévue dans l’édition" in words


def test_a_refused_description_keeps_what_was_typed(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(LIFE).submit("Enregistrer", nom="", lieu="Lyon", ouverture="hier")
    typed = {one.get("name"): one.get("value") for one in page.page.iter("input")}
    assert (page.status, typed["lieu"], typed["ouverture"]) == (422, "Lyon", "hier")


def test_a_reserved_edition_reserves_each_of_its_tracks(browser: Opens, database: Database, five: Five) -> None:
    browser(five.claude).open(LIFE).submit("Enregistrer", public=Audience.AGENTS.value)
    page = browser(five.eve).open("/sprint-2027/parcours/keycloak")
    assert "réservé au secteur public" in page.read("inscription")
    page.post("/sprint-2027/parcours/keycloak/inscription", jour="2027-03-16", mode="site", once="formulaire-eve")
    assert page.status == 409


def test_a_day_is_added_and_removed_on_the_desk(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(LIFE)
    page.submit("Ajouter ce jour", **{"nouveau-jour": "2027-03-18"})
    assert "jeudi 18 mars 2027" in page.text
    page.submit("Retirer ce jour")
    assert "jeudi 18 mars 2027" not in page.text
