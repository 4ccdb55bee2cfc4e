"""`import edition FILE` says what it did, or every fault one a line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sprint.commands.import_edition import import_commands
from sprint.database import Database
from tests.preparation.files import SAMPLE, dump, smallest


@pytest.fixture(autouse=True)
def settings(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINT_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SPRINT_SECRET", "s" * 32)
    monkeypatch.setenv("SPRINT_DEMO", "1")


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(import_commands, ["edition", *map(str, arguments)])
    return result.exit_code, result.output.replace("\u00a0", " ")


def test_it_prints_what_it_made_then_that_there_is_nothing_to_change() -> None:
    status, output = run(SAMPLE)
    assert (status, output.splitlines()) == (
        0,
        [
            "édition sprint-2031 : 1 ajout, 0 modification, 0 inchangé",
            "jours : 2 ajouts, 0 modification, 0 inchangé",
            "parcours : 3 ajouts, 0 modification, 0 inchangé",
            "créneaux : 4 ajouts, 0 modification, 0 inchangé",
            "nombres de places : 4 ajouts, 0 modification, 0 inchangé",
            "3 dépôts nouveaux",
        ],
    )
    status, output = run(SAMPLE)
    assert (status, output.splitlines()[-1]) == (0, "Rien à changer.")


def test_it_prints_every_fault_with_its_place_and_fails(database: Database, tmp_path: Path) -> None:
    before = dump(database)
    values = smallest(tracks=[{"slug": "phare", "name": "Phare", "colour": "rouge"}])
    values["edition"]["timezone"] = "Paris"
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    status, output = run(file)
    assert (status, [line.split(":")[0] for line in output.splitlines()]) == (
        1,
        ["edition.timezone", "tracks[0].colour", "Rien n’a été importé "],
    )
    assert output.endswith("Rien n’a été importé : 2 erreurs.\n")
    assert dump(database) == before


def test_a_fault_of_the_whole_file_stands_at_its_name(tmp_path: Path) -> None:
    file = tmp_path / "edition.json"
    file.write_bytes(b"{\n")
    status, output = run(file)
    assert (status, output.splitlines()[0]) == (
        1,
        "edition.json: ligne 2, colonne 1 : il faut ici une clé entre guillemets droits",
    )


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    status, output = run(tmp_path / "nulle-part.json")
    assert (status, output.splitlines()[0]) == (
        1,
        "nulle-part.json: ne peut pas être lu (No such file or directory)",
    )


def test_machines_read_json(tmp_path: Path) -> None:
    status, output = run(SAMPLE, "--json")
    told = json.loads(output)
    assert (status, told["imported"], told["changed"], told["tracks"]) == (
        0,
        True,
        True,
        {"made": 3, "changed": 0, "unchanged": 0},
    )
    file = tmp_path / "edition.json"
    file.write_text("[]", encoding="utf-8")
    status, output = run(file, "--json")
    faults = [{"place": "", "code": "type", "reason": "doit être un objet { … }"}]
    assert (status, json.loads(output)) == (1, {"imported": False, "faults": faults})
