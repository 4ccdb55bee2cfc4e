"""GitHub: OAuth 2, not OpenID. Who somebody is stands in its API, and its errors come with HTTP 200.

The number of an account is the key: a login may be given up and taken by somebody else.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client

from sprint.account.providers.asking import Json, ask, asking, json_object, perhaps, text, trusted
from sprint.account.providers.failures import heed_refusal
from sprint.account.providers.oidc import web_address
from sprint.account.providers.provider import Claims, Offer, Pending
from sprint.provider_settings import GitHub

HIDDEN = frozenset({httpx2.codes.FORBIDDEN, httpx2.codes.NOT_FOUND})
"""What it answers when the person gave no leave to read their addresses."""


@dataclass(frozen=True)
class GitHubProvider:
    """github.com, or an instance of its Enterprise Server."""

    block: GitHub
    offer: Offer
    base_url: str
    transport: httpx2.AsyncBaseTransport | None = None

    @property
    def name(self) -> str:
        return self.block.name

    @property
    def redirect_uri(self) -> str:
        return f"{self.base_url}/connexion/{self.name}/retour"

    @property
    def api(self) -> str:
        is_public = self.block.host == "github.com"
        return "https://api.github.com" if is_public else f"{self.block.issuer.rstrip('/')}/api/v3"

    async def begin(self, pending: Pending) -> str:
        async with self._asking() as client:
            address, _ = client.create_authorization_url(
                f"{self.block.issuer.rstrip('/')}/login/oauth/authorize",
                state=pending.state,
                code_verifier=pending.verifier,
                **({"prompt": "select_account"} if pending.purpose == "confirm" else {}),
            )
            return str(address)

    async def finish(self, pending: Pending, answer: Mapping[str, str]) -> Claims:
        heed_refusal(answer)
        async with self._asking() as client:
            token = await client.fetch_token(
                f"{self.block.issuer.rstrip('/')}/login/oauth/access_token",
                code=text(answer, "code", 2000),
                code_verifier=pending.verifier,
                grant_type="authorization_code",
            )
            text(token, "access_token", 2000)
            account = json_object(await ask(client, f"{self.api}/user", with_token=True))
            return self._read(account, await self._address(client))

    async def leave(self, id_token: str, state: str) -> str | None:
        return None

    async def _address(self, client: AsyncOAuth2Client) -> str | None:
        """The address that is primary and verified; the one of the profile may be anything."""
        try:
            listed = (await ask(client, f"{self.api}/user/emails", with_token=True)).json()
        except httpx2.HTTPStatusError as error:
            if error.response.status_code in HIDDEN:
                return None
            raise
        if not isinstance(listed, list):
            raise ValueError("no list of addresses")
        chosen = (one for one in listed if isinstance(one, dict) and one.get("primary") is one.get("verified") is True)
        return next((perhaps(one, "email") for one in chosen), None)

    def _read(self, account: Json, email: str | None) -> Claims:
        number = account.get("id")
        if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
            raise ValueError("no usable id")
        login = text(account, "login", 100)
        return Claims(
            provider=self.name,
            issuer=self.block.issuer.rstrip("/"),
            subject=str(number),
            name=perhaps(account, "name", 120) or login,
            email=email,
            email_verified=email is not None,
            login=login,
            profile_url=web_address(account, "html_url"),
        )

    def _asking(self) -> AbstractAsyncContextManager[AsyncOAuth2Client]:
        return asking(
            AsyncOAuth2Client(
                client_id=self.block.client_id,
                client_secret=self.block.client_secret.get_secret_value(),
                token_endpoint_auth_method="client_secret_post",  # noqa: S106  the name of a method
                scope=self.block.scope,
                redirect_uri=self.redirect_uri,
                code_challenge_method="S256",
                leeway=0,
                verify=trusted(),
                transport=self.transport,
            )
        )
