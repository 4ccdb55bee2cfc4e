"""The house stands in its order; and each check sees the fault that is planted for it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sprint.app import specs
from sprint.people.tables import Right
from sprint.web.links import Links
from sprint.web.templates import Templates
from tests import architecture as house

ROOT = Path(__file__).parent.parent
Check = Callable[[Path], list[str]]


def test_a_room_imports_only_rooms_before_it() -> None:
    assert house.rooms_in_order(ROOT) == []


def test_every_place_in_the_order_is_a_room() -> None:
    rooms = {module.room for module in house.modules(ROOT)} - {"", "migrations"}
    assert rooms == set(house.ROOMS)


def test_a_part_imports_only_parts_before_it() -> None:
    assert house.parts_in_order(ROOT) == []


def test_rules_and_letters_are_pure_and_nothing_below_the_pages_knows_the_web() -> None:
    assert house.parts_pure(ROOT) == []


def test_queries_change_nothing() -> None:
    assert house.queries_only_read(ROOT) == []


def test_only_the_doors_commit() -> None:
    assert house.only_doors_commit(ROOT) == []


def test_imports_stand_on_top() -> None:
    assert house.imports_on_top(ROOT) == []


def test_no_module_is_a_grab_bag() -> None:
    assert house.no_grab_bags(ROOT) == []


def test_only_the_database_knows_the_engine() -> None:
    assert house.engines_hidden(ROOT) == []


def test_relations_never_read_behind_ones_back() -> None:
    assert house.relations_raise(ROOT) == []


def test_a_template_takes_only_from_the_layout_and_its_own_feature() -> None:
    assert house.templates_in_order(ROOT) == []


def test_the_design_system_is_named_in_the_layout_only() -> None:
    assert house.design_system_in_macros(ROOT) == []


def test_templates_get_these_globals_and_no_more() -> None:
    of_jinja = {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}
    of_gettext = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    given = set(Templates(Links(specs(demo=True))).environments["fr"].globals)
    assert given - of_jinja - of_gettext == {"asset", "chart", "field", "link", "ui"}


def test_every_route_of_a_desk_is_for_those_who_hold_a_right() -> None:
    desks = [spec for spec in specs(demo=True) if "desk" in spec.function.__module__.split(".")]
    assert {right for spec in desks for right in spec.audience.name.split(" or ")} <= {right.value for right in Right}
    assert desks


PLANTS: list[tuple[Check, str, str]] = [
    (house.rooms_in_order, "sprint/people/rules.py", "from sprint.registrations import queries\n"),
    (house.rooms_in_order, "sprint/clock.py", "import sprint.web.page\n"),
    (house.rooms_in_order, "sprint/novelty.py", "X = 1\n"),
    (house.parts_in_order, "sprint/registrations/queries.py", "from sprint.registrations.actions import register\n"),
    (house.parts_in_order, "sprint/registrations/rules.py", "from sprint.registrations import forms\n"),
    (house.parts_pure, "sprint/registrations/rules.py", "from sqlmodel import select\n"),
    (house.parts_pure, "sprint/registrations/rules.py", "from sprint.registrations.tables import Registration\n"),
    (house.parts_pure, "sprint/registrations/letters.py", "import jinja2\n"),
    (house.parts_pure, "sprint/registrations/actions/seats.py", "from starlette.requests import Request\n"),
    (house.parts_pure, "sprint/registrations/queries.py", "from sprint.web.visit import Visit\n"),
    (house.parts_pure, "sprint/site/pages/public.py", "from sprint.registrations.actions import cancel\n"),
    (house.queries_only_read, "sprint/programme/queries.py", "def f(db):\n    db.add(1)\n"),
    (house.queries_only_read, "sprint/programme/queries.py", "from sqlalchemy import update\n"),
    (house.only_doors_commit, "sprint/registrations/actions/seats.py", "def f(db):\n    db.commit()\n"),
    (house.imports_on_top, "sprint/clock.py", "def f():\n    import json\n"),
    (house.imports_on_top, "sprint/clock.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json\n"),
    (house.no_grab_bags, "sprint/registrations/utils.py", "X = 1\n"),
    (house.engines_hidden, "sprint/registrations/queries.py", "def f(database):\n    return database.is_sqlite\n"),
    (house.engines_hidden, "sprint/sessions.py", "from sqlalchemy.dialects.postgresql import insert\n"),
    (house.relations_raise, "sprint/programme/tables.py", "X = Relationship(back_populates='track')\n"),
    (house.templates_in_order, "templates/site/home.html", '{% include "registrations/desk.html" %}'),
    (house.design_system_in_macros, "templates/site/home.html", '<p class="sprint-x fr-badge">x</p>'),
]


@pytest.mark.parametrize(("check", "file", "plant"), PLANTS)
def test_a_planted_fault_is_seen(check: Check, file: str, plant: str, tmp_path: Path) -> None:
    for folder in ("sprint", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = check(tmp_path)
    with (tmp_path / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{plant}")
    assert len(check(tmp_path)) == len(before) + 1
