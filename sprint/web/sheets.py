"""Tables to take away, as CSV that a spreadsheet opens and never executes.

UTF-8 with a byte order mark, `;` between cells and every text in quotes: what a French spreadsheet opens by a double
click. The quotes also hold when another program takes the comma for the separator.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO

from sprint.web.page import Plain

Cell = str | int | date | None
MEDIA_TYPE = "text/csv; charset=utf-8"
FORMULA = frozenset("=+-@|%")
"""What makes a spreadsheet read a text as something to compute."""
CONTROLS = ("\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text, after an apostrophe where a spreadsheet might compute it: OWASP, "CSV Injection".

    What comes before is looked through: spaces, quotes, invisible signs; and full-width letters count as their plain ones.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\x00", "")
    inside = plain.lstrip(" \"'`’‘“”\u00a0\ufeff\u200b\u200c\u200d\u2060")
    is_risky = plain.startswith(CONTROLS) or inside.startswith(CONTROLS) or inside.lstrip()[:1] in FORMULA
    return f"'{text}" if is_risky and text else text


def csv_chunks(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The sheet, row by row; what `rows` gives is read as it is written. Numbers and days stay as they are."""
    yield "\ufeff".encode()
    yield _line(heads)
    for row in rows:
        yield _line(row)


def csv_sheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Plain:
    """The answer that a browser saves as `name`.csv; `name` is a slug."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "private, no-store"}
    return Plain(b"".join(csv_chunks(heads, rows)), MEDIA_TYPE, headers=headers)


def _line(row: Sequence[Cell]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_cell(cell) for cell in row])
    return text.getvalue().encode()


def _cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    return cell.isoformat() if isinstance(cell, date) else harmless(cell)
