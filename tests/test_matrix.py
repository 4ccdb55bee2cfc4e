"""Every route × the five people, an administrator and nobody, as a page and as fragments: each gets exactly what the route's audience says.

Generated from the route table. A new route needs one line in `tests/FEATURE/samples.py` (see `tests/samples.py`).
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from sprint.app import build, specs
from sprint.clock import now
from sprint.database import Database
from sprint.people.queries import member
from sprint.people.tables import Right
from sprint.settings import Settings
from sprint.web.page import RouteSpec
from tests.browser import Browser
from tests.makers import a_grant, a_person
from tests.page_checks import elements, parsed, parsed_fragment, text_of
from tests.people import NAMES, five_people, signed_in
from tests.queries import recorded
from tests.samples import Sample, rows, samples

SPECS = {spec.name: spec for spec in specs(demo=True)}
SAMPLES = samples()
EVERYBODY = (*NAMES, "anne", "nobody")
"""Participant, mentor, organiser, recruiter, no right at all; an administrator, who is nothing else; a stranger."""
NO_BLOCK = "nulle-part"
"""The id of no block: the whole page is sent, and told to take the place of the whole page."""


def words_of(response: Response) -> str:
    """What one reads in the main part, the reference left out."""
    page, _ = parsed(response.text)
    main = next(one for one in elements(page) if one.tag == "main")
    return text_of(main).replace(response.headers["x-request-id"], "…")


@dataclass(frozen=True)
class Stage:
    """The application over one file, which is put back as it was after each request that changed it."""

    app: ASGIApp
    portal: BlockingPortal | None
    settings: Settings
    database: Database
    pristine: Path
    rows: dict[str, object]
    ids: dict[str, int]
    tokens: dict[str, str]
    nothing: str
    """What one reads where there is nothing. A refusal reads the same, whatever it hides."""

    def put_back(self) -> None:
        self.database.close()
        file = Path(self.database.url.database or "")
        for ending in ("-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self.pristine, file)

    def browser(self, name: str) -> Browser:
        client = TestClient(self.app, base_url=self.settings.base_url, headers={"accept-encoding": "identity"})
        client.portal = self.portal
        one = Browser(client, self.settings)
        if name != "nobody":
            one.take_session(self.tokens[name])
        return one

    def admits(self, spec: RouteSpec, name: str) -> bool:
        with self.database.reading() as db:
            return spec.audience.admits(member(db, self.ids[name], now()) if name != "nobody" else None)


@pytest.fixture(scope="module")
def stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Who may see what does not depend on the engine: SQLite."""
    folder = tmp_path_factory.mktemp("matrix")
    file = folder / "sprint.db"
    shutil.copyfile(sqlite_template, file)
    settings = Settings(database_url=f"sqlite:///{file}", base_url="http://localhost", secret="s" * 32, demo="1")
    database = Database(settings.database_url)
    with database.writing() as db:
        five = five_people(db)
        found = rows(db, five)
        people = {name: five.called(name) for name in NAMES} | {"anne": a_person(db, name="Anne Admin")}
        a_grant(db, person=people["anne"], right=Right.ADMINISTRATOR)
        tokens = {name: signed_in(db, person) for name, person in people.items()}
        ids = {name: person.id or 0 for name, person in people.items()}
    database.close()
    shutil.copyfile(file, folder / "pristine.db")
    app = build(settings, database, with_worker=False)
    with TestClient(app, base_url=settings.base_url) as first:
        nothing = words_of(first.get("/nulle-part"))
        yield Stage(app, first.portal, settings, database, folder / "pristine.db", found, ids, tokens, nothing)


def test_every_route_has_its_line_and_every_line_its_route() -> None:
    assert sorted(SPECS) == sorted(SAMPLES), "one line in tests/FEATURE/samples.py for each route"


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize("name", SPECS)
def test_each_person_gets_what_the_route_is_for(name: str, stage: Stage) -> None:
    spec, sample = SPECS[name], SAMPLES.get(name)
    if sample is None:
        pytest.fail(f"{name} ({spec.method} {spec.path}) has no line in tests/FEATURE/samples.py")
    expected = {person: _expected(stage, spec, sample, person) for person in EVERYBODY}
    got = {person: _tried(stage, spec, sample, person, expected[person]) for person in EVERYBODY}
    assert got == {person: [answer] for person, answer in expected.items()}


def _expected(stage: Stage, spec: RouteSpec, sample: Sample, person: str) -> str:
    if stage.admits(spec, person):
        return str(sample.status(spec, person))
    return "sign in" if person == "nobody" else "404"


def _tried(stage: Stage, spec: RouteSpec, sample: Sample, person: str, expected: str) -> list[str]:
    """What came of the request: alone, for each block the page lets htmx ask for, and for a block there is not."""
    address = sample.address(spec, stage.rows)
    whole = _send(stage, spec, sample, person, address, "", expected)
    blocks = _blocks(whole) if spec.method == "GET" else []
    said = [_answer(whole, "")]
    for block in (*blocks, NO_BLOCK):
        response = _send(stage, spec, sample, person, address, block, expected)
        _assert_fragment(response, block)
        said.append(_answer(response, block))
    return sorted(set(said))


def _send(
    stage: Stage, spec: RouteSpec, sample: Sample, person: str, address: str, block: str, expected: str
) -> Response:
    headers = {"HX-Request": "true", "HX-Target": f"section#{block}"} if block else {}
    data = sample.form if spec.method == "POST" else None
    client = stage.browser(person).client
    with recorded(stage.database) as queries:
        response = client.request(spec.method, address, data=data, headers=headers, follow_redirects=False)
    if queries.writes:
        stage.put_back()
    if not stage.admits(spec, person):
        # That they tried is counted where tries are.
        done = [one for one in queries.writes if not (spec.limited and " attempts " in f"{one} ")]
        assert done == [], (spec.name, person, str(queries))
    if expected in ("sign in", "404"):
        assert response.text == "" or words_of(response) == stage.nothing, (spec.name, person)
    return response


def _answer(response: Response, block: str) -> str:
    """The status, or that one is sent to sign in: by 303, or through htmx so that the fragment stays as it is."""
    leads_to = response.headers.get("hx-redirect" if block else "location", "")
    if leads_to.startswith("/connexion?retour=%2F") and response.status_code == (401 if block else 303):
        return "sign in"
    return str(response.status_code)


def _blocks(response: Response) -> list[str]:
    if not response.headers.get("content-type", "").startswith("text/html"):
        return []
    page, _ = parsed(response.text)
    asked = (one.get(name, "") for one in elements(page) for name in ("hx-target", "hx-target:inherited"))
    return sorted({target.removeprefix("#") for target in asked if target.startswith("#")})


def _assert_fragment(response: Response, block: str) -> None:
    if response.status_code != 200 or not response.headers.get("content-type", "").startswith("text/html"):
        return
    if block == NO_BLOCK:
        assert response.headers["hx-retarget"] == "body"
    else:
        made, faults = parsed_fragment(response.text)
        assert ([one.get("id") for one in made], faults) == ([block], [])
