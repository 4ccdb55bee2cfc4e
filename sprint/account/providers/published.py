"""What a provider publishes of itself, its discovery document and its keys: kept, asked anew when due, survived when it is down."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx2
import structlog
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey

from sprint.account.providers.asking import Json, ask, endpoint, json_object, text
from sprint.clock import now

FRESH = timedelta(hours=1)
STALE = timedelta(days=1)
"""How long what was published last serves while the provider is down."""
PAUSE = timedelta(minutes=1)
"""Between two questions for the same thing: nobody makes us ask in a loop, not even with keys nobody knows."""
KINDS = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
"""Asymmetric keys alone: a public document holds no secret."""
log = structlog.get_logger("sprint.sign_in")


@dataclass
class _Kept:
    """The last good answer to one question. Data alone, so that any event loop may use it."""

    found: Json | None = None
    at: datetime | None = None
    tried_at: datetime | None = None

    def is_younger(self, age: timedelta) -> bool:
        return self.at is not None and now() - self.at < age

    def was_tried(self) -> bool:
        return self.tried_at is not None and now() - self.tried_at < PAUSE


class Published:
    """Of one issuer, as configured (a final slash makes no difference)."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._document, self._keys = _Kept(), _Kept()

    async def document(self, client: AsyncOAuth2Client) -> Json:
        """The discovery document; raises whatever the network does, or ValueError."""

        async def fetch() -> Json:
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            document = json_object(await ask(client, address))
            if text(document, "issuer", 200).rstrip("/") != self.issuer.rstrip("/"):
                raise ValueError("the discovery document is another issuer's")
            for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
                endpoint(document, name, self.issuer)
            return document

        return await self._current(self._document, fetch)

    async def keys(self, client: AsyncOAuth2Client, *, anew: bool = False) -> KeySet:
        """Its public keys; `anew` when one is needed that those known do not hold."""

        async def fetch() -> Json:
            document = await self.document(client)
            found = json_object(await ask(client, endpoint(document, "jwks_uri", self.issuer)))
            usable_keys(found)
            return found

        return usable_keys(await self._current(self._keys, fetch, anew=anew))

    async def _current(self, kept: _Kept, fetch: Callable[[], Awaitable[Json]], *, anew: bool = False) -> Json:
        may_do = kept.found is not None and kept.is_younger(STALE)
        if kept.found is not None and may_do and (kept.was_tried() or (kept.is_younger(FRESH) and not anew)):
            return kept.found
        kept.tried_at = now()
        try:
            kept.found, kept.at = await fetch(), now()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, LookupError, TypeError, RecursionError) as error:
            if kept.found is None or not may_do:
                raise
            log.warning("provider down, going on with what it said", issuer=self.issuer, error=type(error).__name__)
        return kept.found


def usable_keys(published: Json) -> KeySet:
    """The keys that can check a signature; those we cannot read are others' business. Raises ValueError when none is."""
    listed = published.get("keys")
    found: list[Key] = [
        key for one in (listed if isinstance(listed, list) else ()) if (key := _usable(one)) is not None
    ]
    if not found:
        raise ValueError("no usable key")
    return KeySet(found)


def _usable(jwk: object) -> Key | None:
    if not isinstance(jwk, dict) or jwk.get("use", "sig") != "sig" or jwk.get("kty") not in KINDS:
        return None
    try:
        return KINDS[jwk["kty"]].import_key(jwk)
    except (JoseError, ValueError, TypeError, LookupError, AttributeError):
        return None
