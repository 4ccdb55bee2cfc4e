"""Asking somebody whether they still come. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sprint.letter import LetterText, Link
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.words import Moment, Words, say

PATH = "/moi/presence"
SEALED = "presence"
"""Purpose of the seal with which one answers without signing in; it is made over one of their registrations."""


@dataclass(frozen=True)
class SeatTold:
    """One seat of the person: the track, the day, how."""

    registration_id: int
    track: str
    on: date
    mode: Mode


def presence_letter(edition: str, seats: Sequence[SeatTold], until: Moment, *, releases: bool) -> LetterText:
    """To whoever holds these seats, by day: say that you come, before then."""
    return LetterText(
        purpose="presence",
        subject=say("Venez-vous ? Répondez avant le %(until)s", until=until),
        opening=say("Dites avant le **%(until)s** si vous venez : un bouton suffit.", until=until),
        items=tuple(seat_line(seat) for seat in seats),
        notes=(
            _unless(releases=releases),
            say("Un empêchement ? Rendez votre place depuis « Mes jours », sur le site."),
        ),
        action=Link(say("Confirmer ma présence"), PATH, SEALED, seats[0].registration_id),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
    )


def reminder_letter(edition: str, seats: Sequence[SeatTold], until: Moment, *, releases: bool) -> LetterText:
    """To whoever was asked and has not answered: the same question, which says that it is asked again."""
    asked = presence_letter(edition, seats, until, releases=releases)
    return replace(
        asked,
        subject=say("Rappel : venez-vous ? Répondez avant le %(until)s", until=until),
        opening=say("Vous n’avez pas encore répondu : dites avant le **%(until)s** si vous venez.", until=until),
    )


def seat_line(seat: SeatTold) -> Words:
    """A seat in a list."""
    return say("%(day)s, %(how)s : %(track)s", day=seat.on, how=HOW[seat.mode], track=seat.track)


def _unless(*, releases: bool) -> Words:
    if releases:
        return say(
            "Sans réponse à cette date, vos places sont rendues et vont aux personnes suivantes sur la liste d’attente."
        )
    return say("Votre réponse dit combien de chaises et de repas préparer ; sans elle, votre place reste à vous.")
