"""What a contribution rested on when it was accepted, as the text of a JSON document with one way to write it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sprint.contributions.rules import RULES
from sprint.contributions.tables import Kind, State


@dataclass(frozen=True)
class Proof:
    """The text of the document and its SHA-256, in hexadecimal."""

    document: str
    sha256: str


def proof(
    edition: str,
    contribution_id: int,
    kind: Kind,
    title: str,
    done_on: date,
    logged_at: datetime,
    accepted_at: datetime,
    keys: Sequence[str],
) -> Proof:
    """The proof of an acceptance: names sorted, no space, UTF-8; moments in UTC to the second. No person is named."""
    said = {
        "accepted_at": _moment(accepted_at),
        "contribution": contribution_id,
        "done_on": done_on.isoformat(),
        "edition": edition,
        "kind": kind.value,
        "logged_at": _moment(logged_at),
        "references": sorted(keys),
        "rules": RULES,
        "state": State.ACCEPTED.value,
        "title": title,
    }
    document = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Proof(document, digest(document))


def digest(document: str) -> str:
    """The SHA-256 of a document as it is kept."""
    return hashlib.sha256(document.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
