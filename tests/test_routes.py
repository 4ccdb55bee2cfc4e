"""Every route there is, and who may use it. `python -m tests.test_routes` writes the snapshot anew."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from sprint.app import specs
from sprint.clock import now
from sprint.database import Database
from sprint.people.queries import member
from sprint.people.tables import Person, Right
from sprint.web.page import RouteSpec, page
from tests.architecture import modules
from tests.browser import Browser
from tests.makers import a_grant, a_person, an_edition
from tests.people import Five
from tests.samples import rows, samples

SNAPSHOT = Path(__file__).parent / "routes.snapshot.txt"
SPECS = {spec.name: spec for spec in specs(demo=True)}
LONE = {"demo_token"}
"""POSTs that machines send: they have no page of their own."""
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


def test_a_route_that_does_not_say_whom_it_is_for_cannot_be_declared() -> None:
    for first in (None, "anyone", "GET /nouvelle"):
        with pytest.raises(TypeError, match="whom it is for"):
            page(first, "GET /nouvelle", "new")  # ty: ignore[invalid-argument-type]


def test_every_route_that_is_declared_is_served_and_is_in_the_matrix() -> None:
    """Each declaration in the source is one line of the table: none is left out of the application, none is served beside it."""
    declared = {
        where
        for module in modules(SNAPSHOT.parent.parent)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for where in _declares(node)
    }
    assert sorted(declared) == sorted(f"{spec.method} {spec.path}" for spec in SPECS.values())
    assert sorted(SPECS) == sorted(samples())


def _declares(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Method and path of the route that a function answers, if it answers one."""
    calls = (one for one in function.decorator_list if isinstance(one, ast.Call))
    return [
        str(ast.literal_eval(one.args[1])) for one in calls if isinstance(one.func, ast.Name) and one.func.id == "page"
    ]


def test_only_signing_in_writes_on_get() -> None:
    assert {name for name, spec in SPECS.items() if spec.writes} == {"sign_in_begin", "sign_in_return"}


def test_only_signing_in_and_out_waits_for_the_network() -> None:
    assert {name for name, spec in SPECS.items() if spec.is_async} == {"sign_in_begin", "sign_in_return", "sign_out"}


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
        found = rows(db, five)
    return {name: sample.address(SPECS[name], found) for name, sample in samples().items()}


def admitted(database: Database, spec: RouteSpec, person: Person | None) -> bool:
    with database.reading() as db:
        return spec.audience.admits(member(db, person.id or 0, now()) if person else None)


def test_who_organises_another_edition_finds_nothing_of_this_one(browser: Open, database: Database, five: Five) -> None:
    with database.writing() as db:
        other = an_edition(db, slug="sprint-2028", name="Sprint 2028")
        stranger = a_person(db, name="Clara Ailleurs")
        a_grant(db, person=stranger, right=Right.ORGANISER, over=other)
    where = addresses(database, five)
    desks = [spec for spec in SPECS.values() if spec.path.startswith("/organisation/{edition")]
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
    with database.writing() as db:
        found = rows(db, five)
    one = browser(five.claude)
    answered = {spec.path for spec in SPECS.values() if spec.method == "GET"}
    for spec in SPECS.values():
        if spec.method == "POST" and spec.path not in answered and spec.name not in LONE:
            params = found | samples()[spec.name].params
            response = one.client.get(spec.address(params), follow_redirects=False)
            page = SPECS[spec.shows].address(params)
            assert (response.status_code, response.headers.get("location")) == (303, page), spec.name


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")


def test_a_number_that_no_engine_keeps_is_not_found_on_any_route(browser: Open, five: Five) -> None:
    organiser, huge = browser(five.claude), "9" * 30
    asked = [spec for spec in SPECS.values() if spec.method == "GET" and ":int}" in spec.path]
    values = {"edition": "sprint-2027", "track": "keycloak"}
    answered = {}
    for spec in asked:
        address = "/".join(
            values.get(part[1:].partition(":")[0], huge) + part.partition("}")[2] if part.startswith("{") else part
            for part in spec.path.split("/")
        )
        answered[spec.name] = organiser.client.get(address, follow_redirects=False).status_code
    assert len(answered) > 5
    assert answered == dict.fromkeys(answered, 404)
