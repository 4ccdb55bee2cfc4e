"""Every column has been thought about: what is known of people, why, how long, what erasing does to it."""

import tomllib
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import sprint.tables  # noqa: F401  the metadata is whole
from sprint.journal import KEPT_MONTHS
from sprint.privacy.register import read

POLICY = tomllib.loads((Path(__file__).parent.parent / "sprint" / "retention.toml").read_text(encoding="utf-8"))
PERSONAL = {(table, column): said for table, columns in POLICY["personal"].items() for column, said in columns.items()}
NOT_PERSONAL = [(table, column) for table, columns in POLICY["not_personal"].items() for column in columns]
TABLES = SQLModel.metadata.tables.values()


def test_every_column_stands_in_the_policy_once_and_nothing_else_does() -> None:
    columns = [(table.name, column.name) for table in TABLES for column in table.columns]
    assert sorted([*PERSONAL, *NOT_PERSONAL]) == sorted(columns)


def test_every_personal_column_says_why_how_long_and_what_erasing_does() -> None:
    assert {frozenset(said) for said in PERSONAL.values()} == {frozenset({"purpose", "kept", "erasure"})}
    assert {said["erasure"] for said in PERSONAL.values()} == {"emptied", "deleted", "kept"}
    assert all(said["purpose"] and said["kept"] for said in PERSONAL.values())


def test_a_row_that_points_to_a_person_is_personal() -> None:
    pointing = {table.name for table in TABLES for key in table.foreign_keys if key.column.table.name == "person"}
    assert pointing & set(POLICY["not_personal"]) == set()
    assert pointing


def test_the_rows_of_a_table_go_or_stay_together() -> None:
    """A row cannot be deleted and have one of its columns kept."""
    for table, columns in POLICY["personal"].items():
        ways = {said["erasure"] for said in columns.values()}
        assert ways == {"deleted"} or "deleted" not in ways, table


def test_what_is_emptied_can_be_empty() -> None:
    """No invariant of the database stands in the way: a text may be blank, everything else may be NULL or has a default."""
    for (table, column), said in PERSONAL.items():
        if said["erasure"] == "emptied":
            found = SQLModel.metadata.tables[table].columns[column]
            assert found.nullable or found.unique is not True, f"{table}.{column}"


def test_people_are_told_of_every_table_in_both_languages() -> None:
    assert set(POLICY["about"]) == set(POLICY["personal"])
    for table, about in POLICY["about"].items():
        assert set(about["fr"]) == set(about["en"]), table
        assert {"name", "data", "why"} <= set(about["fr"]), table
        assert all([*about["fr"].values(), *about["en"].values()]), table


def test_what_is_said_of_a_table_names_columns_that_it_has() -> None:
    for table, about in POLICY["about"].items():
        assert set(about) <= {"fr", "en", "whose", "since", "hidden", "named", "by_action"}, table
        named = [*about.get("whose", []), *about.get("since", []), *about.get("hidden", []), *about.get("named", [])]
        assert {name.partition(" = ")[0] for name in named} <= set(POLICY["personal"][table]), table


def test_a_table_nobody_told_about_stops_the_register() -> None:
    without = {table: about for table, about in POLICY["about"].items() if table != "letter"}
    with pytest.raises(KeyError, match="letter"):
        read({"personal": POLICY["personal"], "about": without})


def test_the_journal_says_that_it_is_kept_as_long_as_it_is() -> None:
    assert POLICY["personal"]["fact"]["at"]["kept"] == f"{KEPT_MONTHS} months"
