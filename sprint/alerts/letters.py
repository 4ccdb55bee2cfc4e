"""The two letters of an alert: the one that asks to confirm it, the one it waits for. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from sprint.account.letters import ZONE
from sprint.letter import LetterText, Link
from sprint.words import Moment, ShortDay, Value, Words, say

CONFIRM, STOP = "alert", "alert-stop"
"""Purposes of the seals over an alert: one confirms it, one takes it off."""
CONFIRM_PATH, STOP_PATH = "/prevenir/confirmer", "/prevenir/arret"


def confirm(alert_id: int, edition: str | None, until: datetime) -> LetterText:
    """To an address somebody gave: press the button behind the link, if it is yours."""
    subject = say("Confirmez votre adresse pour être prévenu·e de l’ouverture des inscriptions")
    if edition is not None:
        subject = say("Confirmez votre adresse : ouverture des inscriptions, %(edition)s", edition=edition)
    return LetterText(
        purpose="alert.confirm",
        subject=subject,
        opening=say(
            "Ouvrez le lien ci-dessous avant le **%(until)s** et appuyez sur le bouton : un courriel, un seul, "
            "vous préviendra quand les inscriptions ouvriront.",
            until=Moment(until, ZONE),
        ),
        items=(),
        notes=(
            say(
                "Vous n’avez rien demandé ? Ne faites rien : cette adresse s’efface d’elle-même et ne recevra rien de plus."
            ),
        ),
        action=Link(say("Confirmer mon adresse"), CONFIRM_PATH, CONFIRM, alert_id),
        signature=say("L’équipe du sprint"),
        stop=_stop(alert_id),
    )


def opened(
    alert_id: int, edition: str, slug: str, zone: str, days: Sequence[date], place: str, closes_at: datetime | None
) -> LetterText:
    """Registration is open: the one letter that was asked for."""
    opening = say("Les inscriptions viennent d’ouvrir : choisissez un parcours et prenez une place.")
    if closes_at is not None:
        opening = say(
            "Les inscriptions viennent d’ouvrir, jusqu’au **%(closes)s** : choisissez un parcours et prenez une place.",
            closes=Moment(closes_at, zone),
        )
    return LetterText(
        purpose="alert.opened",
        subject=say("Les inscriptions sont ouvertes : %(edition)s", edition=edition),
        opening=opening,
        items=_when_and_where(days, place),
        notes=(say("Vous n’avez rien d’autre à attendre de cette liste : votre adresse vient d’en être effacée."),),
        action=Link(say("Choisir un parcours"), f"/{slug}/parcours"),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
        foot=say("Cette adresse a demandé à être prévenue de l’ouverture des inscriptions."),
        stop=_stop(alert_id),
    )


def _when_and_where(days: Sequence[date], place: str) -> tuple[Words, ...]:
    said: tuple[Value, ...] = (*(ShortDay(on) for on in days[:-1]), *days[-1:])
    when = (say("Quand : %(days)s", days=said),) if days else ()
    return (*when, say("Où : %(place)s", place=place)) if place else when


def _stop(alert_id: int) -> Link:
    return Link(say("Ne plus me prévenir"), STOP_PATH, STOP, alert_id)
