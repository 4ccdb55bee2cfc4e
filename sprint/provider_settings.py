"""Providers of accounts as an operator declares them: a TOML file with one block for each, any number of each kind.

The name of a block is that of the provider in /connexion/{name}. The classes below are the kinds; their defaults are
what each kind asks for, and every one of them may be written otherwise in a block. Unknown keys are refused.
"""

import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError, field_validator
from pydantic import model_validator as validator

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
"""Asymmetric ones alone: a secret that both sides know would let either sign for the other."""
ClientAuth = Literal["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset({"demo", "courriel"})
FILES = ("client_secret", "private_key")
"""Keys that may be given as the name of a file (`client_secret_file`), from the folder of the declaration."""


class Block(BaseModel):
    """What every kind of provider is told by its operator."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(max_length=40)
    label: str = Field("", max_length=40)
    """On the button: « Continuer avec … »."""
    whom: str = Field("", max_length=160)
    """Who it is for, in one line of French; `whom_en` in English."""
    whom_en: str = Field("", max_length=160)
    issuer: str = Field(max_length=200)
    client_id: str = Field(min_length=1, max_length=300)
    client_secret: SecretStr = SecretStr("")

    @field_validator("name")
    @classmethod
    def _can_be_an_address(cls, value: str) -> str:
        if not NAME.fullmatch(value) or value in RESERVED:
            raise ValueError(
                "a provider is called by small letters, digits and hyphens, and not « demo » or « courriel »"
            )
        return value

    @field_validator("issuer")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        if not is_safe or not parts.hostname or parts.query or parts.fragment or parts.username:
            raise ValueError("must be an https address, without question")
        return value

    @property
    def host(self) -> str:
        return urlsplit(self.issuer).hostname or ""

    @property
    def brand(self) -> str:
        """What people call it."""
        return self.label or self.host

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a browser writes them."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


class OpenId(Block):
    """What every provider of OpenID Connect is told; all are found through their discovery document."""

    kind: str
    scope: str = "openid profile email"
    client_auth: ClientAuth = "client_secret_basic"
    private_key: SecretStr = SecretStr("")
    """PEM of the key that signs `private_key_jwt`."""
    client_algorithm: Literal["RS256", "PS256", "ES256"] = "RS256"
    """How it signs."""
    algorithm: Algorithm = "RS256"
    """How ID tokens and signed userinfo are signed: no token chooses how it is checked."""
    pkce: bool = True
    ui_locales: bool = True
    """Whether to tell the language of the page: some providers refuse what they do not know."""
    acr_values: tuple[str, ...] = ()
    """How surely people must be recognised, as asked for; one of these must come back."""
    accepted_acr: tuple[str, ...] = ()
    """What must come back, when that is not what was asked for."""
    claims: dict[Literal["id_token", "userinfo"], dict[str, dict[str, str | bool | list[str]]]] = {}
    """The `claims` question (Core §5.5), as a table."""
    sign_out: bool = True
    """Whether signing out here signs out there too, if its discovery document says how."""

    @property
    def demanded_acr(self) -> tuple[str, ...]:
        return self.accepted_acr or self.acr_values

    @field_validator("scope")
    @classmethod
    def _asks_who_it_is(cls, value: str) -> str:
        if "openid" not in value.split():
            raise ValueError("must hold « openid »")
        return value

    @validator(mode="after")
    def _can_prove_who_we_are(self) -> "OpenId":
        wants_secret = self.client_auth.startswith("client_secret")
        wants_key = self.client_auth == "private_key_jwt"
        if wants_secret != bool(self.client_secret.get_secret_value()):
            raise ValueError(
                f"client_secret{' is missing' if wants_secret else f' makes no sense with {self.client_auth}'}"
            )
        if wants_key != bool(self.private_key.get_secret_value()):
            raise ValueError(f"private_key{' is missing' if wants_key else f' makes no sense with {self.client_auth}'}")
        if wants_key:
            self.signing_key()
        return self

    def signing_key(self) -> RSAKey | ECKey:
        """The key of `private_key_jwt`; raises ValueError when it is none of its algorithm."""
        kind = ECKey if self.client_algorithm == "ES256" else RSAKey
        try:
            key = kind.import_key(self.private_key.get_secret_value())
        except (JoseError, ValueError, TypeError):
            key = None
        if key is None or not key.is_private:
            raise ValueError(f"private_key is no private key for {self.client_algorithm}")
        return key


class Oidc(OpenId):
    """Any other provider of OpenID Connect."""

    kind: Literal["oidc"]


class ProConnect(OpenId):
    """The State's federation. It refuses questions it does not know, and takes no `Authorization: Basic`."""

    kind: Literal["proconnect"]
    label: str = "ProConnect"
    scope: str = "openid given_name usual_name email uid siret idp_id roles organization_label"
    client_auth: ClientAuth = "client_secret_post"
    pkce: bool = False
    ui_locales: bool = False


class Orcid(OpenId):
    """Who does research. It tells an identifier and perhaps a name, never an address, and cannot be signed out of."""

    kind: Literal["orcid"]
    label: str = "ORCID"
    issuer: str = Field("https://orcid.org", max_length=200)
    scope: str = "openid"
    client_auth: ClientAuth = "client_secret_post"
    pkce: bool = False
    sign_out: bool = False


class GitLab(OpenId):
    """Any instance of GitLab."""

    kind: Literal["gitlab"]
    issuer: str = Field("https://gitlab.com", max_length=200)
    sign_out: bool = False


class Forgejo(OpenId):
    """Any instance of Forgejo. Its tokens may do whatever the person may, whatever the scope: none is kept."""

    kind: Literal["forgejo"]
    sign_out: bool = False


class GitHub(Block):
    """GitHub, or an instance of its Enterprise Server: OAuth 2, no OpenID."""

    kind: Literal["github"]
    label: str = "GitHub"
    issuer: str = Field("https://github.com", max_length=200)
    client_secret: SecretStr = Field(min_length=1)
    scope: str = "read:user user:email"


Provider = Annotated[ProConnect | Orcid | GitHub | GitLab | Forgejo | Oidc, Field(discriminator="kind")]
_BLOCKS: TypeAdapter[Provider] = TypeAdapter(Provider)


def read_providers(file: str) -> tuple[Provider, ...]:
    """The providers declared in a TOML file, in its order; raises ValueError naming every fault by block and key."""
    path = Path(file)
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from None
    found, faults = [], []
    for name, table in declared.items():
        try:
            found.append(block_of(name, table, path.parent))
        except ValidationError as error:
            faults += [f"[{name}] {_where(fault['loc'])}{_said(fault['msg'])}" for fault in error.errors()]
        except (OSError, ValueError) as error:
            faults.append(f"[{name}] {error}")
    if faults:
        raise ValueError("; ".join(faults))
    return tuple(found)


def block_of(name: str, table: object, folder: Path = Path()) -> Provider:
    """One block, as read from the file; raises ValueError, ValidationError among them, or OSError."""
    if not isinstance(table, Mapping):
        raise ValueError("is no block")
    given: dict[str, object] = {"name": name, **table}
    for key in FILES:
        file = given.pop(f"{key}_file", None)
        if file is not None:
            given[key] = (folder / str(file)).read_text(encoding="utf-8").strip()
    return _BLOCKS.validate_python(given)


def _where(location: tuple[int | str, ...]) -> str:
    # The first part is the kind, by which the class of the block was found.
    return f"{'.'.join(str(part) for part in location[1:])}: " if len(location) > 1 else ""


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) can only be this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
