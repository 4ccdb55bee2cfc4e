"""From bytes to plain values: what is no decent JSON is refused with the line and the column.

What Python would let pass (a key written twice, NaN) stays visible in the values: `strict` refuses it where it stands.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass

from sprint.refusal import Refusal, Refused
from sprint.words import Words, say

LARGEST = 5_000_000
"""Bytes. The largest real edition known takes 60 000."""
DEEPEST = 12
"""Levels of lists and objects; an edition has six."""

_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)

_SYNTAX: dict[str, Words] = {
    "Expecting value": say("il manque une valeur, ou ce n’en est pas une"),
    "Expecting property name enclosed in double quotes": say("il faut ici une clé entre guillemets droits"),
    "Expecting ':' delimiter": say("il manque un deux-points après la clé"),
    "Expecting ',' delimiter": say("il manque une virgule, ou un crochet n’est pas fermé"),
    "Illegal trailing comma before end of object": say("il y a une virgule de trop"),
    "Illegal trailing comma before end of array": say("il y a une virgule de trop"),
    "Unterminated string starting at": say("le texte commencé ici n’est pas fermé par un guillemet droit"),
    "Invalid control character at": say("un texte ne va pas à la ligne : écrivez \\n"),
    "Invalid \\escape": say("cette barre oblique inversée n’annonce rien de connu"),
    "Invalid \\uXXXX escape": say("\\u veut quatre chiffres hexadécimaux"),
    "Extra data": say("le fichier devrait finir ici"),
}


class Twofold(dict[str, object]):
    """An object of the file; `twice` are the keys it gives more than once."""

    twice: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoJson:
    """A number JSON does not have, or that nobody means: NaN, Infinity, five thousand digits."""

    text: str


def read_json(content: bytes) -> object:
    """The values of a UTF-8 JSON file. Raises Refused with the one reason for which it cannot be read."""
    if len(content) > LARGEST:
        raise Refused(Refusal("too_large", say("dépasse %(largest)s millions d’octets", largest=LARGEST // 1_000_000)))
    text = _decoded(content)
    _check_depth(text)
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=NoJson, parse_int=_integer)
    except json.JSONDecodeError as error:
        why = _SYNTAX.get(error.msg.removesuffix(":"), say("ce n’est pas du JSON"))
        raise _refused("syntax", text, error.pos, why) from None


def _decoded(content: bytes) -> str:
    try:
        # Some editors put a byte order mark first.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        raise _refused("not_utf8", before, len(before), say("ces octets ne sont pas de l’UTF-8")) from None


def _check_depth(text: str) -> None:
    """Before parsing: the parser calls itself at each level."""
    depth = 0
    for token in _BRACKETS.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth > DEEPEST:
            raise _refused("too_deep", text, token.start(), say("listes et objets sont imbriqués trop profondément"))


def _object(pairs: list[tuple[str, object]]) -> Twofold:
    found = Twofold(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _ in pairs)
        found.twice = tuple(name for name in found if times[name] > 1)
    return found


def _integer(digits: str) -> object:
    return int(digits) if len(digits) <= 18 else NoJson(digits)


def _refused(code: str, text: str, position: int, why: Words) -> Refused:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    words = say("ligne %(line)s, colonne %(column)s : %(why)s", line=line, column=column, why=why)
    return Refused(Refusal(code, words))
