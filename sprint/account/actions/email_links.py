"""Signing in by a link sent by e-mail: asking for one answers the same whoever asks, using it opens the address's own account."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from sprint import jobs
from sprint.account.actions.signing_in import confirm_identity, sign_in
from sprint.account.providers.provider import Claims
from sprint.account.queries.email_links import SENDING, links_to
from sprint.account.rules.email_links import (
    EMAIL_ISSUER,
    EMAIL_LINK_LASTS,
    EMAIL_PROVIDER,
    MOST_LINKS,
    subject_of,
    using,
)
from sprint.account.tables import EmailLink
from sprint.refusal import Refused
from sprint.sessions import LASTS, hashed


def ask_link(db: Session, email: str, browser: str, language: str, now: datetime) -> None:
    """Send a link to an address, known here or not; `browser` is the secret it is bound to. Beyond the limit nothing leaves,
    and nothing says so.
    """
    if links_to(db, email, now) >= MOST_LINKS:
        return
    link = EmailLink(
        email=email, browser=hashed(browser), language=language, asked_at=now, expires_at=now + EMAIL_LINK_LASTS
    )
    db.add(link)
    db.flush()
    # On SQLite the number of a link that was forgotten is given again, and its job is still known.
    jobs.owe(db, SENDING, f"{link.id}-{link.browser[:16]}", now)


def use_link(
    db: Session,
    link_id: int,
    browser: str,
    name: str,
    me: int | None,
    device: str,
    now: datetime,
    *,
    leaving: str = "",
    lasts: timedelta = LASTS,
) -> str:
    """Begin a session of the address's own account, opened now under `name` if there is none; gives its token. Serves once.

    Raises Refused for a link that is over or of another browser, and when somebody else (`me`) is signed in here.
    """
    which = select(EmailLink).where(EmailLink.id == link_id).with_for_update()
    link = db.exec(which.execution_options(populate_existing=True)).one()
    is_same = bool(browser) and hashed(browser) == link.browser
    reasons = using(link.expires_at, now, is_used=link.used_at is not None, is_same_browser=is_same)
    if reasons:
        raise Refused(*reasons)
    link.used_at = now
    db.flush()
    claims = Claims(
        EMAIL_PROVIDER, EMAIL_ISSUER, subject_of(link.email), name, email=link.email, language=link.language,
        email_verified=True,
    )  # fmt: skip
    if me is not None:
        return confirm_identity(db, claims, me, now, device, leaving=leaving, lasts=lasts)
    return sign_in(db, claims, now, device, language=link.language, leaving=leaving, lasts=lasts)
