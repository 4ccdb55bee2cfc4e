"""Puts what somebody says of themselves into a row, with the words it may be found by: for storing it, or for showing it."""

from datetime import datetime

from sprint.talents.rules.joining import Portrait
from sprint.talents.rules.labels import CONTRACTS, REGIONS
from sprint.talents.search import indexed
from sprint.talents.tables import TalentProfile


def portray(profile: TalentProfile, portrait: Portrait, now: datetime) -> None:
    """Write the portrait into the row; exclusions and contributions have tables of their own."""
    profile.headline, profile.region, profile.available_on = portrait.headline, portrait.region, portrait.available_on
    profile.skills, profile.languages = list(portrait.skills), list(portrait.languages)
    profile.contracts = f" {' '.join(portrait.contracts)} " if portrait.contracts else ""
    for field, readers in portrait.readers:
        setattr(profile, f"{field}_for", readers)
    profile.search_words, profile.changed_at = indexed(_read_by_all(portrait)), now


def sketch(portrait: Portrait, person_id: int, tree: str, number: int, now: datetime) -> TalentProfile:
    """A row that is not stored, for its owner to see what recruiters would."""
    profile = TalentProfile(
        key="",
        person_id=person_id,
        tree=tree,
        number=number,
        headline=portrait.headline,
        visible_consent_id=0,
        shuffle=1,
        joined_at=now,
        changed_at=now,
    )
    portray(profile, portrait, now)
    return profile


def _read_by_all(portrait: Portrait) -> list[str]:
    """The texts every recruiter may read: what is hidden cannot be found either."""
    texts: dict[str, list[str]] = {
        "headline": [portrait.headline],
        "skills": list(portrait.skills),
        "languages": list(portrait.languages),
        "region": [REGIONS[portrait.region].message] if portrait.region else [],
        "contracts": [CONTRACTS[one].message for one in portrait.contracts],
    }
    return [text for field, said in texts.items() if portrait.readable(field) for text in said]
