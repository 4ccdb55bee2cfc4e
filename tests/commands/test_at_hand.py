"""Commands find the base they are about, and say what is missing in one line instead of a trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.preparation.files import SAMPLE

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment without any setting of ours; the folder at hand is empty."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPRINT_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def run(folder: Path, environment: dict[str, str], *arguments: str | Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "sprint", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout.replace("\u00a0", " "), done.stderr.replace("\u00a0", " ")


def test_an_edition_is_imported_into_an_empty_base_told_by_its_address_alone(
    tmp_path: Path, bare: dict[str, str]
) -> None:
    bare["SPRINT_DATABASE_URL"] = f"sqlite:///{tmp_path / 'own.db'}"
    first = run(tmp_path, bare, "import", "edition", SAMPLE)
    again = run(tmp_path, bare, "import", "edition", SAMPLE)
    assert (first[0], again[0], again[1].splitlines()[-1]) == (0, 0, "Rien à changer.")
    assert run(tmp_path, bare, "check") == (0, "Tout est juste.\n", "")


def test_without_a_base_or_settings_a_line_says_what_is_missing(tmp_path: Path, bare: dict[str, str]) -> None:
    assert run(tmp_path, bare, "check") == (
        2,
        "",
        "la base est vide : python -m sprint migrate lui donne ses tables\n",
    )
    status, output, said = run(tmp_path, bare, "tick")
    assert (status, output, said.splitlines()[0]) == (2, "", "The settings do not hold together:")
    assert "SPRINT_SECRET" in said
    assert "Traceback" not in said


def test_a_base_that_does_not_answer_is_said(tmp_path: Path, bare: dict[str, str]) -> None:
    bare["SPRINT_DATABASE_URL"] = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    status, output, said = run(tmp_path, bare, "import", "edition", SAMPLE)
    assert (status, output, said.split(" : ")[0]) == (2, "", "la base ne répond pas")
    assert len(said.splitlines()) == 1


def test_beside_the_demonstration_commands_are_about_it(tmp_path: Path, bare: dict[str, str]) -> None:
    demo = tmp_path / "var" / "demo.db"
    made = bare | {"SPRINT_DATABASE_URL": f"sqlite:///{demo}"}
    assert run(tmp_path, made, "migrate")[0] == 0
    assert run(tmp_path, bare, "import", "edition", SAMPLE)[0] == 0
    assert run(tmp_path, bare, "tick", "--dry-run")[0] == 0
    assert not (tmp_path / "var" / "sprint.db").exists()
    assert run(tmp_path, made, "import", "edition", SAMPLE)[1].splitlines()[-1] == "Rien à changer."
