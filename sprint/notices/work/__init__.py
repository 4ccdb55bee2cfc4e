"""The jobs of this feature: deriving the letters an act owes, posting one, posting to an address that may be nobody's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr

from sqlmodel import Session

from sprint.account.owed import owed_letters as owed_for_accounts
from sprint.account.queries.email_links import SENDING
from sprint.alerts.actions import owe_openings
from sprint.alerts.queries import ASKING, TELLING
from sprint.clock import now
from sprint.contributions.owed import owed_letters as owed_for_contributions
from sprint.database import Database
from sprint.jobs import Claim, Finish, Handler, Hopeless, nothing
from sprint.journal import FOLLOW_UP
from sprint.letter import OwedLetter
from sprint.notices.actions import note_late, note_posted, owe_letters
from sprint.notices.post import NeverPosted, post
from sprint.notices.queries import POSTING, enclosed_in, letter_to_post
from sprint.notices.render import BadAddress, address_of, domain_of, message
from sprint.notices.work.addresses import is_shown_only, send_confirmation, send_link, tell_opening
from sprint.notices.work.told import last_told
from sprint.proposals.owed import owed_letters as owed_for_proposals
from sprint.registrations.letters.slots import SLOT
from sprint.registrations.owed import owed_letters as owed_for_registrations
from sprint.registrations.owed.slots import has_changed_again, letters_of_slots
from sprint.settings import Settings
from sprint.talents.owed import owed_letters as owed_for_talents

OWED: tuple[Callable[[Session, str], list[OwedLetter]], ...] = (
    owed_for_accounts,
    owed_for_registrations,
    owed_for_proposals,
    owed_for_contributions,
    owed_for_talents,
    lambda db, act: letters_of_slots(db, act, last_told),
)
"""What each feature's facts owe; another feature adds its own here."""
OVERTAKEN: dict[str, Callable[[Session, str], bool]] = {SLOT: has_changed_again}
"""For letters of a purpose that tell how something stands: whether that changed since their act, which then writes itself."""


def handlers(database: Database, settings: Settings) -> dict[str, Handler]:
    """What to do with a job of each kind."""

    def derive(claim: Claim) -> Finish:
        return lambda db, at: _derive(db, claim.key, settings, at)

    def deliver(claim: Claim) -> Finish:
        return _deliver(database, settings, claim)

    def to_address(post_one: Callable[[Database, Settings, Claim], Finish]) -> Handler:
        return lambda claim: post_one(database, settings, claim)

    return {
        FOLLOW_UP: derive,
        POSTING: deliver,
        SENDING: to_address(send_link),
        ASKING: to_address(send_confirmation),
        TELLING: to_address(tell_opening),
    }


def _derive(db: Session, act: str, settings: Settings, at: datetime) -> None:
    owed = [letter for owes in OWED for letter in owes(db, act)]
    delay = timedelta(seconds=settings.letter_delay_seconds)
    owe_letters(db, act, owed, domain_of(settings.mail_from), at, delay)
    owe_openings(db, act, at, delay)


def _deliver(database: Database, settings: Settings, claim: Claim) -> Finish:
    letter_id = int(claim.key)
    with database.reading() as db:
        at = now()
        ready = letter_to_post(db, letter_id, at)
        overtaken = OVERTAKEN.get(ready.text.purpose) if ready else None
        is_late = ready is not None and overtaken is not None and overtaken(db, ready.act)
    if ready is None:
        return nothing
    if is_late:
        return lambda db, _: note_late(db, letter_id, at)
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
