"""The two jobs of this feature: deriving the letters an act owes, and posting one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr

from sqlmodel import Session

from sprint.account.letters import sign_in_link
from sprint.account.owed import owed_letters as owed_for_accounts
from sprint.account.queries.email_links import SENDING, email_link_called
from sprint.account.rules.email_links import EMAIL_LINK_LASTS
from sprint.clock import now
from sprint.contributions.owed import owed_letters as owed_for_contributions
from sprint.database import Database
from sprint.jobs import Claim, Finish, Handler, Hopeless, nothing
from sprint.journal import FOLLOW_UP
from sprint.letter import OwedLetter
from sprint.notices.actions import note_posted, owe_letters
from sprint.notices.post import NeverPosted, post
from sprint.notices.queries import POSTING, enclosed_in, letter_to_post
from sprint.notices.render import BadAddress, Recipient, address_of, domain_of, message
from sprint.proposals.owed import owed_letters as owed_for_proposals
from sprint.registrations.owed import owed_letters as owed_for_registrations
from sprint.settings import Settings
from sprint.talents.owed import owed_letters as owed_for_talents

OWED: tuple[Callable[[Session, str], list[OwedLetter]], ...] = (
    owed_for_accounts,
    owed_for_registrations,
    owed_for_proposals,
    owed_for_contributions,
    owed_for_talents,
)
"""What each feature's facts owe; another feature adds its own here."""


def handlers(database: Database, settings: Settings) -> dict[str, Handler]:
    """What to do with a job of each kind."""

    def derive(claim: Claim) -> Finish:
        return lambda db, at: _derive(db, claim.key, settings, at)

    def deliver(claim: Claim) -> Finish:
        return _deliver(database, settings, claim)

    def send(claim: Claim) -> Finish:
        return _send_link(database, settings, claim)

    return {FOLLOW_UP: derive, POSTING: deliver, SENDING: send}


def is_shown_only(settings: Settings) -> bool:
    """In a demonstration without relay nothing is posted: organisers read the letters on their page."""
    return bool(settings.demo) and not settings.smtp_host


def _derive(db: Session, act: str, settings: Settings, at: datetime) -> None:
    owed = [letter for owes in OWED for letter in owes(db, act)]
    delay = timedelta(seconds=settings.letter_delay_seconds)
    owe_letters(db, act, owed, domain_of(settings.mail_from), at, delay)


def _deliver(database: Database, settings: Settings, claim: Claim) -> Finish:
    letter_id = int(claim.key)
    with database.reading() as db:
        ready = letter_to_post(db, letter_id, now())
    if ready is None:
        return nothing
    if not is_shown_only(settings):
        try:
            # Before its calendar: what is no address stands in no file either.
            address_of(ready.to)
            with database.reading() as db:
                enclosed = enclosed_in(db, ready, settings.base_url, parseaddr(settings.mail_from)[1])
            mail = message(ready.text, ready.to, ready.message_id, settings, now(), enclosed, letter_id)
            post(mail, settings, claim.until)
        except (BadAddress, NeverPosted) as error:
            raise Hopeless(str(error)) from error
    return lambda db, at: note_posted(db, letter_id, at)


def _send_link(database: Database, settings: Settings, claim: Claim) -> Finish:
    """Post a link to sign in with: no letter is kept of it, for its address may be nobody's here."""
    with database.reading() as db:
        link = email_link_called(db, int(claim.key))
    if link is None or link.is_used or link.expires_at <= now() or is_shown_only(settings):
        return nothing
    text = sign_in_link(link.id, int(EMAIL_LINK_LASTS.total_seconds()) // 60)
    # The same name each time: a link posted twice is recognised.
    name = f"<sign-in-{link.id}-{link.browser[:16]}@{domain_of(settings.mail_from)}>"
    try:
        post(message(text, Recipient("", link.email, link.language), name, settings, now()), settings, claim.until)
    except (BadAddress, NeverPosted) as error:
        raise Hopeless(str(error)) from error
    return nothing
