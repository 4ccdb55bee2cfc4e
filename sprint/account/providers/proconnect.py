"""ProConnect, for those who work in an administration: it vouches for the address and for the establishment.

Its `sub` changes with the identity provider behind it, so one person may hold several identities. Its `roles` describe the
organisation, never the person: they are asked for, since its contract has them, and dropped.
"""

import re

from sprint.account.providers.asking import perhaps, text
from sprint.account.providers.openid import Told
from sprint.account.providers.provider import Claims
from sprint.people.tables import Standing

ABOUT = "https://www.proconnect.gouv.fr/"
"""What its own rules ask to link to beside its button."""
_SIRET = re.compile(r"[0-9]{14}")


def read(told: Told) -> Claims:
    given, usual = perhaps(told.info, "given_name", 60), perhaps(told.info, "usual_name", 60)
    email = perhaps(told.info, "email")
    siret = (perhaps(told.info, "siret") or "").replace(" ", "")
    return Claims(
        provider=told.provider,
        issuer=told.issuer,
        subject=told.subject,
        name=" ".join(part for part in (given, usual) if part) or text(told.info, "email", 254),
        given_names=given,
        usual_name=usual,
        email=email,
        email_verified=email is not None,
        standing=Standing.AGENT,
        siret=siret if _SIRET.fullmatch(siret) else None,
        organisation_name=perhaps(told.info, "organization_label", 160),
    )
