"""Any provider of OpenID Connect, by its standard claims (Core §5.1); the forges that speak it differ in a few."""

from urllib.parse import urlsplit

from sprint.account.providers.asking import Json, perhaps
from sprint.account.providers.openid import Told
from sprint.account.providers.provider import Claims


def read(told: Told) -> Claims:
    info = told.info
    given, usual = perhaps(info, "given_name", 60), perhaps(info, "family_name", 60)
    login = perhaps(info, "preferred_username", 100)
    email = perhaps(info, "email")
    whole = perhaps(info, "name", 120) or " ".join(part for part in (given, usual) if part)
    return Claims(
        provider=told.provider,
        issuer=told.issuer,
        subject=told.subject,
        name=whole or login or email or told.subject[:120],
        given_names=given,
        usual_name=usual,
        email=email,
        # A text that says "true" is what some write: it proves as little as nothing.
        email_verified=email is not None and info.get("email_verified") is True,
        login=login,
        profile_url=web_address(info, "profile"),
    )


def web_address(info: Json, name: str) -> str | None:
    """An address a page may link to: of the web, and of nothing else."""
    address = perhaps(info, name, 300)
    if address is None:
        return None
    parts = urlsplit(address)
    return address if parts.scheme in ("https", "http") and parts.hostname else None
