"""Addresses that need no signing in: an id and a seal over it. Nothing to steal at rest, revoked by raising the generation."""

import hmac
from base64 import urlsafe_b64encode

from sprint.settings import Settings

SEAL_BYTES = 24
"""192 bits of HMAC-SHA-256: 32 letters of an address."""
MOST_DIGITS = 18
"""Ids are smaller on both engines; a longer number is no id."""


def seal(settings: Settings, purpose: str, key: int, generation: int) -> str:
    """The token of `key` for one purpose: its id, then HMAC(secret, purpose, id, generation)."""
    said = f"{purpose}\n{key}\n{generation}".encode()
    digest = hmac.digest(settings.secret.get_secret_value().encode(), said, "sha256")
    return f"{key}-{urlsafe_b64encode(digest[:SEAL_BYTES]).decode()}"


def sealed_key(token: str) -> int | None:
    """The id a token claims to be of; whether it is, `is_sealed` says."""
    key, dash, _ = token.partition("-")
    is_id = key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS and not key.startswith("0")
    return int(key) if dash and is_id else None


def is_sealed(settings: Settings, purpose: str, key: int, generation: int, token: str) -> bool:
    """Whether the token was made for this id and generation; takes the same time whatever is wrong with it."""
    return hmac.compare_digest(seal(settings, purpose, key, generation).encode(), token.encode("utf-8", "replace"))
