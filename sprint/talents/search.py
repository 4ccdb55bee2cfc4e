"""Finding profiles by words, the same on both engines: words are folded and reduced to their stems once, when a profile
is saved, and looked for as plain text. Pure; only the queries say LIKE.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from threading import local

import snowballstemmer

SHUFFLE = 1_000_003
"""A prime: multiplying by anything below it and taking the rest puts the numbers below it in another order."""
MOST_TERMS = 8
_WORD = re.compile(r"[^\W_](?:[^\W_]|[+#])*")
_SHORT = 3
_stemmers = local()


def folded(text: str) -> str:
    """`text` without case, accents and ligatures."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def indexed(texts: Iterable[str]) -> str:
    """What to look in: each word and its stems, a space between and around each."""
    words = {form for text in texts for word in _WORD.findall(folded(text)) for form in (word, *_stems(word))}
    return f" {' '.join(sorted(words))} " if words else ""


def patterns(question: str) -> list[tuple[str, ...]]:
    """For each word asked, the LIKE patterns of which one must match what `indexed` gave. Beginnings of words match too."""
    words = list(dict.fromkeys(_WORD.findall(folded(question))))[:MOST_TERMS]
    return [tuple(_pattern(form) for form in dict.fromkeys(_stems(word))) for word in words]


def _pattern(form: str) -> str:
    # A letter or two begin too many words: they stand for themselves alone.
    return f"% {form} %" if len(form) < _SHORT else f"% {form}%"


def _stems(word: str) -> tuple[str, ...]:
    """The stems of a folded word as if it were French, and as if it were English."""
    if not hasattr(_stemmers, "both"):
        # A stemmer keeps its place in the word it works on: each thread has its own.
        _stemmers.both = (snowballstemmer.stemmer("french"), snowballstemmer.stemmer("english"))
    return tuple(folded(stemmer.stemWord(word)) for stemmer in _stemmers.both)


def seed_of(today: date) -> int:
    """The number that shuffles profiles on a day, the same for everybody: no rank, no favour."""
    return int.from_bytes(sha256(f"vivier {today.isoformat()}".encode()).digest()[:8]) % (SHUFFLE - 1) + 1
