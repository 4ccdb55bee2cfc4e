"""Every route there is, and who may use it. `python -m tests.test_routes` writes the snapshot anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from sprint.app import specs
from sprint.clock import now
from sprint.database import Database
from sprint.journal import new_act
from sprint.notices.tables import Letter
from sprint.people.queries import member
from sprint.people.tables import Person, Right
from sprint.sessions import LoginSession
from sprint.web.page import RouteSpec
from tests.browser import Browser
from tests.makers import NOW, a_grant, a_person, an_edition
from tests.people import NAMES, Five
from tests.queries import recorded

SNAPSHOT = Path(__file__).parent / "routes.snapshot.txt"
SPECS = {spec.name: spec for spec in specs(demo=True)}
PROTOCOL = {name for name in SPECS if name.startswith("demo_")} | {"sign_in_begin", "sign_in_return"}
"""Their questions are not ours to invent: here they only must not break."""
LONE = {"demo_token", "demo_userinfo", "demo_jwks", "demo_discovery"}
Open = Callable[..., Browser]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Who may see what does not depend on the engine."""
    return sqlite


def snapshot() -> str:
    """One line for each route: method, path, audience, and whether a GET writes."""
    lines = [
        f"{spec.method:4} {spec.path:75} {spec.audience.name}{'  WRITES' if spec.method == 'GET' and spec.writes else ''}"
        for spec in sorted(SPECS.values(), key=lambda spec: (spec.path, spec.method))
    ]
    return "\n".join(lines) + "\n"


def test_the_routes_are_those_of_the_snapshot() -> None:
    assert snapshot() == SNAPSHOT.read_text(encoding="utf-8"), "python -m tests.test_routes, then read the difference"


def test_only_signing_in_writes_on_get() -> None:
    assert {name for name, spec in SPECS.items() if spec.writes} == {"sign_in_begin", "sign_in_return"}


def test_only_signing_in_waits_for_the_network() -> None:
    assert {name for name, spec in SPECS.items() if spec.is_async} == {"sign_in_begin", "sign_in_return"}


def test_a_post_shows_its_refusal_on_a_page_whose_address_it_can_fill() -> None:
    for spec in SPECS.values():
        if spec.shows:
            shown = SPECS[spec.shows]
            assert shown.method == "GET", spec.name
            assert _params(shown) <= _params(spec), spec.name


def test_nothing_but_an_edition_holds_a_year() -> None:
    firsts = {spec.path.split("/")[1] for spec in SPECS.values()}
    assert [first for first in firsts if any(mark.isdigit() for mark in first)] == []


def _params(spec: RouteSpec) -> set[str]:
    return {part.strip("{}").split(":")[0] for part in spec.path.split("/") if part.startswith("{")}


def addresses(database: Database, five: Five) -> dict[str, str]:
    """An address of every route that leads to something which is there."""
    with database.writing() as db:
        letter = Letter(
            act=new_act(),
            person_id=five.ada.id,
            edition_id=five.edition.id,
            purpose="x",
            message_id="<x@x>",
            owed_at=NOW,
        )
        db.add(letter)
        db.flush()
        session = db.exec(select(LoginSession.id)).first() or 0
        params = {
            "edition": five.edition.slug,
            "track": five.keycloak.slug,
            "letter": letter.id,
            "session": session,
            "provider": "demo",
        }
    return {name: spec.address(params) for name, spec in SPECS.items()}


def admitted(database: Database, spec: RouteSpec, person: Person | None) -> bool:
    with database.reading() as db:
        return spec.audience.admits(member(db, person.id or 0, now()) if person else None)


@pytest.mark.parametrize("name", [*NAMES, "nobody"])
def test_a_route_answers_those_it_is_for_and_nobody_else(
    name: str, browser: Open, database: Database, five: Five
) -> None:
    person = five.called(name) if name != "nobody" else None
    where = addresses(database, five)
    for spec in SPECS.values():
        if admitted(database, spec, person):
            assert_answers(browser(person), spec, where[spec.name])
        else:
            assert_denied(browser(person), spec, where[spec.name], database, is_stranger=person is None)


def assert_answers(one: Browser, spec: RouteSpec, address: str) -> None:
    response = one.client.request(spec.method, address, follow_redirects=False)
    assert response.status_code < 500, (spec.name, response.text[-500:])
    if spec.method == "GET" and spec.name not in PROTOCOL:
        assert one.open(address).status == 200, spec.name


def assert_denied(one: Browser, spec: RouteSpec, address: str, database: Database, *, is_stranger: bool) -> None:
    for headers in (
        {},
        {"HX-Request": "true", "HX-Target": "section#inscription"},
        {"HX-Request": "true", "HX-Target": "main#content"},
    ):
        with recorded(database) as queries:
            response = one.client.request(spec.method, address, headers=headers, follow_redirects=False)
        assert queries.writes == [], (spec.name, str(queries))
        if not is_stranger:
            assert response.status_code == 404, spec.name
        elif headers:
            assert (response.status_code, response.text) == (401, ""), spec.name
        else:
            assert (response.status_code, response.text) == (303, ""), spec.name
            assert response.headers["location"].startswith("/connexion?retour=%2F"), spec.name


def test_who_organises_another_edition_finds_nothing_of_this_one(browser: Open, database: Database, five: Five) -> None:
    with database.writing() as db:
        other = an_edition(db, slug="sprint-2028", name="Sprint 2028")
        stranger = a_person(db, name="Clara Ailleurs")
        a_grant(db, person=stranger, right=Right.ORGANISER, over=other)
    where = addresses(database, five)
    desks = [spec for spec in SPECS.values() if spec.path.startswith("/organisation/")]
    one = browser(stranger)
    answers = {
        spec.name: one.client.request(spec.method, where[spec.name], follow_redirects=False).status_code
        for spec in desks
    }
    assert answers == dict.fromkeys(answers, 404)
    assert answers


def test_a_letter_of_another_edition_is_not_found_under_ones_own(browser: Open, database: Database, five: Five) -> None:
    with database.writing() as db:
        other = an_edition(db, slug="sprint-2028", name="Sprint 2028")
        stranger = a_person(db, name="Clara Ailleurs")
        a_grant(db, person=stranger, right=Right.ORGANISER, over=other)
    where = addresses(database, five)
    one = browser(stranger)
    mine = where["letter"].replace("sprint-2027", "sprint-2028")
    assert one.open(mine).status == 404
    assert one.post(where["send_letter_again"].replace("sprint-2027", "sprint-2028")).status == 404


@pytest.mark.parametrize("name", ["claude", "nobody"])
def test_an_unknown_edition_is_not_found(name: str, browser: Open, database: Database, five: Five) -> None:
    one = browser(five.claude if name == "claude" else None)
    where = addresses(database, five)
    for spec in SPECS.values():
        if "{edition" in spec.path and admitted(database, spec, five.claude if name == "claude" else None):
            unknown = where[spec.name].replace("sprint-2027", "sprint-2099")
            assert one.client.request(spec.method, unknown).status_code == 404, spec.name


def test_a_get_on_an_address_that_only_takes_posts_leads_to_its_page(
    browser: Open, database: Database, five: Five
) -> None:
    where = addresses(database, five)
    one = browser(five.claude)
    answered = {spec.path for spec in SPECS.values() if spec.method == "GET"}
    for spec in SPECS.values():
        if spec.method == "POST" and spec.path not in answered and spec.name not in LONE:
            response = one.client.get(where[spec.name], follow_redirects=False)
            assert (response.status_code, response.headers.get("location")) == (303, where[spec.shows]), spec.name


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
