"""GitLab, any instance: the number of an account counts on its own instance alone, so the issuer is part of the key."""

from dataclasses import replace

from sprint.account.providers import oidc
from sprint.account.providers.asking import perhaps
from sprint.account.providers.openid import Told
from sprint.account.providers.provider import Claims


def read(told: Told) -> Claims:
    """`nickname` is the login; older instances know no `preferred_username`."""
    claims = oidc.read(told)
    return replace(claims, login=perhaps(told.info, "nickname", 100) or claims.login)
