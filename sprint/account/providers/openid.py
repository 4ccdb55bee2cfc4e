"""Signing in by OpenID Connect: authorization code, PKCE, nonce (OpenID Connect Core 1.0 §3.1, RFC 7636)."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx2
from anyio import fail_after
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jwt import JWTClaimsRegistry

from sprint.account.providers.failures import Failure, SignInFailed
from sprint.account.providers.provider import Claims, Offer, Pending
from sprint.clock import now
from sprint.database import no_door_is_open

SECONDS = 8
"""How long a provider may take for all that one step asks of it."""
CLOCKS_DIFFER = 30
"""Seconds its clock may be ahead or behind ours."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class OpenIdProvider:
    """A provider found through its discovery document. `algorithm` is pinned: no token chooses how it is checked."""

    name: str
    offer: Offer
    issuer: str
    client_id: str
    redirect_uri: str
    algorithm: str
    read: Callable[[str, Json], Claims]
    """From the subject and what userinfo says of it; raises ValueError for what cannot be."""
    scope: str = "openid"
    transport: httpx2.AsyncBaseTransport | None = None

    async def begin(self, pending: Pending) -> str:
        with _explained():
            async with self._client() as client:
                endpoints = await self._discover(client)
                address, _ = client.create_authorization_url(
                    text(endpoints, "authorization_endpoint"),
                    state=pending.state,
                    nonce=pending.nonce,
                    code_verifier=pending.verifier,
                    ui_locales=pending.language,
                )
                return str(address)

    async def finish(self, pending: Pending, answer: Mapping[str, str]) -> Claims:
        if answer.get("error"):
            declined = answer["error"] == "access_denied"
            raise SignInFailed(Failure.DECLINED if declined else Failure.REFUSED)
        with _explained():
            async with self._client() as client:
                endpoints = await self._discover(client)
                token = await client.fetch_token(
                    text(endpoints, "token_endpoint"), code=answer.get("code", ""), code_verifier=pending.verifier,
                    grant_type="authorization_code",
                )  # fmt: skip
                keys = await _get(client, text(endpoints, "jwks_uri"), withhold_token=True)
                subject = self._verified(text(token, "id_token"), keys, pending.nonce)
                info = await _get(client, text(endpoints, "userinfo_endpoint"))
                if info.get("sub") != subject:
                    # Otherwise whoever substitutes a userinfo answer would choose who signs in (Core §5.3.4).
                    raise ValueError("userinfo speaks of somebody else")
                return self.read(subject, info)

    def _client(self) -> AsyncOAuth2Client:
        no_door_is_open()
        return AsyncOAuth2Client(
            client_id=self.client_id,
            scope=self.scope,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            leeway=0,
            timeout=SECONDS,
            transport=self.transport,
        )

    async def _discover(self, client: AsyncOAuth2Client) -> Json:
        document = await _get(client, f"{self.issuer}/.well-known/openid-configuration", withhold_token=True)
        if document.get("issuer") != self.issuer:
            raise ValueError("the discovery document is another issuer's")
        return document

    def _verified(self, id_token: str, keys: Json, nonce: str) -> str:
        """The subject of an ID token that is this issuer's, for us, in time and for this very sign-in."""
        known = KeySet.import_key_set(cast(KeySetSerialization, keys))
        claims = jwt.decode(id_token, known, algorithms=[self.algorithm]).claims
        JWTClaimsRegistry(
            now=int(now().timestamp()),
            leeway=CLOCKS_DIFFER,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != self.client_id:
            raise ValueError("the token is for several, and not from us")
        return text(claims, "sub", 255)


def text(claims: Json, name: str, longest: int = 4000) -> str:
    """A text that must be there; raises ValueError."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise ValueError(f"no usable {name}")
    return value


async def _get(client: AsyncOAuth2Client, address: str, *, withhold_token: bool = False) -> Json:
    response = await client.request("GET", address, withhold_token=withhold_token)
    found = response.raise_for_status().json()
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


@contextmanager
def _explained() -> Generator[None]:
    """Whatever a provider does wrong becomes SignInFailed, whose cause is what happened."""
    try:
        with fail_after(SECONDS):
            yield
    except (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SignInFailed(Failure.UNREACHABLE) from error
    except OAuthError as error:
        raise SignInFailed(Failure.REFUSED) from error
    except (JoseError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # Its JSON may hold anything, and so may whatever a library makes of it.
        raise SignInFailed(Failure.UNTRUSTED) from error
