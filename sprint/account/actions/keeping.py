"""What is kept of an account elsewhere: its key once, and what it says of itself as of the last time."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from sprint.account.providers.provider import Claims
from sprint.data_version import QUIETLY
from sprint.people.tables import Identity


def keep_identity(db: Session, claims: Claims, person_id: int, now: datetime) -> None:
    """Tie an account elsewhere to a person. IntegrityError when it is tied already: UNIQUE(issuer, subject)."""
    db.add(
        Identity(
            person_id=person_id,
            provider=claims.provider,
            issuer=claims.issuer,
            subject=claims.subject,
            linked_at=now,
            login=claims.login,
            profile_url=claims.profile_url,
        )
    )
    db.flush()


def note_what_it_says(db: Session, claims: Claims) -> None:
    """Names on forges change, and are taken by others: what is shown is what the forge said last."""
    which = update(Identity).where(col(Identity.issuer) == claims.issuer, col(Identity.subject) == claims.subject)
    says = {"login": claims.login, "profile_url": claims.profile_url, "provider": claims.provider}
    db.exec(which.values(says), execution_options=QUIETLY)
