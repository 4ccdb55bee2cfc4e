"""ORCID, for those who do research: an identifier that anybody may check, perhaps a name, never an address."""

import re

from sprint.account.providers.asking import perhaps
from sprint.account.providers.openid import Told
from sprint.account.providers.provider import Claims
from sprint.people.tables import Standing

_IDENTIFIER = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")


def read(told: Told) -> Claims:
    """The subject is the bare iD. Who shows no name to anybody goes by it until they say another."""
    if not is_orcid(told.subject):
        raise ValueError("no ORCID iD")
    given, usual = perhaps(told.info, "given_name", 60), perhaps(told.info, "family_name", 60)
    whole = perhaps(told.info, "name", 120)
    return Claims(
        provider=told.provider,
        issuer=told.issuer,
        subject=told.subject,
        name=whole or " ".join(part for part in (given, usual) if part) or f"ORCID {told.subject}",
        given_names=given,
        usual_name=usual,
        standing=Standing.RESEARCHER,
        profile_url=f"{told.issuer.rstrip('/')}/{told.subject}",
    )


def is_orcid(identifier: str) -> bool:
    """Whether that is an ORCID iD, whose last character checks the others (ISO 7064, MOD 11-2)."""
    if not _IDENTIFIER.fullmatch(identifier):
        return False
    total = 0
    for digit in identifier.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return identifier[-1] == "0123456789X"[(12 - total % 11) % 11]
