"""Sheets a spreadsheet opens and never executes."""

import csv
from datetime import date
from io import StringIO

import pytest

from sprint.web.sheets import csv_chunks, harmless


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+33 1 23",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        '"=1',
        "'=1",
        " \n =1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "＝1+1",
        "＠SUM",
        "－1",
        "|calc",
        "%0A=1",
        "\x00=1",
    ],
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "d’Estrabeau", "« = »", "1+1", "Jean-Luc", "ada@example.org", " "])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_the_sheet_has_a_mark_semicolons_and_quotes() -> None:
    rows = [["Ada; =x", 3, date(2027, 3, 16), None], ['a,"=1\n=2"', -4, "=1", "é"]]
    assert b"".join(csv_chunks(["Nom", "N"], rows)).decode() == (
        '\ufeff"Nom";"N"\r\n"Ada; =x";3;"2027-03-16";""\r\n"a,""=1\n=2""";-4;"\'=1";"é"\r\n'
    )


def test_read_with_a_comma_no_cell_begins_a_formula() -> None:
    text = b"".join(csv_chunks(["x"], [["a,=1", "b;=2"]])).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_rows_are_read_as_they_are_written() -> None:
    read: list[int] = []

    def rows():  # type: ignore[no-untyped-def]
        for number in range(3):
            read.append(number)
            yield [number]

    chunks = csv_chunks(["x"], rows())
    next(chunks), next(chunks), next(chunks)
    assert read == [0]
