"""What the registration block shows: nine states, each one sentence, one action, one link."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from sprint.registrations.tables import Mode
from sprint.site.rules.lifts import Reason
from sprint.site.rules.seats import Seats
from sprint.words import Words, say


class BlockState(StrEnum):
    """The nine states, and the one of a track that offers nothing."""

    SIGNED_OUT = "signed_out"
    OPEN = "open"
    LAST_SEATS = "last_seats"
    FULL = "full"
    REGISTERED = "registered"
    WAITING = "waiting"
    NOT_ELIGIBLE = "not_eligible"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True)
class DayChoice:
    """A day one may tick, with its hours and what is left when days differ."""

    on: date
    hours: tuple[time, time | None] | None
    hint: Words | None
    is_ticked: bool = True


@dataclass(frozen=True)
class HeldLine:
    """A day one holds or waits for."""

    on: date
    hours: tuple[time, time | None] | None
    how: Words
    waits: Words | None = None


@dataclass(frozen=True)
class Exchange:
    """A seat held elsewhere that can be exchanged for one here."""

    on: date
    mode: Mode
    leaves: str


NO_SEATS = Seats()


@dataclass(frozen=True)
class Block:
    """What the block shows. `choices` make a form, `held` a list, `reasons` another, `exchanges` a button each."""

    state: BlockState
    sentence: Words
    seats: Seats = NO_SEATS
    choices: tuple[DayChoice, ...] = ()
    modes: tuple[Mode, ...] = ()
    held: tuple[HeldLine, ...] = ()
    reasons: tuple[Reason, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    has_begun: bool = False
    """Whether the first of the days held is here: what one does next is note what one did."""

    @property
    def badge(self) -> tuple[str, Words]:
        """Colour and word."""
        return _BADGES[self.state]


_BADGES: dict[BlockState, tuple[str, Words]] = {
    BlockState.SIGNED_OUT: ("success", say("Ouverte")),
    BlockState.OPEN: ("success", say("Places disponibles")),
    BlockState.LAST_SEATS: ("warning", say("Dernières places")),
    BlockState.FULL: ("", say("Complet")),
    BlockState.REGISTERED: ("success", say("Confirmée")),
    BlockState.WAITING: ("info", say("En attente")),
    BlockState.NOT_ELIGIBLE: ("", say("Conditions non remplies")),
    BlockState.NOT_YET: ("info", say("Bientôt ouverte")),
    BlockState.CLOSED: ("", say("Close")),
    BlockState.NOT_OFFERED: ("", say("Sans inscription")),
}
