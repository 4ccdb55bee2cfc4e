"""`python -m sprint messages`: gathers what the site says in French and keeps the English catalogue in step with it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from sprint.languages import LOCALES

ROOT = Path(__file__).parent.parent.parent
ENGLISH = LOCALES / "en" / "LC_MESSAGES" / "sprint.po"
KEYWORDS = {"say": None, "say_count": (1, 2), "gettext": None, "ngettext": (1, 2), "_": None}

# The options are those of the site's own Jinja environment: a message is looked up as that environment reads it.
JINJA = {"trimmed": "on", "newstyle_gettext": "on", "trim_blocks": "on", "lstrip_blocks": "on", "silent": "off"}
SOURCES = (
    ("sprint", "**.py", "python", {}),
    ("templates", "**.html", "jinja2.ext:babel_extract", JINJA),
    ("templates", "**.txt", "jinja2.ext:babel_extract", JINJA),
)

# Written by hand, so that neither a date nor a version of Babel changes when no message does.
HEADER = rb"""# What Sprint says, in English. Sorted and kept by: python -m sprint messages
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def messages(
    check: Annotated[bool, typer.Option("--check", help="write nothing; name what is not translated, exit 1")] = False,
) -> None:
    """Bring the English catalogue up to date with the French messages of code and templates."""
    if not check:
        update(ENGLISH, extract())
    found = faults()
    typer.echo("\n".join(found) or "every message is translated")
    if check and found:
        raise typer.Exit(1)


def extract(root: Path = ROOT) -> dict[str, str]:
    """Every French message with its plural, "" when it has none."""
    found: dict[str, str] = {}
    for folder, files, method, options in SOURCES:
        for _, _, message, _, _ in extract_from_dir(root / folder, [(files, method)], {files: options}, KEYWORDS):
            singular, plural = (message, "") if isinstance(message, str) else message[:2]
            found[singular] = plural or found.get(singular, "")
    return found


def update(file: Path, wanted: dict[str, str]) -> None:
    """The catalogue with exactly the messages `wanted`, those known with their translation, sorted."""
    known = _read(file)
    catalogue = Catalog(locale="en")
    for message, plural in wanted.items():
        entry = known.get(message)
        kept = entry if entry is not None and _plural(entry) == plural else None
        catalogue.add((message, plural) if plural else message, kept.string if kept else None, flags=_fuzzy(kept))
    text = BytesIO()
    # Unwrapped: a changed word is a changed line, not a paragraph.
    write_po(text, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    file.write_bytes(HEADER + text.getvalue())


def faults(file: Path = ENGLISH, root: Path = ROOT) -> list[str]:
    """What keeps the catalogue from being whole, a line each."""
    wanted, known = extract(root), _read(file)
    found = [f"obsolete: {message.id!r}" for message in _entries(known) if _singular(message) not in wanted]
    for singular, plural in sorted(wanted.items()):
        entry = known.get(singular)
        if entry is None or _plural(entry) != plural:
            found.append(f"missing: {singular!r}")
        else:
            found += [f"{fault}: {singular!r}" for fault in _faults_of(entry)]
    return found


def _faults_of(entry: Message) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    pairs = _pairs(entry)
    if not all(translation for _, translation in pairs):
        yield "empty"
    elif any(_marks(french) != _marks(translation) for french, translation in pairs):
        yield "other placeholders, tags or ** than the French"


def _marks(text: str) -> Counter[str]:
    """What a translation must hold as often as its source: values, per cent signs, weight, tags."""
    return Counter(re.findall(r"%\(\w+\)\w|%%|%|\*\*|</?\w+", text))


def _pairs(entry: Message) -> list[tuple[str, str]]:
    return list(zip(_several(entry.id), _several(entry.string), strict=True))


def _singular(entry: Message) -> str:
    return _several(entry.id)[0]


def _plural(entry: Message) -> str:
    return _several(entry.id)[1] if entry.pluralizable else ""


def _several(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    """Babel holds one text as it is, and a singular with its plural as a pair."""
    return (texts or "",) if texts is None or isinstance(texts, str) else tuple(texts)


def _fuzzy(entry: Message | None) -> set[str]:
    return {"fuzzy"} if entry is not None and entry.fuzzy else set()


def _entries(catalogue: Catalog) -> list[Message]:
    return [entry for entry in catalogue if entry.id] + list(catalogue.obsolete.values())


def _read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as opened:
        return read_po(opened, locale="en")
