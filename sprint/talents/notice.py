"""The notice people read before they agree: one file a version, in both languages, whose text is kept with each consent.

The fields of `terms` and of `receipt` follow ISO/IEC TS 27560 (consent record structure).
"""

import json
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

NOTICES = Path(__file__).parent.parent.parent / "content" / "vivier"


@dataclass(frozen=True)
class Notice:
    """One version in one language. `document` is what is hashed: everything the person could read, as JSON."""

    version: int
    from_on: date
    language: str
    summary: tuple[tuple[str, str], ...]
    text: str
    document: str

    @property
    def sha256(self) -> str:
        return sha256(self.document.encode()).hexdigest()


@cache
def current_notice(language: str) -> Notice:
    """The notice in force: the file with the highest version. Raises FileNotFoundError when there is none."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in NOTICES.glob("notice-*.toml")]
    if not files:
        raise FileNotFoundError(f"no notice in {NOTICES}")
    file = max(files, key=lambda one: one["version"])
    return notice_of(file, language)


def notice_of(file: dict[str, object], language: str) -> Notice:
    """The notice of a file's content in a language; raises KeyError for a file that lacks something."""
    said = file[language]
    version, from_on = file["version"], file["from_on"]
    if not isinstance(said, dict) or not isinstance(version, int) or not isinstance(from_on, date):
        raise KeyError(language)
    kept = {
        "version": version,
        "language": language,
        "summary": said["summary"],
        "text": said["text"],
        "terms": said["terms"],
    }
    document = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    summary = tuple((term, words) for term, words in said["summary"])
    return Notice(version, from_on, language, summary, said["text"], document)


def current_version() -> int:
    """The version a consent must have been given to."""
    return current_notice("fr").version


@dataclass(frozen=True)
class ConsentEvent:
    """A consent as its row tells it, with the document agreed to."""

    receipt: str
    purpose: str
    state: str
    at: datetime
    expires_at: datetime | None
    statement: str
    document: str
    sha256: str


def receipt(event: ConsentEvent, subject: str) -> dict[str, object]:
    """The receipt of a consent, for its person: who (`subject`), to what, on which wording, until when."""
    notice = json.loads(event.document)
    return {
        "record_id": event.receipt,
        "schema": "ISO/IEC TS 27560:2023",
        "pii_principal": subject,
        "purpose": event.purpose,
        "statement": event.statement,
        "state": event.state,
        "time": event.at.isoformat(),
        "valid_until": event.expires_at.isoformat() if event.expires_at else None,
        "language": notice["language"],
        "notice_version": notice["version"],
        "notice_sha256": event.sha256,
        "notice": {"summary": notice["summary"], "text": notice["text"]},
        **notice["terms"],
    }
