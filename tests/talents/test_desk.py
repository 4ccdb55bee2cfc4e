"""The pool as recruiters live it: each opening is written first, and what is gone is gone (R4, R12, R16, R22)."""

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from sprint.database import Database
from sprint.people.tables import Person
from sprint.talents.tables import TalentView
from sprint.web.page import DISCREET
from tests.browser import Browser
from tests.makers import a_person
from tests.page_checks import elements
from tests.people import Five
from tests.talents.pool import PORTRAIT, a_profile, a_reason, a_recruiter

Open = Callable[..., Browser]


def views(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(TalentView)).one()


def test_a_recruiter_says_why_searches_opens_and_the_person_reads_it(
    browser: Open, five: Five, database: Database
) -> None:
    with database.writing() as db:
        denise = a_recruiter(db, five.denise)
        a_profile(db, five.barbara)
    hers = browser(five.denise).open("/vivier")
    assert "Pour quel poste cherchez-vous" in hers.text
    hers.submit("Commencer la recherche", motif="Chef de projet carto")
    assert "Un profil" in hers.text
    hers.submit("Rechercher", mot="cartes")
    link = next(
        one
        for one in elements(hers.page)
        if one.tag == "a" and "/vivier/" in one.get("href", "") and len(one.get("href", "")) > 20
    )
    hers.open(link.get("href", ""))
    assert "Proposer un poste" in hers.text
    mine = browser(five.barbara).open("/moi/vivier")
    assert "Une personne a ouvert votre profil" in mine.text
    assert "Denise Recrue" in mine.text
    assert denise.organisation in mine.text
    assert "Chef de projet carto" in mine.text
    mine.submit(f"Exclure {denise.organisation}")
    assert hers.open(link.get("href", "")).status == 404


def test_a_profile_is_not_opened_without_a_reason(browser: Open, five: Five, database: Database) -> None:
    with database.writing() as db:
        a_recruiter(db, five.denise)
        key = a_profile(db, five.barbara).key
    assert browser(five.denise).open(f"/vivier/{key}").address == "/vivier"
    assert views(database) == 0


def test_a_recruiter_without_a_public_employer_sees_nobody(browser: Open, five: Five, database: Database) -> None:
    with database.writing() as db:
        key = a_profile(db, five.barbara).key
    one = browser(five.denise).open("/vivier")
    assert "nous ne connaissons pas votre employeur public" in one.text
    assert one.open(f"/vivier/{key}").address == "/vivier"
    assert one.post("/vivier", motif="Chef de projet", once="motif-0001").status == 404


