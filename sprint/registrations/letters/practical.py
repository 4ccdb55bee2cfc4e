"""What those who come must know: the letter some days before, and the reminder on the eve. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sprint.letter import CALENDAR, LetterText, Link
from sprint.registrations.letters.presence import SeatTold, seat_line
from sprint.registrations.tables import Mode
from sprint.words import Words, say

CONVOCATION = "/moi/convocation"


@dataclass(frozen=True)
class Information:
    """The texts of an edition; an empty one is not told. `letter_days` None: no letter; `reminds`: on the eve."""

    access: str = ""
    hours: str = ""
    food: str = ""
    contact: str = ""
    conduct: str = ""
    letter_days: int | None = None
    reminds: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.access, self.hours, self.food, self.contact, self.conduct))

    def told_to(self, *, on_site: bool) -> "Information":
        """What somebody reads of it: how to come and what to eat only where they come on site."""
        return self if on_site else replace(self, access="", food="")

    @property
    def version(self) -> int:
        """A number that these very texts have alone: 48 bits of a hash, for a Fact holds no text."""
        texts = repr((self.access, self.hours, self.food, self.contact, self.conduct))
        return int.from_bytes(sha256(texts.encode()).digest()[:6])


def practical_letter(
    edition: str, slug: str, seats: Sequence[SeatTold], told: Information, *, again: bool = False
) -> LetterText:
    """To whoever holds these seats, by day; `again`: they were told something else before."""
    days = tuple(dict.fromkeys(seat.on for seat in seats))
    subject = say("Venir au sprint : accès, horaires, contact (%(edition)s)", edition=edition)
    opening = say("Gardez ce courriel pour **%(days)s** : il dit comment venir et qui joindre.", days=days)
    if again:
        subject = say("Venir au sprint, nouvelle version : accès, horaires, contact (%(edition)s)", edition=edition)
        opening = say("Gardez ce courriel pour **%(days)s** : il remplace le précédent, qui a changé.", days=days)
    return LetterText(
        purpose="practical",
        subject=subject,
        opening=opening,
        items=tuple(seat_line(seat) for seat in seats),
        notes=tuple(_texts(seats, told)),
        action=Link(say("Ma convocation"), f"{CONVOCATION}/{slug}"),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
        attachment=CALENDAR,
    )


def reminder_letter(edition: str, seats: Sequence[SeatTold], told: Information) -> LetterText:
    """On the eve of the first day."""
    return LetterText(
        purpose="reminder",
        subject=say("C’est demain : %(edition)s", edition=edition),
        opening=say("On vous attend **%(day)s** : %(edition)s commence.", day=seats[0].on, edition=edition),
        items=tuple(seat_line(seat) for seat in seats),
        notes=(
            *_texts(seats, Information(access=told.access, hours=told.hours, contact=told.contact)),
            say("Vous ne venez plus ? Rendez votre place : quelqu’un l’attend peut-être."),
        ),
        action=Link(say("Mon sprint"), "/moi"),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition),
    )


def _texts(seats: Sequence[SeatTold], told: Information) -> list[Words]:
    """What there is to say; how to come and what to eat only to those who come on site."""
    told = told.told_to(on_site=any(seat.mode == Mode.SITE for seat in seats))
    lines = (
        (told.access, say("Venir : %(text)s", text=told.access)),
        (told.hours, say("Horaires : %(text)s", text=told.hours)),
        (told.food, say("Repas : %(text)s", text=told.food)),
        (told.contact, say("Qui joindre le jour même : %(text)s", text=told.contact)),
        (told.conduct, say("Un propos ou un geste déplacé ? Dites-le à : %(text)s", text=told.conduct)),
    )
    return [words for text, words in lines if text]
