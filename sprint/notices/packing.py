"""A letter as JSON and back: what its row keeps. Dates, moments, sentences and enumerations are told apart by a mark."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sprint.letter import LetterText, Link
from sprint.words import Hours, Moment, Value, Words

Packed = dict[str, Any]


def packed(text: LetterText) -> Packed:
    return {
        "purpose": text.purpose,
        "subject": _pack(text.subject),
        "opening": _pack(text.opening),
        "items": [_pack(item) for item in text.items],
        "notes": [_pack(note) for note in text.notes],
        "label": _pack(text.action.label),
        "path": text.action.path,
        "sealed": text.action.sealed,
        "key": text.action.key,
        "signature": _pack(text.signature),
        "attachment": text.attachment,
        **({"body": text.body} if text.body else {}),
        **({"foot": _pack(text.foot)} if text.foot else {}),
        **({"more": [{"label": _pack(link.label), "path": link.path} for link in text.more]} if text.more else {}),
        **({"since": text.since.isoformat()} if text.since else {}),
    }


def unpacked(words: Mapping[str, Any]) -> LetterText:
    """The letter of a row; raises KeyError for one that no version of this site packed."""
    return LetterText(
        purpose=words["purpose"],
        subject=_sentence(words["subject"]),
        opening=_sentence(words["opening"]),
        items=tuple(_sentence(item) for item in words["items"]),
        notes=tuple(_sentence(note) for note in words["notes"]),
        action=Link(_sentence(words["label"]), words["path"], words.get("sealed", ""), words.get("key", 0)),
        signature=_sentence(words["signature"]),
        attachment=words.get("attachment", ""),
        body=words.get("body", ""),
        foot=_sentence(words["foot"]) if "foot" in words else None,
        more=tuple(Link(_sentence(link["label"]), link["path"]) for link in words.get("more", ())),
        since=datetime.fromisoformat(words["since"]) if "since" in words else None,
    )


def _pack(value: Value) -> Any:
    if isinstance(value, Words):
        values = {name: _pack(part) for name, part in value.values.items()}
        return {"say": value.message, "plural": value.plural, "number": value.number, "values": values}
    if isinstance(value, Moment):
        return {"at": value.at.isoformat(), "zone": value.zone}
    if isinstance(value, Hours):
        return {"from": value.starts.isoformat(), "to": value.ends.isoformat() if value.ends else None}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, tuple):
        return [_pack(part) for part in value]
    return value


def _unpack(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_unpack(part) for part in value)
    if not isinstance(value, dict):
        return value
    if "say" in value:
        return _sentence(value)
    if "at" in value:
        return Moment(datetime.fromisoformat(value["at"]), value["zone"])
    if "from" in value:
        return Hours(time.fromisoformat(value["from"]), time.fromisoformat(value["to"]) if value["to"] else None)
    return date.fromisoformat(value["on"])


def _sentence(packed_words: Mapping[str, Any]) -> Words:
    values = {name: _unpack(part) for name, part in packed_words["values"].items()}
    return Words(packed_words["say"], packed_words["plural"], packed_words["number"], values)
