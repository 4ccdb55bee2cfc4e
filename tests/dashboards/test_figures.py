"""Figures: small numbers hidden, findings true to their tables, drawings read aloud."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from sprint import languages
from sprint.dashboards.rules import figures
from sprint.dashboards.rules.figures import Bar, Figure, Look
from sprint.dashboards.rules.secrecy import secret
from sprint.database import Database
from sprint.people.tables import Standing
from sprint.programme.queries import TrackCard
from sprint.programme.tables import Audience
from sprint.registrations.queries.figures import figures_of_arrivals
from sprint.registrations.rules import Offer
from sprint.registrations.tables import End, Mode, Registration
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration
from tests.page_checks import elements
from tests.people import Five

Opens = Callable[..., Browser]
TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 60}, {"a": 5, "b": 60}),
        ({"a": 4, "b": 60, "c": 7}, {"a": None, "b": 60, "c": None}),
        ({"a": 4, "b": 1, "c": 7}, {"a": None, "b": None, "c": 7}),
        ({"a": 0, "b": 4, "c": 9}, {"a": 0, "b": None, "c": None}),
        ({"a": 3}, {"a": None}),
    ],
)
def test_a_small_number_is_hidden_with_the_one_that_would_give_it_away(
    counts: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert secret(counts) == shown


def said(figure: Figure | None) -> str:
    assert figure is not None
    return languages.speak(figure.finding).replace("\xa0", " ")


def test_the_fullest_day_is_named_within_its_limit() -> None:
    offered = [
        Offer(1, 1, TUESDAY, Mode.SITE, 10, 6, day_seats=8),
        Offer(1, 2, WEDNESDAY, Mode.SITE, 10, 7),
        Offer(2, 1, TUESDAY, Mode.REMOTE, 0, 0),
    ]
    figure = figures.of_days(offered)
    assert said(figure) == "Le plus rempli : mardi 16 mars sur place, 6 places prises sur 8"
    assert figure is not None
    assert [(bar.value, bar.of) for bar in figure.bars] == [(6, 8), (7, 10)]


def test_a_full_track_is_hatched() -> None:
    cards = [TrackCard(n, f"t{n}", f"T{n}", "", "", Audience.OPEN, "fr", (), (), ()) for n in (1, 2, 3)]
    figure = figures.of_tracks(cards, [Offer(1, 1, TUESDAY, Mode.SITE, 4, 4), Offer(2, 1, TUESDAY, Mode.SITE, 4, 1)])
    assert said(figure) == "1 parcours sur 2 a au moins la moitié de ses places prises"
    assert figure is not None
    assert [bar.look for bar in figure.bars] == [Look.HATCHED, Look.FULL]


def test_arrivals_grow_day_by_day_where_the_edition_is() -> None:
    arrivals = {datetime(2027, 1, day, 23, 30, tzinfo=UTC): people for day, people in ((1, 2), (3, 2), (9, 1))}
    figure = figures.of_arrivals(arrivals, "Europe/Paris", datetime(2027, 1, 12, 9, tzinfo=UTC))
    assert figure is not None
    assert [point.value for point in figure.points] == [2, 2, 4, 4, 4, 4, 4, 4, 5]
    assert figure.points[0].on == date(2027, 1, 2)
    assert said(figure) == "1 personne sur 5 a demandé une place ces sept derniers jours"
    few = dict(list(arrivals.items())[:2])
    assert figures.of_arrivals(few, "Europe/Paris", min(few)) is None


def test_arrivals_are_counted_in_quarters_of_an_hour_once_for_each_person(database: Database, five: Five) -> None:
    """Ada asked for a second day later, which counts no more; who gave up does not count at all."""
    before_eleven = datetime(2027, 1, 9, 22, 59, 59, 999_000, tzinfo=UTC)
    with database.writing() as db:
        asked = [
            (five.ada, datetime(2027, 1, 9, 22, 46, tzinfo=UTC)),
            (a_person(db, name="Rita"), before_eleven),
            (a_person(db, name="Remi"), before_eleven + timedelta(milliseconds=1)),
            (five.eve, before_eleven),
        ]
        for person, moment in asked:
            if person != five.ada:
                a_registration(db, person, five.keycloak)
            days = db.exec(select(Registration).where(Registration.person_id == person.id).order_by(Registration.id))
            for late, one in enumerate(days):
                one.queued_at = moment + timedelta(days=late)
        for one in db.exec(select(Registration).where(Registration.person_id == five.eve.id)):
            one.ended_at, one.ended = NOW, End.CANCELLED
    with database.reading() as db:
        found = figures_of_arrivals(db, five.edition.id or 0)
    assert found == {datetime(2027, 1, 9, 22, 45, tzinfo=UTC): 2, datetime(2027, 1, 9, 23, tzinfo=UTC): 1}


def test_standings_hide_few_people() -> None:
    figure = figures.of_standings({Standing.AGENT: 40, Standing.RESEARCHER: 12, Standing.OTHER: 2})
    assert said(figure) == "Agents publics : 40 personnes sur 54"
    assert figure is not None
    assert [bar.value for bar in figure.bars] == [40, None, None]
    assert figures.of_standings({Standing.AGENT: 4}) is None


def test_nothing_is_drawn_of_nothing() -> None:
    assert figures.of_days([]) is None
    assert figures.of_tracks([], []) is None
    assert figures.of_kinds({"code": 0}, {}) is None
    assert figures.of_states({"proposed": 0}, {}, 0) is None
    assert Figure("x", Bar, Bar, ()).most == 1  # type: ignore[arg-type]


# --- the page


def test_each_drawing_has_a_name_a_finding_and_its_table(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        for number in range(6):
            a_registration(db, a_person(db, name=f"Personne {number}"), five.onyxia if number > 9 else five.keycloak)
    page = browser(five.claude).open("/organisation/sprint-2027/chiffres")
    drawings = [one for one in elements(page.page) if one.tag.endswith("svg") and one.get("role") == "img"]
    assert len(drawings) == len(page.texts("h2")) == len(page.texts("table")) == 3
    for one in drawings:
        title, about = (one.get("aria-labelledby") or "").split()
        assert page.read(title)
        assert page.read(about)
    assert re.findall(r"style=", page.html) == []


def test_a_table_is_downloaded_and_an_unknown_one_is_not_found(browser: Opens, five: Five) -> None:
    client = browser(five.claude).client
    answer = client.get("/organisation/sprint-2027/chiffres/parcours.csv")
    assert answer.text.splitlines()[1:] == ['"Documenter Onyxia";0;40', '"Installer Keycloak";2;4']
    assert client.get("/organisation/sprint-2027/chiffres/lune.csv").status_code == 404
