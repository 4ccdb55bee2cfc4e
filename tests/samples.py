"""One line for each route: what it is asked in a test, and what those whom it is for get.

Each feature says it of its own routes, in `tests/FEATURE/samples.py`:

    SAMPLES = {"track": Sample(), "set_seats": Sample(form={"places": "3"}, finds="claude")}

    def rows(db: Session, five: Five) -> dict[str, object]:      only for what addresses name beside edition and track
        return {"letter": a_letter(db, five.ada).id}

The five people are in their edition (`tests/people.py`), and it is NOW. A parameter of an address is looked up in the
line's `params`, then among the rows of every feature.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from sqlmodel import Session

from sprint.web.page import RouteSpec
from tests.people import Five

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """A request that holds, and its answer to each person whom the route's audience admits."""

    gives: int = 0
    """The status; unless said, 200 for a GET and 303 for a POST."""
    finds: str = ""
    """Those of them for whom the thing asked for exists ("claude", "barbara claude"); for the others it is 404."""
    but: Mapping[str, int] = field(default_factory=dict)
    """Who gets another status, and which."""
    form: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def status(self, spec: RouteSpec, name: str) -> int:
        """What the person of that name gets, once admitted; `nobody` is a name too."""
        if self.finds and name not in self.finds.split():
            return 404
        return self.but.get(name) or self.gives or (200 if spec.method == "GET" else 303)

    def address(self, spec: RouteSpec, rows: Mapping[str, object]) -> str:
        """Where to ask; raises KeyError for a parameter that no feature has a row for."""
        return spec.address({**rows, **self.params}) + (f"?{self.question}" if self.question else "")


def _features() -> list[str]:
    return [f"tests.{path.parent.name}.samples" for path in sorted(HERE.glob("*/samples.py"))]


def samples() -> dict[str, Sample]:
    """The lines of every feature."""
    found: dict[str, Sample] = {}
    for feature in _features():
        found |= import_module(feature).SAMPLES
    return found


def rows(db: Session, five: Five) -> dict[str, object]:
    """What the parameters of addresses lead to, made once for all routes."""
    made: dict[str, object] = {"edition": five.edition.slug, "track": five.keycloak.slug}
    for feature in _features():
        make = getattr(import_module(feature), "rows", None)
        made |= make(db, five) if make else {}
    return made
