"""Checking what a provider signed (OpenID Connect Core 1.0 §3.1.3.7 and §5.3.2): the algorithm is ours to choose, never the token's."""

from dataclasses import dataclass

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from sprint.account.providers.asking import Json, text
from sprint.clock import now

CLOCKS_DIFFER = 30
"""Seconds a provider's clock may be ahead or behind ours."""


@dataclass(frozen=True)
class Expected:
    """What every token of a provider for us has in common."""

    issuer: str
    client_id: str
    algorithm: str


def id_token_claims(token: str, keys: KeySet, expected: Expected, nonce: str, access_token: str) -> Json:
    """The claims of an ID token that is this issuer's, for us, in time and for this very sign-in.

    Raises JoseError or ValueError.
    """
    claims = _signed(token, keys, expected)
    JWTClaimsRegistry(
        now=int(now().timestamp()),
        leeway=CLOCKS_DIFFER,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(claims)
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if "azp" in claims or several:
        _equal(claims, "azp", expected.client_id)
    text(claims, "nonce", len(nonce))
    text(claims, "sub", 255)
    if "at_hash" in claims:
        _equal(claims, "at_hash", half_hash(access_token, expected.algorithm))
    return claims


def userinfo_claims(token: str, keys: KeySet, expected: Expected) -> Json:
    """The claims of a userinfo answer that is this issuer's and for us."""
    claims = _signed(token, keys, expected)
    JWTClaimsRegistry(
        now=int(now().timestamp()),
        leeway=CLOCKS_DIFFER,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        sub={"essential": True},
    ).validate(claims)
    return claims


def half_hash(access_token: str, algorithm: str) -> str:
    """`at_hash` (Core §3.1.3.6). Ed25519 signs over SHA-512, which its name does not say."""
    named = "EdDSA" if algorithm == "Ed25519" else algorithm
    return create_half_hash(access_token, named).decode()


def _signed(token: str, keys: KeySet, expected: Expected) -> dict[str, object]:
    found = jwt.decode(token, keys, algorithms=[expected.algorithm])
    if str(found.header.get("typ", "JWT")).lower() in ("at+jwt", "logout+jwt"):
        raise ValueError("another kind of token")
    return found.claims


def _equal(claims: Json, name: str, value: str) -> None:
    if claims.get(name) != value:
        raise ValueError(f"{name} is another")
