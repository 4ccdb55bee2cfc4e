"""The seam: what signing in needs of a provider of accounts, whatever its protocol."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Literal, Protocol

from sprint.people.tables import Standing
from sprint.words import Words


@dataclass(frozen=True)
class Claims:
    """Who somebody is, as their provider says and proves; `issuer` and `subject` together name the account."""

    provider: str
    issuer: str
    subject: str
    name: str
    email: str | None = None
    language: str | None = None
    standing: Standing = Standing.OTHER
    organisation: str | None = None
    """Slug of the organisation they say they work for: the demonstration's provider alone knows our slugs."""
    given_names: str | None = None
    usual_name: str | None = None
    email_verified: bool = False
    """Whether the provider itself vouches for the address."""
    siret: str | None = None
    """14 digits of the establishment one works in, vouched for by the provider."""
    organisation_name: str | None = None
    login: str | None = None
    """Name on a forge, which may change and be taken by somebody else: to show, never to recognise anybody by."""
    profile_url: str | None = None
    acr: str | None = None
    """How surely the provider recognised the person, when its settings ask for that: verified before it gets here."""
    amr: tuple[str, ...] = ()
    id_token: str | None = field(default=None, repr=False)
    """Kept in the session's row for signing out at the provider, and only for one where that is possible."""


Purpose = Literal["sign-in", "link", "confirm", "join"]
"""Why somebody is sent to a provider: to sign in, to link one more identity, to show once more who they are, to accept an
invitation.
"""


class Place(StrEnum):
    """Under which heading of the sign-in page a provider is offered, in this order."""

    ADMINISTRATION = "administration"
    RESEARCH = "research"
    FORGE = "forge"
    OTHER = "other"
    DEMO = "demo"


@dataclass(frozen=True)
class Offer:
    """How a provider is offered: where on the page, what people call it, and who it is for in one line."""

    place: Place
    brand: Words
    whom: Words


@dataclass(frozen=True)
class Pending:
    """A sign-in under way, kept in a signed cookie of the browser that began it. 43 characters for each secret.

    `person_id` is who was signed in when it began, for a purpose that concerns their account; 0 for signing in.
    `invitation` is the token of the one to accept, if that is what it is for.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    language: str
    back_to: str
    purpose: Purpose = "sign-in"
    person_id: int = 0
    invitation: str = ""

    @staticmethod
    def begin(
        provider: str,
        language: str,
        back_to: str,
        purpose: Purpose = "sign-in",
        person_id: int = 0,
        invitation: str = "",
    ) -> "Pending":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return Pending(provider, state, nonce, verifier, language, back_to, purpose, person_id, invitation)

    @staticmethod
    def kept(found: object) -> "Pending | None":
        """What the cookie held, unless an earlier release of this site kept something else in it."""
        names = [part.name for part in fields(Pending)]
        return Pending(**found) if isinstance(found, dict) and sorted(found) == sorted(names) else None


class Provider(Protocol):
    """One provider of accounts. Both methods use the network, and raise SignInFailed for whatever goes wrong there."""

    @property
    def name(self) -> str:
        """As in /connexion/{name}."""
        ...

    @property
    def offer(self) -> Offer: ...

    async def begin(self, pending: Pending) -> str:
        """The address to send the browser to."""
        ...

    async def finish(self, pending: Pending, answer: Mapping[str, str]) -> Claims:
        """Who came back; `answer` is the question of the return address, whose state was checked."""
        ...

    async def leave(self, id_token: str, state: str) -> str | None:
        """Where the browser ends the session it has at the provider; None when that is not possible there."""
        ...
