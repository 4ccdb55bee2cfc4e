"""What machines ask for: sitemap.xml, robots.txt, security.txt and /metrics."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from xml.etree.ElementTree import fromstring

import pytest
from starlette.testclient import TestClient

from sprint.app import build, specs
from sprint.database import Database
from sprint.journal import new_act, record
from sprint.registrations.facts import RegistrationFact
from sprint.settings import Settings
from sprint.site.rules.map import ACCOUNT, DUTIES, EDITION, KEPT_FROM_ROBOTS, SITE
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five

Opens = Callable[..., Browser]
XML = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
TOKEN = "t" * 20


@contextmanager
def site(settings: Settings, database: Database, peer: str = "127.0.0.1", **changed: object) -> Iterator[TestClient]:
    """The application under other settings, asked from the address `peer`."""
    other = settings.model_copy(update=changed)
    with TestClient(build(other, database, with_worker=False), base_url="http://localhost", client=(peer, 1)) as client:
        yield client


def test_the_sitemap_holds_every_public_page_in_each_language(browser: Opens, five: Five) -> None:
    one = browser()
    urls = fromstring(one.client.get("/sitemap.xml").content).findall("s:url", XML)
    pages = len(SITE) + len(ACCOUNT) + len(DUTIES) + len(EDITION) + 2
    places = [url.findtext("s:loc", "", XML) for url in urls]
    assert len(places) == len(set(places)) == 2 * pages
    assert [place for place in places if one.client.get(place).status_code != 200] == []
    track = urls[places.index("http://localhost/en/sprint-2027/parcours/keycloak")]
    assert {link.get("hreflang"): link.get("href") for link in track.findall("x:link", XML)} == {
        "fr": "http://localhost/sprint-2027/parcours/keycloak",
        "en": "http://localhost/en/sprint-2027/parcours/keycloak",
        "x-default": "http://localhost/sprint-2027/parcours/keycloak",
    }


def test_robots_are_kept_from_what_is_private_and_from_nothing_public(browser: Opens, five: Five) -> None:
    one = browser()
    lines = one.client.get("/robots.txt").text.splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert closed == [*KEPT_FROM_ROBOTS, *(f"/en{path}" for path in KEPT_FROM_ROBOTS)]
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"
    private = [spec.path for spec in specs(demo=False) if spec.method == "GET" and not spec.audience.admits(None)]
    assert [path for path in private if not path.startswith(KEPT_FROM_ROBOTS)] == []
    mapped = [url.text or "" for url in fromstring(one.client.get("/sitemap.xml").content).findall("s:url/s:loc", XML)]
    assert [place for place in mapped if place.removeprefix("http://localhost").startswith(tuple(closed))] == []


def test_security_txt_says_where_to_report_and_for_how_long_that_holds(
    settings: Settings, sqlite: Database, time: Callable[[datetime], None]
) -> None:
    with site(settings, sqlite, contact="equipe@sprint.example") as client:
        answer = client.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        "Contact: mailto:equipe@sprint.example\nExpires: 2027-07-11T00:00:00Z\nPreferred-Languages: fr, en\n"
        "Canonical: http://localhost/.well-known/security.txt\n"
    )


def test_a_contact_for_flaws_goes_before_the_teams(settings: Settings, sqlite: Database) -> None:
    flaws = "https://sprint.example/failles"
    with site(settings, sqlite, contact="equipe@sprint.example", security_contact=flaws) as client:
        assert client.get("/.well-known/security.txt").text.startswith(f"Contact: {flaws}\n")


@pytest.mark.parametrize("address", ["/.well-known/security.txt", "/en/robots.txt", "/en/sitemap.xml", "/en/metrics"])
def test_nothing_is_invented_and_machines_have_no_language(address: str, browser: Opens, five: Five) -> None:
    assert browser().open(address).status == 404


# --- metrics


@pytest.fixture
def settings(sqlite: Database) -> Settings:
    url = sqlite.url.render_as_string(hide_password=False)
    return Settings(database_url=url, base_url="http://localhost", secret="s" * 32, demo="1", letter_delay_seconds=0)


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


def test_this_machine_reads_what_is_counted_by_template(settings: Settings, database: Database, five: Five) -> None:
    with site(settings, database) as client:
        before = value(client, 'sprint_requests_total{method="GET",route="/{edition:edition}/agenda",status="200"}')
        client.get("/sprint-2027/agenda")
        client.get("/sprint-2027/agenda")
        client.request("BREW", "/introuvable")
        text = client.get("/metrics").text
        assert (
            value(client, 'sprint_requests_total{method="GET",route="/{edition:edition}/agenda",status="200"}')
            == before + 2
        )
    assert 'sprint_request_seconds_bucket{le="0.05",method="GET",route="/{edition:edition}/agenda"}' in text
    assert 'method="other"' in text
    assert "sprint-2027" not in text
    assert "sprint_database_up 1.0" in text


def test_what_is_owed_and_dead_is_told(
    settings: Settings, database: Database, time: Callable[[datetime], None]
) -> None:
    with database.writing() as db:
        record(db, new_act(), RegistrationFact.SEATS, NOW)
    with site(settings, database) as client:
        assert value(client, 'sprint_jobs{state="owed"}') == 1
        assert value(client, 'sprint_jobs{state="dead"}') == 0


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto", "X-Forwarded-Host"]
)
def test_a_proxy_on_this_machine_shows_nothing(header: str, settings: Settings, database: Database) -> None:
    with site(settings, database) as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404


def test_neither_another_machine_nor_another_name_is_answered(settings: Settings, database: Database) -> None:
    with site(settings, database, peer="203.0.113.9") as client:
        assert client.get("/metrics").status_code == 404
    with site(settings, database) as client:
        assert client.get("http://sprint.example/metrics").status_code == 404


def test_with_a_token_only_the_token_counts(settings: Settings, database: Database) -> None:
    token = type(settings.secret)(TOKEN)
    with site(settings, database, peer="203.0.113.9", metrics_token=token) as client:
        assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404
    with site(settings, database, metrics_token=token) as client:
        assert client.get("/metrics").status_code == 404


def test_a_database_that_does_not_answer_is_told(settings: Settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    with site(settings, empty) as client:
        assert value(client, "sprint_database_up") == 0


def value(client: TestClient, name: str) -> float:
    lines = client.get("/metrics").text.splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"{name} ")), 0.0)
