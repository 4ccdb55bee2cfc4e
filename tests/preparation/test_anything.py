"""Whatever a file holds, it is refused or imported whole: never an error of the program, never a half."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sprint.database import Database
from sprint.languages import speak
from sprint.preparation.reading import read_edition
from sprint.refusal import Refused
from tests.preparation.files import dump, sample
from tests.preparation.test_actions import read_into, registered

WORDS = some.sampled_from(
    (
        "",
        "2031-03-04",
        "2031-03-05",
        "2031-03-06",
        "09:00",
        "site",
        "carnet",
        "phare",
        "bilan",
        "agents",
        "UTC",
        "a\u0000",
    )
)
PLAIN = some.none() | some.booleans() | some.integers() | some.floats() | WORDS | some.text(max_size=5)
ANYTHING = some.recursive(
    PLAIN,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner),
    max_leaves=5,
)


def inside(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place of the file at which something else could stand: what holds it, and its name there."""
    here = [(value, name) for name, _ in inside(value)]
    return here + [spot for _, inner in inside(value) for spot in spots(inner)]


def reasons_against(deed: Callable[[], object]) -> list[str]:
    try:
        deed()
    except Refused as refused:
        return [speak(reason.words) for reason in refused.reasons]
    return []


@some.composite
def damaged(draw: some.DrawFn) -> Any:
    values = sample()
    for _ in range(draw(some.integers(1, 3))):
        holder, name = draw(some.sampled_from(spots(values)))
        elsewhere, other = draw(some.sampled_from(spots(values)))
        holder[name] = draw(ANYTHING) if draw(some.booleans()) else deepcopy(elsewhere[other])
    return values


@given(damaged())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_refused_whole_or_imported_whole(database: Database, values: Any) -> None:
    if not dump(database):
        read_into(database, sample())
        registered(database, "carnet", 4)
    before = dump(database)
    reasons = reasons_against(lambda: read_into(database, json.loads(json.dumps(values))))
    after = dump(database)
    if reasons:
        assert after == before
    else:
        assert not read_into(database, values).changed
        assert dump(database) == after


@given(some.binary(max_size=40) | some.text(alphabet='{}[]",:\\u019eNaIfity-. ', max_size=30).map(str.encode))
def test_any_bytes_at_all_are_refused(content: bytes) -> None:
    assert reasons_against(lambda: read_edition(content))
