"""Small habits of the house: nothing unused, nothing unsaid, nothing too long."""

import ast
import re
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

from sprint.app import specs
from sprint.commands.messages import faults
from sprint.settings import PREFIX, Settings
from sprint.words import Words
from tests.architecture import modules, templates

ROOT = Path(__file__).parent.parent
MOST_LINES, MOST_IN_FUNCTION = 300, 40
WRITTEN_BY_MACHINES = "migrations"
SOURCES = [
    one for folder in ("sprint", "tests") for one in modules(ROOT, folder) if WRITTEN_BY_MACHINES not in one.name
]
MARKS = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_template_is_unused() -> None:
    said = "\n".join([read(one.path) for one in modules(ROOT)] + [read(path) for path in templates(ROOT)])
    names = [str(path.relative_to(ROOT / "templates")) for path in templates(ROOT)]
    assert [name for name in names if name not in said and name.rpartition(".")[0] not in said] == []


def test_no_static_file_of_ours_is_unused() -> None:
    said = "\n".join([read(path) for path in templates(ROOT)])
    own = [path.name for path in (ROOT / "static").iterdir() if path.is_file() and not path.name.startswith(".")]
    assert [name for name in own if name not in said] == []


def test_every_setting_is_in_the_readme_with_its_default_and_nothing_else_is() -> None:
    rows = re.findall(rf"^\| `({PREFIX}[A-Z_]+)` \| *(.*?) *\| (.+?) \|$", read(ROOT / "README.md"), re.MULTILINE)
    assert [(name, default) for name, default, _ in rows] == [
        (PREFIX + name.upper(), _default(name)) for name in Settings.model_fields
    ]
    assert [said for _, _, said in rows] == [field.description for field in Settings.model_fields.values()]


def _default(name: str) -> str:
    field = Settings.model_fields[name]
    if field.is_required():
        return "(required)"
    return f"`{field.default}`" if field.default and str(field.default) not in ("", "**********") else ""


def fact_modules() -> list[str]:
    return [one.name for one in modules(ROOT) if one.part == "facts"]


@pytest.mark.parametrize("name", fact_modules())
def test_every_kind_of_fact_has_the_words_an_organiser_reads(name: str) -> None:
    module = import_module(name)
    kinds = [
        kind for made in vars(module).values() if isinstance(made, type) and issubclass(made, StrEnum) for kind in made
    ]
    labels: dict[StrEnum, Words] = module.LABELS
    assert kinds
    assert set(labels) == set(kinds)
    assert all(words.message for words in labels.values())


def test_no_two_kinds_of_fact_share_a_name() -> None:
    kinds = [kind.value for name in fact_modules() for kind in import_module(name).LABELS]
    assert len(set(kinds)) == len(kinds)
    assert max(map(len, kinds)) <= 60


def test_both_languages_are_whole() -> None:
    assert faults() == []


def test_no_file_is_longer_than_a_sitting() -> None:
    long = {one.name: len(read(one.path).splitlines()) for one in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    sizes = {
        f"{one.name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for one in SOURCES
        for node in ast.walk(one.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in sizes.items() if lines > MOST_IN_FUNCTION} == {}


def test_nothing_is_marked_for_later() -> None:
    paths = (
        [one.path for one in SOURCES]
        + templates(ROOT)
        + [ROOT / "static" / "sprint.css", ROOT / "static" / "sprint.js"]
    )
    assert [path.name for path in paths if re.search(rf"\b({'|'.join(MARKS)})\b", read(path))] == []


def test_nothing_prints_but_the_programs_of_the_house() -> None:
    """Whatever else speaks does so through the log."""
    programs = ("assets", "commands", "app", "__main__")
    calls = [
        one.name
        for one in SOURCES
        if one.name.startswith("sprint") and one.room not in programs
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "traceback.print_exception", "traceback.print_exc", "breakpoint")
    ]
    assert calls == []


_INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+|hx-on[^=]*)\s*=", re.IGNORECASE)


def test_no_template_has_inline_styles_or_handlers() -> None:
    pages = [path for path in templates(ROOT) if path.parent.name != "notices" or path.suffix != ".html"]
    assert [path.name for path in pages if _INLINE.search(re.sub(r"{[{%].*?[%}]}", "", read(path)))] == []


_FRENCH_SIGN = re.compile(r"}} [:;!?](?=[ <])|join\(\" [:;] \"\)")
_SENTENCE = re.compile(r"{% trans\b.*?{% endtrans %}", re.DOTALL)


def test_no_template_writes_a_sign_as_french_does_where_english_reads_it_too() -> None:
    """A colon after a space is French, and breaks at the end of a line: `_(" : ")` says it in both languages."""
    pages = [path for path in templates(ROOT) if path.suffix == ".html"]
    assert [path.name for path in pages if _FRENCH_SIGN.search(_SENTENCE.sub("", read(path)))] == []


def test_every_page_has_a_title_of_its_own() -> None:
    pages = [
        path
        for path in templates(ROOT)
        if '{% extends "layout/base.html" %}' in read(path) and path.parent.name != "layout"
    ]
    assert [path.name for path in pages if "{% block title %}" not in read(path)] == []
    assert pages


def test_every_route_is_linked_named_or_posted_somewhere() -> None:
    """A page nobody can reach is no page; what the outside asks for by address is listed here."""
    asked_from_outside = {
        "health",
        "metrics",
        "sitemap",
        "robots",
        "security_txt",
        "sign_in_return",
        "signed_out",
        "own_calendar",
        "demo_discovery",
        "demo_jwks",
        "demo_authorize",
        "demo_token",
        "demo_userinfo",
        "edition",
    }
    said = "\n".join([read(one.path) for one in modules(ROOT)] + [read(path) for path in templates(ROOT)])
    uses = {spec.name: len(re.findall(rf"[\"']{spec.name}[\"']", said)) for spec in specs(demo=True)}
    assert {name for name, number in uses.items() if number < 2} - asked_from_outside == set()
