"""Reading the links by which one signs in by e-mail."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from sprint.account.rules.email_links import EMAIL_ISSUER, EMAIL_LINK_LASTS, subject_of
from sprint.account.tables import EmailLink
from sprint.people.queries import person_of_identity

SENDING = "email_link"
"""Kind of the job that posts a link; its key is the number of the link, a dash, and the beginning of what it is bound to."""


@dataclass(frozen=True)
class SentLink:
    """A link as whoever opens it sees it; `browser` is the hash of what the browser that asked holds."""

    id: int
    email: str
    browser: str
    language: str
    expires_at: datetime
    is_used: bool


def email_link_called(db: Session, link_id: int) -> SentLink | None:
    """The link of a number, for as long as it is known. One query."""
    row = db.exec(
        select(EmailLink.email, EmailLink.browser, EmailLink.language, EmailLink.expires_at, EmailLink.used_at).where(
            EmailLink.id == link_id
        )
    ).first()
    return SentLink(link_id, *row[:4], row[4] is not None) if row else None


def links_to(db: Session, email: str, now: datetime) -> int:
    """How many links left for an address in the time one lasts."""
    lately = EmailLink.asked_at > now - EMAIL_LINK_LASTS
    same = func.lower(EmailLink.email) == subject_of(email)
    return db.exec(select(func.count(col(EmailLink.id))).where(same, lately)).one()


def owner_of_address(db: Session, email: str) -> int | None:
    """Whose account the address itself opens; not whose letters go there."""
    return person_of_identity(db, EMAIL_ISSUER, subject_of(email))
