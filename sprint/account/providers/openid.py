"""Signing in by OpenID Connect: authorization code, PKCE, nonce (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9207)."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.errors import BadSignatureError, InvalidKeyIdError
from joserfc.jwk import KeySet

from sprint.account.providers.asking import (
    Json,
    ask,
    asking,
    endpoint,
    explained,
    json_object,
    media_type,
    text,
    trusted,
)
from sprint.account.providers.failures import Failure, SignInFailed, heed_refusal
from sprint.account.providers.provider import Claims, Offer, Pending
from sprint.account.providers.published import Published
from sprint.account.providers.tokens import Expected, id_token_claims, userinfo_claims
from sprint.clock import now
from sprint.provider_settings import OpenId

SIGNED_FOR = 60
"""Seconds a proof of who we are (`private_key_jwt`) is good for."""
LONG = 20_000
"""Characters of a token."""


@dataclass(frozen=True)
class Told:
    """What a provider says of somebody, checked: under whose name, about whom, and what."""

    provider: str
    issuer: str
    subject: str
    info: Json


@dataclass(frozen=True)
class OpenIdProvider:
    """A provider found through its discovery document."""

    block: OpenId
    offer: Offer
    base_url: str
    read: Callable[[Told], Claims]
    """Raises ValueError for what cannot be."""
    transport: httpx2.AsyncBaseTransport | None = None
    published: Published = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "published", Published(self.block.issuer))

    @property
    def name(self) -> str:
        return self.block.name

    @property
    def redirect_uri(self) -> str:
        return f"{self.base_url}/connexion/{self.name}/retour"

    @property
    def leave_uri(self) -> str:
        """Where its own sign-out sends the browser back, to be registered there letter for letter."""
        return f"{self.base_url}/deconnexion/{self.name}/retour"

    async def begin(self, pending: Pending) -> str:
        async with self._asking() as client:
            document = await self.published.document(client)
            address, _ = client.create_authorization_url(
                endpoint(document, "authorization_endpoint", self.block.issuer),
                state=pending.state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
                **self._question(pending),
            )
            return str(address)

    def _question(self, pending: Pending) -> dict[str, str]:
        """What this provider is asked beyond what all are: some refuse a question they do not know."""
        block = self.block
        asked = {
            "ui_locales": pending.language if block.ui_locales else "",
            "acr_values": " ".join(block.acr_values),
            "claims": json.dumps(block.claims) if block.claims else "",
            "prompt": "login" if pending.purpose == "confirm" else "",
        }
        return {name: value for name, value in asked.items() if value}

    async def finish(self, pending: Pending, answer: Mapping[str, str]) -> Claims:
        with explained():
            _comes_from(self.block.issuer, answer)
        heed_refusal(answer)
        async with self._asking() as client:
            document = await self.published.document(client)
            if document.get("authorization_response_iss_parameter_supported") is True:
                text(answer, "iss")
            verifier = {"code_verifier": pending.verifier} if self.block.pkce else {}
            token = await client.fetch_token(
                endpoint(document, "token_endpoint", self.block.issuer),
                code=text(answer, "code", 2000),
                grant_type="authorization_code",
                **verifier,
            )
            return await self._who(client, document, token, pending.nonce)

    async def _who(self, client: AsyncOAuth2Client, document: Json, token: Json, nonce: str) -> Claims:
        expected = Expected(text(document, "issuer"), self.block.client_id, self.block.algorithm)
        id_token, access_token = text(token, "id_token", LONG), text(token, "access_token", LONG)
        proof = await self._checked(client, lambda keys: id_token_claims(id_token, keys, expected, nonce, access_token))
        info = await self._userinfo(client, document, expected)
        if info.get("sub") != proof["sub"]:
            # Otherwise whoever substitutes a userinfo answer would choose who signs in (Core §5.3.4).
            raise ValueError("userinfo speaks of somebody else")
        acr, amr = proof.get("acr"), proof.get("amr")
        if self.block.demanded_acr and acr not in self.block.demanded_acr:
            raise SignInFailed(Failure.WEAK)
        return replace(
            self.read(Told(self.name, expected.issuer, proof["sub"], info)),
            acr=acr if isinstance(acr, str) and len(acr) <= 200 else None,
            amr=tuple(one for one in amr if isinstance(one, str)) if isinstance(amr, list) else (),
            id_token=id_token if self.block.sign_out and "end_session_endpoint" in document else None,
        )

    async def _userinfo(self, client: AsyncOAuth2Client, document: Json, expected: Expected) -> Json:
        response = await ask(client, endpoint(document, "userinfo_endpoint", self.block.issuer), with_token=True)
        match media_type(response):
            case "application/jwt":
                return await self._checked(client, lambda keys: userinfo_claims(response.text, keys, expected))
            case "application/json":
                return json_object(response)
        raise ValueError("userinfo is neither JSON nor signed")

    async def _checked(self, client: AsyncOAuth2Client, check: Callable[[KeySet], Json]) -> Json:
        """What `check` makes of the provider's keys; they are asked for again when those known do not fit."""
        try:
            return check(await self.published.keys(client))
        except (InvalidKeyIdError, BadSignatureError):
            return check(await self.published.keys(client, anew=True))

    async def leave(self, id_token: str, state: str) -> str | None:
        if not self.block.sign_out:
            return None
        async with self._asking() as client:
            document = await self.published.document(client)
        with explained():
            if "end_session_endpoint" not in document:
                return None
            address = endpoint(document, "end_session_endpoint", self.block.issuer)
            parts = urlsplit(address)
            if f"{parts.scheme}://{parts.netloc}" != self.block.origin:
                # The pages allow a form to end there and nowhere else (form-action).
                raise ValueError("signing out elsewhere")
            asked = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": self.leave_uri}
            return f"{address}{'&' if parts.query else '?'}{urlencode(asked)}"

    def _asking(self) -> AbstractAsyncContextManager[AsyncOAuth2Client]:
        block = self.block
        signs = block.client_auth == "private_key_jwt"
        client = AsyncOAuth2Client(
            client_id=block.client_id,
            client_secret=block.signing_key() if signs else block.client_secret.get_secret_value() or None,
            token_endpoint_auth_method=block.client_auth,
            scope=block.scope,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256" if block.pkce else None,
            leeway=0,
            verify=trusted(),
            transport=self.transport,
        )
        if signs:
            expires = {"exp": int(now().timestamp()) + SIGNED_FOR}
            client.register_client_auth_method(PrivateKeyJWT(claims=expires, alg=block.client_algorithm))
        return asking(client)


def _comes_from(issuer: str, answer: Mapping[str, str]) -> None:
    """An answer that names its issuer (RFC 9207) names this one; raises ValueError."""
    if "iss" in answer and answer["iss"].rstrip("/") != issuer.rstrip("/"):
        raise ValueError("another issuer answers")