def test_the_view_is_written_before_the_answer_or_there_is_none(
    browser: Open, five: Five, database: Database, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def busy():  # type: ignore[no-untyped-def]
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        yield

    one = browser(five.denise)
    monkeypatch.setattr(database, "writing", busy)
    answer = one.client.get(f"/vivier/{key}")
    assert (answer.status_code, PORTRAIT.headline in answer.text) == (503, False)
    monkeypatch.undo()
    assert views(database) == 0
    assert one.open(f"/vivier/{key}").status == 200
    assert views(database) == 1


def test_peeping_leaves_no_view_and_shows_nothing(browser: Open, five: Five, database: Database, key: str) -> None:
    client = browser(five.denise).client
    answers = [
        client.head(f"/vivier/{key}"),
        client.get(f"/vivier/{key}", headers={"Sec-Purpose": "prefetch"}),
        client.get(f"/vivier/{key}", headers={"Sec-Purpose": "prefetch;prerender"}),
        client.get(f"/vivier/{key}", headers={"Purpose": "prefetch"}),
    ]
    assert [(answer.status_code, answer.text) for answer in answers] == [(503, "")] * 4
    assert views(database) == 0


def test_there_is_no_304_to_open_a_profile_unseen(browser: Open, five: Five, database: Database, key: str) -> None:
    client = browser(five.denise).client
    first = client.get(f"/vivier/{key}")
    assert ("etag" in first.headers, "last-modified" in first.headers) == (False, False)
    again = client.get(
        f"/vivier/{key}", headers={"If-None-Match": "*", "If-Modified-Since": "Tue, 12 Jan 2027 09:00:00 GMT"}
    )
    assert (again.status_code, views(database)) == (200, 2)


def test_pool_pages_stay_nowhere(browser: Open, five: Five, key: str) -> None:
    """R22: whatever the answer, errors included."""
    asked = [(five.denise, path) for path in ("/vivier", f"/vivier/{key}", "/vivier/demandes", "/vivier/nulle-part")]
    asked += [(five.barbara, path) for path in ("/moi/vivier", "/moi/vivier/profil", "/moi/vivier/recus", "/vivier")]
    asked += [(None, "/vivier"), (None, "/moi/vivier")]
    for person, path in asked:
        answer = browser(person).client.get(path, follow_redirects=False)
        assert {name: answer.headers.get(name) for name in DISCREET} == DISCREET, path


def test_too_many_profiles_in_an_hour_is_429(
    browser: Open, five: Five, database: Database, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sprint.talents.rules.recruiting.MOST_AN_HOUR", 1)
    with database.writing() as db:
        other = a_profile(db, five.ada).key
    one = browser(five.denise).open(f"/vivier/{key}")
    assert one.status == 200
    assert one.open(f"/vivier/{other}").status == 429
    assert "Géomatique" not in one.text


def test_once_gone_410_for_who_could_see_it_and_404_for_all_others(
    browser: Open, five: Five, database: Database, key: str
) -> None:
    """R4: before and after."""
    others = {name: five.called(name) for name in ("ada", "barbara", "claude", "eve")}
    assert browser(five.denise).open(f"/vivier/{key}").status == 200
    assert {browser(one).open(f"/vivier/{key}").status for one in others.values()} == {404}
    browser(five.barbara).open("/moi/vivier").submit("Quitter le vivier")
    assert browser(five.denise).open(f"/vivier/{key}").status == 410
    assert {browser(one).open(f"/vivier/{key}").status for one in others.values()} == {404}
    another = f"{int(key, 16) ^ 1:024x}"
    assert browser(five.denise).open(f"/vivier/{another}").status == 404
    with database.writing() as db:
        late = a_person(db, name="Rita Tardive")
        a_reason(db, a_recruiter(db, name="Rosa Tardive"))
    assert browser(late).open(f"/vivier/{key}").status == 404


def test_a_proposal_to_a_card_that_is_gone_is_410_for_who_could_see_it(
    browser: Open, five: Five, database: Database, key: str
) -> None:
    fields = {"poste": "Poste", "contrat": "Contrat", "lieu": "Lieu", "raison": "Raison", "once": "demande-0001"}
    one = browser(five.denise)
    assert one.open(f"/vivier/{key}").status == 200
    browser(five.barbara).open("/moi/vivier").submit("Quitter le vivier")
    with database.writing() as db:
        late = db.get_one(Person, a_recruiter(db, name="Rosa Tardive").id)
    assert one.post(f"/vivier/{key}/demande", **fields).status == 410
    assert browser(late).post(f"/vivier/{key}/demande", **fields).status == 404
    assert one.post(f"/vivier/{'0' * 24}/demande", **fields).status == 404


def test_a_get_never_leaves_joins_or_answers(browser: Open, five: Five, database: Database, key: str) -> None:
    one = browser(five.barbara)
    for path in (
        "/moi/vivier/retrait",
        "/moi/vivier/renouvellement",
        "/moi/vivier/apercu",
        "/moi/vivier/demandes/1/refus",
    ):
        assert one.client.get(path, follow_redirects=False).status_code == 303
    assert browser(five.denise).open(f"/vivier/{key}").status == 200


def test_filters_unfold_on_a_phone_by_a_link_and_stay_so(browser: Open, five: Five, key: str) -> None:
    page = browser(five.denise).open("/vivier?contrat=mobilite")
    unfolded = page.click("Filtrer (1 filtre actif)")
    assert "contrat=mobilite&filtres=1" in unfolded.address
    assert "Refermer les filtres" in unfolded.text
    assert "filtres=1" in unfolded.submit("Rechercher", mot="carte").address
