"""Which compression an answer is sent in: what the browser takes, the best we have first."""

import gzip
from functools import lru_cache

import brotli

ENCODINGS = ("br", "gzip")
KEPT_QUALITY = {"br": 6, "gzip": 6}
"""A little better than for pages sent once: what is kept is compressed once and sent often."""


@lru_cache(maxsize=256)
def accepted_encodings(header: str) -> frozenset[str]:
    """The encodings an Accept-Encoding header takes; those of quality nought it does not."""
    parts = (part.replace(" ", "").lower().partition(";q=") for part in header.split(","))
    return frozenset(name for name, _, quality in parts if name and not (quality and float_or(quality) == 0))


def float_or(text: str) -> float:
    """A quality value; anything odd counts as given."""
    try:
        return float(text)
    except ValueError:
        return 1.0


def best_encoding(header: str) -> str:
    """The name of the encoding to use, or nothing for the bytes as they are."""
    taken = accepted_encodings(header)
    return next((encoding for encoding in ENCODINGS if encoding in taken), "")


def encoded(body: bytes, encoding: str) -> bytes:
    """`body` in an encoding of ENCODINGS."""
    if encoding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=KEPT_QUALITY["br"])
    return gzip.compress(body, KEPT_QUALITY["gzip"], mtime=0)
