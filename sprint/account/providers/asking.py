"""Asking a provider over the network: what it may send, how long it may take, and what its failures are called."""

import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2
from anyio import fail_after
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError

from sprint.account.providers.failures import Failure, SignInFailed
from sprint.database import no_door_is_open

SECONDS = 5
"""How long one answer of a provider may take."""
SECONDS_IN_ALL = 10
"""How long all that one step of a sign-in asks may take."""
LONGEST = 1_000_000
"""Bytes of one answer."""

Json = Mapping[str, Any]


@cache
def trusted() -> ssl.SSLContext:
    """Whom a connection believes. Reading the list takes a tenth of a second of the loop that everybody shares: once."""
    return httpx2.create_ssl_context()


@asynccontextmanager
async def asking(client: AsyncOAuth2Client) -> AsyncGenerator[AsyncOAuth2Client]:
    """A client to ask with. Whatever the provider does wrong becomes SignInFailed, whose cause is what happened."""
    no_door_is_open()
    # An answer that unpacks to more than was sent is not asked for, and not read.
    client.headers["accept-encoding"] = "identity"
    client.event_hooks = {"response": [_bound]}
    client.timeout = httpx2.Timeout(SECONDS)
    with explained():
        with fail_after(SECONDS_IN_ALL):
            async with client:
                yield client


@contextmanager
def explained() -> Generator[None]:
    """Whatever a provider does wrong becomes SignInFailed."""
    try:
        yield
    except (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SignInFailed(Failure.UNREACHABLE) from error
    except OAuthError as error:
        raise SignInFailed(Failure.REFUSED) from error
    except (JoseError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # Its JSON may hold anything, and so may whatever a library makes of it.
        raise SignInFailed(Failure.UNTRUSTED) from error


async def ask(client: AsyncOAuth2Client, address: str, *, with_token: bool = False) -> httpx2.Response:
    """The answer of an address, if it is one (200)."""
    response = await client.request("GET", address, withhold_token=not with_token)
    response.raise_for_status()
    if response.status_code != httpx2.codes.OK:
        raise httpx2.HTTPStatusError("no answer", request=response.request, response=response)
    return response


def json_object(response: httpx2.Response) -> Json:
    """The JSON object of an answer; raises ValueError."""
    found = response.json()
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def media_type(response: httpx2.Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def text(claims: Json, name: str, longest: int = 4000) -> str:
    """A text that must be there; raises ValueError."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise ValueError(f"no usable {name}")
    return value


def perhaps(claims: Json, name: str, longest: int = 254) -> str | None:
    """A text that may be missing; what cannot be one, or is too long, is as good as missing."""
    value = claims.get(name)
    if not isinstance(value, str):
        return None
    value = value.strip()
    return value if 0 < len(value) <= longest and value.isprintable() else None


def endpoint(document: Json, name: str, issuer: str) -> str:
    """An address of the provider; raises ValueError when it is none, or less safe than its issuer's."""
    address = text(document, name, 500)
    parts, own = urlsplit(address), urlsplit(issuer)
    if parts.scheme not in ("https", own.scheme) or not parts.hostname or parts.username or parts.fragment:
        raise ValueError(f"no usable {name}")
    return address


async def _bound(response: httpx2.Response) -> None:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise httpx2.DecodingError("packed, though asked not to be", request=response.request)
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    """What comes over the network, up to LONGEST."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self.stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self.stream:
            size += len(part)
            if size > LONGEST:
                raise ValueError("an answer without end")
            yield part

    async def aclose(self) -> None:
        await self.stream.aclose()
