"""Files of editions: a small invented one, and real ones put together where the data lies beside the checkout."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sprint.database import Database, all_tables

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "edition.json"
REAL = ROOT.parent / "shared" / "data"

Values = dict[str, Any]


def sample() -> Values:
    """Two days, three tracks, four slots, seats."""
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def smallest(**more: object) -> Values:
    """The least that is an edition."""
    return {
        "edition": {"slug": "essai-2031", "name": "Essai", "timezone": "Europe/Paris"},
        "days": [{"on": "2031-03-04"}],
        **more,
    }


def dump(database: Database) -> str:
    """Every row of every table, in order."""
    lines = []
    with database.reading() as db:
        for table in all_tables():
            rows = db.connection().execute(select(table).order_by(*table.primary_key.columns))
            lines += [f"{table.name} {tuple(row)!r}" for row in rows]
    return "\n".join(lines)


def real(slug: str) -> Values:
    """A real edition, with the oddities it has; skips where the data is not at hand."""
    if not REAL.is_dir():
        pytest.skip(f"real editions are not at hand: {REAL}")
    edition = next(each for each in _read("editions.json") if each["slug"] == slug)
    return {
        "edition": {name: edition[name] for name in ("slug", "name", "timezone", "place")},
        "days": [{"on": on} for on in edition["dates"]],
        "tracks": [_track(each) for each in _read("tracks.json") if each["edition"] == slug],
        "slots": [_slot(each) for each in _read("sessions.json") if each["edition"] == slug],
    }


def _read(name: str) -> list[Values]:
    return json.loads((REAL / name).read_text(encoding="utf-8"))


def _track(told: Values) -> Values:
    return {
        "slug": slug_of(told["name"]),
        "name": told["name"],
        "organisation": told["organisation"],
        "repositories": told["repositories"],
    }


def _slot(told: Values) -> Values:
    same = {name: told.get(name) for name in ("start", "end", "title", "kind", "room", "block")}
    return {"day": told["date"], **same}


def slug_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80]
