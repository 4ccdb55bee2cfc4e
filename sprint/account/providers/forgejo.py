"""Forgejo, any instance. Its tokens may do whatever the person may, whatever was asked: they are dropped at once."""

from dataclasses import replace

from sprint.account.providers import oidc
from sprint.account.providers.openid import Told
from sprint.account.providers.provider import Claims


def read(told: Told) -> Claims:
    """It tells no address of a profile: that follows from the login."""
    claims = oidc.read(told)
    profile = f"{told.issuer.rstrip('/')}/{claims.login}" if claims.login else None
    return replace(claims, profile_url=claims.profile_url or profile)
