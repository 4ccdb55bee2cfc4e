"""When one may ask to be told, for how long a link confirms, what an opening owes: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sprint.programme.rules import Phase
from sprint.refusal import Refusal
from sprint.words import say

CONFIRMING_LASTS = timedelta(hours=48)
"""How long an address nobody confirmed is good for anything; the next night it goes."""
MOST_LETTERS = 3
"""That leave for one address in that time to have it confirmed: nobody’s mailbox is filled by somebody else."""
KEPT = timedelta(days=730)
"""A confirmed address for the next edition, when none comes; one for an edition goes when that is over."""


def mailbox_of(email: str) -> str:
    """Under what an address is known: its letters do not differ by their case."""
    return email.lower()


def asking(phase: Phase | None) -> list[Refusal]:
    """Why nobody is to be told of an edition in this phase; None: of the next one, which nobody knows yet."""
    if phase is None or phase == Phase.ANNOUNCED:
        return []
    if phase == Phase.DRAFT:
        return [Refusal("draft", say("l’édition n’est pas encore annoncée"))]
    if phase == Phase.OPEN:
        return [Refusal("open", say("les inscriptions sont ouvertes : choisissez un parcours et inscrivez-vous"))]
    return [Refusal("missed", say("les inscriptions de cette édition ont fermé"))]


def is_meant(phase: Phase) -> bool:
    """Whether somebody who names no edition means the current one, in this phase; else they mean the next."""
    return phase in (Phase.ANNOUNCED, Phase.OPEN)


def has_lapsed(asked_at: datetime, now: datetime) -> bool:
    """Whether a link sent then confirms nothing any more."""
    return asked_at + CONFIRMING_LASTS <= now


def confirming(asked_at: datetime | None, now: datetime) -> list[Refusal]:
    """Why a link confirms no address; None: the address was taken off, or told already."""
    if asked_at is None or has_lapsed(asked_at, now):
        return [Refusal("lapsed", say("ce lien ne sert plus : il vaut quarante-huit heures. Demandez-en un autre"))]
    return []


def proving(email: str | None, *, is_verified: bool) -> list[Refusal]:
    """One click is enough where the account's address was proven."""
    if email and is_verified:
        return []
    return [Refusal("unproven", say("votre compte n’a pas d’adresse confirmée : donnez-en une, un lien y partira"))]


@dataclass(frozen=True)
class Opening:
    """One letter owed: to the address of an alert, because of an act that opened an edition. Its key names a job."""

    alert_id: int
    edition_id: int
    act: str

    @property
    def key(self) -> str:
        return f"{self.alert_id}-{self.edition_id}-{self.act}"

    @staticmethod
    def of(key: str) -> "Opening":
        alert_id, edition_id, act = key.split("-")
        return Opening(int(alert_id), int(edition_id), act)


@dataclass(frozen=True)
class Waiting:
    """A confirmed alert, as far as it matters who gets which letter."""

    id: int
    mailbox: str
    person_id: int | None
    edition_id: int | None

    @property
    def reader(self) -> str:
        """Whoever reads the letter: rows of one reader make one letter."""
        return f"person {self.person_id}" if self.person_id is not None else self.mailbox


def one_each(waiting: Iterable[Waiting]) -> list[int]:
    """Of each reader one alert: that for the edition itself before that for whichever comes next."""
    chosen: dict[str, int] = {}
    for one in sorted(waiting, key=lambda one: (one.edition_id is None, one.id)):
        chosen.setdefault(one.reader, one.id)
    return list(chosen.values())
