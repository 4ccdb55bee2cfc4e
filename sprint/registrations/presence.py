"""Whether people still come: when an edition asks, until when it waits for an answer, and what may be answered. Pure.

Nothing here waits for a worker: each answer is a comparison with the moment at hand.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sprint.refusal import Refusal
from sprint.words import Moment, say

ASKED_AT, DUE_AT = time(9), time(18)
"""The hours, where the edition is, at which one is asked and until which one may answer."""
FAIR = timedelta(days=1)
"""Whoever is asked has so much time at least: a question that leaves later is not asked, and then nobody loses a seat."""
MOST_DAYS = 60


@dataclass(frozen=True)
class Call:
    """What an edition asks of those who hold a seat: so many days before its first day, and so many days before it is too late.

    `releases`: the seats of whoever did not answer are given to those who wait.
    """

    edition_id: int
    zone: str
    first_on: date
    ask_days: int
    answer_days: int
    releases: bool

    @property
    def asks_at(self) -> datetime:
        return self._at(self.ask_days, ASKED_AT)

    @property
    def due_at(self) -> datetime:
        return self._at(self.answer_days, DUE_AT)

    def _at(self, days: int, hour: time) -> datetime:
        return datetime.combine(self.first_on - timedelta(days=days), hour, ZoneInfo(self.zone))

    def day_of(self, moment: datetime) -> date:
        """The day of a moment, where the edition is."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    @property
    def until(self) -> Moment:
        """The last moment for an answer, as it is told."""
        return Moment(self.due_at, self.zone)

    def is_open(self, now: datetime) -> bool:
        """Whether one may answer now."""
        return self.asks_at <= now < self.due_at

    def is_asked_in_time(self, now: datetime) -> bool:
        """Whether a question that leaves now leaves time to answer it."""
        return self.asks_at <= now <= self.due_at - FAIR


@dataclass(frozen=True)
class Seated:
    """What somebody holds in an edition that asks: since when their first seat, when they last asked for one, what they answered."""

    first_seat_at: datetime
    last_asked_at: datetime
    answered_at: datetime | None

    def is_awaited(self, call: Call) -> bool:
        """Whether their answer is awaited: not of whoever got their seat since, nor of whoever registered since."""
        return self.answered_at is None and self.first_seat_at < call.asks_at and self.last_asked_at < call.asks_at


def answering(call: Call | None, seated: Seated | None, now: datetime) -> list[Refusal]:
    """Why somebody may not say that they come."""
    if call is None:
        return [Refusal("not_asked", say("cette édition ne demande pas de confirmation"))]
    if seated is None:
        return [Refusal("no_seat", say("vous n’avez pas ou plus de place dans cette édition"))]
    if now < call.asks_at:
        asked = Moment(call.asks_at, call.zone)
        return [Refusal("too_early", say("la confirmation sera demandée **%(moment)s**", moment=asked))]
    if now >= call.due_at:
        return [Refusal("too_late", say("il fallait répondre avant le **%(moment)s**", moment=call.until))]
    return []


def exchanging(call: Call | None) -> list[Refusal]:
    """Why a seat that the deadline took is exchanged for none; `call` is the one that went by unanswered, if any."""
    if call is None:
        return []
    words = say(
        "il fallait confirmer votre présence avant le **%(moment)s** : votre place est rendue à qui attend",
        moment=call.until,
    )
    return [Refusal("lapsed", words)]


def vouching(call: Call | None, seated: Seated | None, now: datetime) -> list[Refusal]:
    """Why an organiser may not say it for somebody: they may after the deadline, as long as there is a seat to keep."""
    return [reason for reason in answering(call, seated, now) if reason.code != "too_late"]


def reminding(call: Call | None, asked_at: datetime | None, awaited: int, now: datetime) -> list[Refusal]:
    """Why those who have not answered may not be asked again; `asked_at` is when they were, the last time."""
    if call is None:
        return [Refusal("not_asked", say("cette édition ne demande pas de confirmation"))]
    if asked_at is None:
        return [Refusal("not_left", say("la question n’est pas encore partie"))]
    reasons = []
    if now >= call.due_at:
        reasons.append(Refusal("too_late", say("il fallait répondre avant le **%(moment)s**", moment=call.until)))
    if not awaited:
        reasons.append(Refusal("nobody", say("aucune réponse n’est attendue")))
    if call.day_of(asked_at) == call.day_of(now):
        reasons.append(Refusal("today", say("un courriel l’a déjà demandé aujourd’hui : attendez demain")))
    return reasons


def settling(before: Call | None, after: Call | None, now: datetime) -> list[Refusal]:
    """Why these settings may not take the place of those: what people were told is not made harder once they were told."""
    reasons = []
    if after is not None and after.answer_days >= after.ask_days:
        words = say("la réponse doit être attendue au moins un jour après la demande")
        reasons.append(Refusal("no_time", words, "reponse"))
    if before is None or now < before.asks_at:
        return reasons
    if after is not None and after.ask_days != before.ask_days:
        words = say("la demande est partie : son jour ne change plus")
        reasons.append(Refusal("asked", words, "demande"))
    if after is not None and after.due_at < before.due_at:
        words = say("la demande est partie avec une échéance : elle ne peut que reculer")
        reasons.append(Refusal("sooner", words, "reponse"))
    if after is not None and after.releases and not before.releases:
        words = say(
            "la demande est partie sans annoncer que les places seraient rendues : elles restent à leurs personnes"
        )
        reasons.append(Refusal("not_told", words, "rend"))
    return reasons
