"""Bytes that are no decent JSON are refused with the line and the column."""

import pytest

from sprint.languages import speak
from sprint.preparation.reading.source import DEEPEST, LARGEST, NoJson, Twofold, read_json
from sprint.refusal import Refused

TOO_DEEP = "listes et objets sont imbriqués trop profondément"


def told(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_json(content)
    (reason,) = caught.value.reasons
    assert reason.place == ""
    return speak(reason.words).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ligne 1, colonne 1 : il manque une valeur, ou ce n’en est pas une"),
        (b'{"a": 1\n "b": 2}', "ligne 2, colonne 2 : il manque une virgule, ou un crochet n’est pas fermé"),
        (b'{"a": 1}\n{', "ligne 2, colonne 1 : le fichier devrait finir ici"),
        (b"{'a': 1}", "ligne 1, colonne 2 : il faut ici une clé entre guillemets droits"),
        (b'{"a" 1}', "ligne 1, colonne 6 : il manque un deux-points après la clé"),
        (b'["a]', "ligne 1, colonne 2 : le texte commencé ici n’est pas fermé par un guillemet droit"),
        (b'["a\nb"]', "ligne 1, colonne 4 : un texte ne va pas à la ligne : écrivez \\n"),
        (rb'["\x"]', "ligne 1, colonne 3 : cette barre oblique inversée n’annonce rien de connu"),
        (rb'["\u12"]', "ligne 1, colonne 4 : \\u veut quatre chiffres hexadécimaux"),
        ('{"é": "'.encode() + b"\xe9", "ligne 1, colonne 8 : ces octets ne sont pas de l’UTF-8"),
        (
            b'"a",\n' + b"[" * 5000,
            f"ligne 2, colonne {DEEPEST + 1} : listes et objets sont imbriqués trop profondément",
        ),
        (b" " * (LARGEST + 1), "dépasse 5 millions d’octets"),
    ],
)
def test_what_cannot_be_read_is_told_with_line_and_column(content: bytes, message: str) -> None:
    assert told(content) == message


def test_brackets_inside_texts_are_not_depth() -> None:
    assert read_json(b'["' + b"[{" * 5000 + rb"\" [" + b'"]') == ["[{" * 5000 + '" [']


def test_a_byte_order_mark_is_let_pass() -> None:
    assert read_json(b"\xef\xbb\xbf[1]") == [1]


def test_what_python_lets_pass_stays_visible() -> None:
    values = read_json(b'{"a": 1, "b": NaN, "a": 2, "c": -Infinity, "d": ' + b"9" * 5000 + b"}")
    assert isinstance(values, Twofold)
    assert values.twice == ("a",)
    assert [values[name] for name in "bcd"] == [NoJson("NaN"), NoJson("-Infinity"), NoJson("9" * 5000)]


@pytest.mark.parametrize("content", [b'"' + b"a" * 4_900_000, b'"' + b"\\" * 4_900_000, b"]" * 4_900_000])
def test_a_large_broken_file_is_refused_at_once(content: bytes) -> None:
    assert told(content).startswith("ligne 1, colonne 1 : ")
