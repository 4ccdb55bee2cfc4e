"""One's own data as one ZIP: a page to read, and JSON for machines, a file for each feature."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Rows = Sequence[Mapping[str, object]]


def parcel(page: str, tables: Sequence[tuple[str, str, Rows]], now: datetime) -> bytes:
    """The bytes of the ZIP. `tables` gives feature, table and rows; the page stands first, under `index.html`."""
    features: dict[str, dict[str, Rows]] = {}
    for feature, table, rows in tables:
        features.setdefault(feature, {})[table] = rows
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        _add(file, "index.html", page, now)
        for feature, content in features.items():
            _add(file, f"{feature}.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n", now)
    return made.getvalue()


def _add(file: ZipFile, name: str, text: str, now: datetime) -> None:
    info = ZipInfo(name, now.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    file.writestr(info, text.encode("utf-8"))
