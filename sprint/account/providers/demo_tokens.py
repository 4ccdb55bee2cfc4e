"""Keys and tokens of the demonstration's provider: signed, short-lived, readable by whoever holds the public key."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jwt import JWTClaimsRegistry

from sprint.account.providers.demo import ALGORITHM

LASTS = timedelta(minutes=1)
_KINDS = {"id": "JWT", "access": "at+jwt"}


def new_key() -> dict[str, str]:
    """A private signing key as a JWK."""
    return _as_text(OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=True))


def public_part(jwk: dict[str, str]) -> dict[str, str]:
    """What everybody may know of a key."""
    return _as_text(_key(jwk).as_dict(private=False)) | {"use": "sig", "alg": ALGORITHM}


def id_token(jwk: dict[str, str], issuer: str, audience: str, subject: str, nonce: str, now: datetime) -> str:
    """The proof of who signed in, for this client and this very sign-in."""
    return _signed(jwk, "id", {"iss": issuer, "aud": audience, "sub": subject, "nonce": nonce}, now)


def access_token(jwk: dict[str, str], issuer: str, subject: str, now: datetime) -> str:
    """What opens userinfo; its type keeps it from being taken for an ID token (RFC 9068)."""
    return _signed(jwk, "access", {"iss": issuer, "aud": issuer, "sub": subject}, now)


def subject_of(access: str, jwk: dict[str, str], issuer: str, now: datetime) -> str | None:
    """Whose access token that is, or None when it is not one of ours or no longer."""
    try:
        token = jwt.decode(access, _key(jwk), algorithms=[ALGORITHM])
        checks = JWTClaimsRegistry(
            now=int(now.timestamp()), aud={"essential": True, "value": issuer}, exp={"essential": True}
        )
        checks.validate(token.claims)
    except (JoseError, ValueError):
        return None
    return str(token.claims["sub"]) if token.header.get("typ") == _KINDS["access"] else None


def _signed(jwk: dict[str, str], kind: str, claims: dict[str, str], now: datetime) -> str:
    header = {"alg": ALGORITHM, "kid": jwk["kid"], "typ": _KINDS[kind]}
    times = {"iat": int(now.timestamp()), "exp": int((now + LASTS).timestamp())}
    return jwt.encode(header, {**claims, **times}, _key(jwk), algorithms=[ALGORITHM])


def _key(jwk: dict[str, str]) -> OKPKey:
    return OKPKey.import_key({**jwk})


def _as_text(jwk: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in jwk.items()}
