"""What nobody reads of the pool, what is shown as it was written, and what pages cost (R9, R21)."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.people.tables import Identity, Person
from sprint.settings import Settings
from sprint.talents.actions import leave_pool
from sprint.talents.tables import TalentProfile, TalentView, Visibility
from sprint.worker import worker_of
from tests.browser import Browser
from tests.makers import NOW, a_person
from tests.page_checks import elements
from tests.people import Five
from tests.queries import recorded
from tests.talents.pool import a_profile, a_reason, a_recruiter, a_request, readers

Open = Callable[..., Browser]


HOSTILE = "<script>alert(1)</script> ' OR 1=1 -- ${7*7} \u202eةيبرعلا"


def crawled(one: Browser, starts: tuple[str, ...]) -> tuple[set[str], str]:
    """Every page of the pool that links lead to, and all they say: pages and fragments."""
    seen: set[str] = set()
    queue, read = list(starts), ""
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        read += one.open(path).html
        links = [a.get("href", "").split("#")[0] for a in elements(one.page) if a.tag == "a"]
        queue += [link for link in links if link.startswith("/") and "/vivier" in link and "motif" not in link]
        read += one.client.get(path, headers={"HX-Request": "true", "HX-Target": "div#resultats"}).text
    return seen, read


def test_before_agreement_a_crawl_finds_no_name_address_employer_login_or_link(
    browser: Open, five: Five, database: Database, key: str
) -> None:
    """R9: everything Denise can reach."""
    with database.writing() as db:
        orcid = Identity(provider="orcid", issuer="https://orcid.org", subject="0000-0002-1825-0097", linked_at=NOW)
        orcid.person_id = five.barbara.id or 0
        db.add(orcid)
        a_profile(db, five.ada, readers=readers(employer=Visibility.ME))
        profile = db.exec(select(TalentProfile).where(TalentProfile.key == key)).one()
        a_request(db, a_recruiter(db, name="Karl Autre"), profile)
    starts = ("/vivier", "/vivier/demandes", "/en/vivier", "/vivier?mot=liskov", "/vivier?region=bretagne")
    seen, read = crawled(browser(five.denise), starts)
    assert f"/vivier/{key}" in seen
    secrets = ("Barbara", "Liskov", "barbara@", "Lovelace", "ada@", "Direction interminis", "0000-0002", "orcid.org")
    assert [word for word in secrets if word in read] == []


def test_hostile_words_are_shown_as_words(browser: Open, five: Five, database: Database) -> None:
    with database.writing() as db:
        a_reason(db, a_recruiter(db, five.denise), HOSTILE)
        key = a_profile(db, five.barbara, headline=HOSTILE[:80], skills=(HOSTILE[:40],), languages=(HOSTILE[:40],)).key
    one = browser(five.denise).open(f"/vivier/{key}")
    assert (one.status, "<script>alert" in one.html) == (200, False)
    one.submit("Envoyer la demande", poste=HOSTILE, contrat=HOSTILE, lieu=HOSTILE, raison=HOSTILE)
    mine = browser(five.barbara).open("/moi/vivier")
    assert (mine.status, "<script>alert" in mine.html, "alert(1)" in mine.text) == (200, False, True)
    assert one.open("/vivier?mot=" + "%3Cscript%3E%27%22" + "&region=%27;--&page=-1").status == 200


# --- cost


def many(database: Database, five: Five) -> None:
    with database.writing() as db:
        recruiter = a_recruiter(db, name="Karl Autre")
        profile = db.exec(select(TalentProfile).join(Person).where(Person.name == "Barbara Liskov")).one()
        reason = a_reason(db, recruiter)
        for number in range(50):
            a_profile(db, a_person(db, name=f"Personne {number}"))
            db.add(
                TalentView(
                    person_id=profile.person_id,
                    recruiter_id=recruiter.id,
                    organisation_id=recruiter.organisation_id,
                    reason_id=reason,
                    at=NOW,
                )
            )


COSTS = {
    "/vivier": ("denise", 8),
    "/vivier/demandes": ("denise", 5),
    "/moi/vivier": ("barbara", 7),
    "/moi/vivier/consultations": ("barbara", 5),
}


@pytest.mark.parametrize("address", COSTS)
def test_lists_cost_the_same_with_fifty_rows(
    address: str, browser: Open, five: Five, database: Database, key: str
) -> None:
    name, budget = COSTS[address]
    costs = []
    for _ in range(2):
        one = browser(five.called(name))
        with recorded(database) as queries:
            one.open(address)
        costs.append(queries.count)
        if len(costs) == 1:
            many(database, five)
    assert costs == [budget, budget]


def test_organisers_read_nothing_of_the_pool(
    browser: Open, five: Five, database: Database, settings: Settings, key: str
) -> None:
    """R21: neither facts nor letters; theirs name no edition."""
    with database.writing() as db:
        a_request(db, a_recruiter(db, name="Karl Autre"), db.exec(select(TalentProfile)).one())
        leave_pool(db, five.barbara.id or 0, "fr", NOW)
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass
    one, read = browser(five.claude), ""
    for path in (
        "/organisation",
        "/organisation/sprint-2027",
        "/organisation/sprint-2027/courriers",
        "/organisation/sprint-2027/personnes",
    ):
        read += one.open(path).html
    assert [word for word in ("vivier", "Karl", "mise en relation", "Accessibilité des cartes") if word in read] == []
