"""Letters to addresses that may be nobody's here: no row is kept of them, the job that owes one posts it."""

from datetime import datetime

from sqlmodel import Session

from sprint.account.letters import sign_in_link
from sprint.account.queries.email_links import email_link_called
from sprint.account.rules.email_links import EMAIL_LINK_LASTS
from sprint.alerts import letters
from sprint.alerts.actions import note_told
from sprint.alerts.queries import AlertView, alert_called
from sprint.alerts.rules import CONFIRMING_LASTS, Opening, has_lapsed
from sprint.clock import now
from sprint.database import Database
from sprint.jobs import Claim, Finish, Hopeless, nothing
from sprint.letter import LetterText
from sprint.notices.post import NeverPosted, post
from sprint.notices.render import BadAddress, Recipient, domain_of, message
from sprint.programme.queries import EditionView, edition_with
from sprint.settings import Settings


def is_shown_only(settings: Settings) -> bool:
    """In a demonstration without relay nothing is posted: organisers read the letters on their page."""
    return bool(settings.demo) and not settings.smtp_host


def send_link(database: Database, settings: Settings, claim: Claim) -> Finish:
    """Post a link to sign in with."""
    with database.reading() as db:
        link = email_link_called(db, int(claim.key.partition("-")[0]))
    if link is None or link.is_used or link.expires_at <= now():
        return nothing
    text = sign_in_link(link.id, int(EMAIL_LINK_LASTS.total_seconds()) // 60)
    name = f"sign-in-{link.id}-{link.browser[:16]}"
    _post(text, Recipient("", link.email, link.language), name, settings, claim)
    return nothing


def send_confirmation(database: Database, settings: Settings, claim: Claim) -> Finish:
    """Post a link that confirms an address to tell of an opening."""
    alert_id = int(claim.key.partition("-")[0])
    with database.reading() as db:
        alert = alert_called(db, alert_id)
    if alert is None or alert.is_confirmed or has_lapsed(alert.asked_at, now()):
        return nothing
    text = letters.confirm(alert.id, alert.edition, alert.asked_at + CONFIRMING_LASTS)
    _post(text, Recipient("", alert.email, alert.language), f"alert-{claim.key}", settings, claim)
    return nothing


def tell_opening(database: Database, settings: Settings, claim: Claim) -> Finish:
    """Post what an alert waits for, then forget it; what was closed again meanwhile is owed at the next opening."""
    opening = Opening.of(claim.key)
    with database.reading() as db:
        alert, edition = alert_called(db, opening.alert_id), edition_with(db, opening.edition_id)
    if alert is None or alert.opening != opening.act or not edition.calendar.is_open(now()):
        return nothing
    name = f"alert-{opening.alert_id}-open"
    _post(_opened(alert, edition), Recipient("", alert.email, alert.language), name, settings, claim)

    def forget(db: Session, _at: datetime) -> None:
        note_told(db, opening)

    return forget


def _opened(alert: AlertView, edition: EditionView) -> LetterText:
    calendar = edition.calendar
    return letters.opened(
        alert.id, edition.name, edition.slug, calendar.zone, calendar.days, edition.place, calendar.closes_at
    )


def _post(text: LetterText, to: Recipient, name: str, settings: Settings, claim: Claim) -> None:
    """Post it. Under the same name each time: a letter posted twice is recognised."""
    if is_shown_only(settings):
        return
    try:
        post(message(text, to, f"<{name}@{domain_of(settings.mail_from)}>", settings, now()), settings, claim.until)
    except (BadAddress, NeverPosted) as error:
        raise Hopeless(str(error)) from error
