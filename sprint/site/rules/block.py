"""Which of its states the registration block of a track is in, for this person at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sprint.programme.rules import Calendar, Phase, is_over
from sprint.programme.tables import Audience
from sprint.refusal import Refusal
from sprint.registrations import rules
from sprint.registrations.queries import QueuePlace
from sprint.registrations.rules import LAST_SEATS, Applicant, Held, Offer, WantedDay, free_for
from sprint.registrations.tables import Mode, State
from sprint.site.rules.lifts import reason_of
from sprint.site.rules.seats import by_day, scarcest
from sprint.site.rules.states import Block, BlockState, DayChoice, Exchange, HeldLine
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class Question:
    """What the block is asked: a track, its offers, a person or nobody, a moment."""

    calendar: Calendar
    audience: Audience
    track_id: int
    track_name: str
    offers: Sequence[Offer]
    hours: Mapping[date, tuple[time, time | None]]
    applicant: Applicant | None
    places: Mapping[int, QueuePlace]
    now: datetime

    @property
    def open_offers(self) -> list[Offer]:
        return [offer for offer in self.offers if not is_over(offer.on, self.calendar, self.now)]

    @property
    def mine(self) -> list[Held]:
        held = self.applicant.held if self.applicant else ()
        return [one for one in held if one.track_id == self.track_id]


def block(question: Question) -> Block:
    """The block for this person at this moment."""
    if question.mine:
        return _held(question)
    if not question.offers:
        return Block(BlockState.NOT_OFFERED, say("Ce parcours ne prend pas d’inscription ici."))
    closed = rules.window(question.calendar, question.now)
    if closed:
        ahead = question.calendar.phase(question.now) in (Phase.DRAFT, Phase.ANNOUNCED)
        # What the person lacks besides is said now, so that there is time to see to it.
        besides = rules.eligibility(question.audience, question.applicant) if question.applicant and ahead else []
        state = BlockState.NOT_YET if ahead else BlockState.CLOSED
        return Block(state, closed[0].words, reasons=tuple(reason_of(one) for one in besides))
    if question.applicant is None:
        return _signed_out(question)
    return _open(question, question.applicant)


def _signed_out(question: Question) -> Block:
    seats = scarcest(question.open_offers)
    if _best(question.open_offers) == 0:
        return Block(
            BlockState.SIGNED_OUT,
            say("Le parcours est complet : connectez-vous pour rejoindre la **liste d’attente**, vous reviendrez ici."),
            seats,
        )
    words = say("%(left)s : connectez-vous pour en prendre une, vous reviendrez ici.", left=_left(question.open_offers))
    return Block(BlockState.SIGNED_OUT, words, seats)


def _left(offers: Sequence[Offer]) -> Words:
    days, best = by_day(offers), _best(offers)
    if len({day.free for day in days}) == 1:
        return say_count("Il reste **%(number)s place**", "Il reste **%(number)s places**", best)
    return say_count(
        "Il reste **%(number)s place** selon le jour", "Il reste **jusqu’à %(number)s places** selon le jour", best
    )


def _best(offers: Sequence[Offer]) -> int:
    return max((day.free for day in by_day(offers)), default=0)


def _open(question: Question, applicant: Applicant) -> Block:
    not_eligible = rules.eligibility(question.audience, applicant)
    refused = {offer: _refused(question, applicant, offer) for offer in question.open_offers}
    possible = [offer for offer, reasons in refused.items() if not reasons]
    if not_eligible or not possible:
        return _not_eligible(question, applicant, not_eligible, refused)
    best = _best(possible)
    choices, modes = _choices(question, possible), _modes(possible)
    seats = scarcest(possible)
    if best == 0:
        words = say(
            "Sur la liste d’attente, **la prochaine place libre vous revient** dans l’ordre d’arrivée : "
            "un courriel vous prévient, et vous pouvez vous retirer à tout moment."
        )
        return Block(BlockState.FULL, words, seats, choices, modes)
    if best <= LAST_SEATS:
        words = say_count(
            "Il ne reste que **%(number)s place**%(days)s.",
            "Il ne reste que **%(number)s places**%(days)s.",
            best,
            days=_for_days(possible),
        )
        return Block(BlockState.LAST_SEATS, words, seats, choices, modes)
    return Block(
        BlockState.OPEN, say("%(left)s%(days)s.", left=_left(possible), days=_for_days(possible)), seats, choices, modes
    )


def _refused(question: Question, applicant: Applicant, offer: Offer) -> list[Refusal]:
    wanted = [WantedDay(offer.day_id, offer.on, offer.mode, offer)]
    return rules.registering(question.calendar, Audience.OPEN, applicant, question.track_id, wanted, question.now)


def _for_days(offers: Sequence[Offer]) -> Words | str:
    days = len({offer.on for offer in offers})
    if days == 2:
        return say(", pour un jour ou pour les deux")
    return say(", pour un jour ou plusieurs") if days > 2 else ""


def _choices(question: Question, possible: Sequence[Offer]) -> tuple[DayChoice, ...]:
    days = by_day(possible)
    differ = len({(day.free, day.waiting if day.free == 0 else 0) for day in days}) > 1 or len(_modes(possible)) > 1
    return tuple(
        DayChoice(
            day.on, question.hours.get(day.on), _hint([o for o in possible if o.on == day.on]) if differ else None
        )
        for day in days
    )


def _hint(offers: Sequence[Offer]) -> Words:
    """What is left that day, mode by mode when there are two."""
    parts = tuple(_mode_hint(offer, several=len(offers) > 1) for offer in offers)
    return parts[0] if len(parts) == 1 else say("%(first)s ; %(second)s", first=parts[0], second=parts[1])


def _mode_hint(offer: Offer, *, several: bool) -> Words:
    how = rules.HOW[offer.mode]
    if offer.free == 0:
        waits = say_count(
            "complet, %(number)s personne attend", "complet, %(number)s personnes attendent", offer.waiting
        )
        full = waits if offer.waiting else say("complet")
        return say("%(how)s : %(full)s", how=how, full=full) if several else full
    left = say_count("%(number)s place", "%(number)s places", offer.free)
    return say("%(how)s : %(full)s", how=how, full=left) if several else left


def _modes(offers: Sequence[Offer]) -> tuple[Mode, ...]:
    return tuple(mode for mode in Mode if any(offer.mode == mode for offer in offers))


def _not_eligible(
    question: Question, applicant: Applicant, conditions: list[Refusal], refused: Mapping[Offer, list[Refusal]]
) -> Block:
    reasons = {reason.words.message + str(reason.words.values): reason for why in refused.values() for reason in why}
    every = [*conditions, *reasons.values()]
    words = _CONDITIONS.get(len(every)) or say("**%(number)s conditions** ne sont pas remplies :", number=len(every))
    exchanges = () if conditions else _exchanges(applicant, refused)
    return Block(BlockState.NOT_ELIGIBLE, words, reasons=tuple(reason_of(one) for one in every), exchanges=exchanges)


_CONDITIONS: dict[int, Words] = {
    1: say("**Une condition** n’est pas remplie :"),
    2: say("**Deux conditions** ne sont pas remplies :"),
    3: say("**Trois conditions** ne sont pas remplies :"),
}


def _exchanges(applicant: Applicant, refused: Mapping[Offer, list[Refusal]]) -> tuple[Exchange, ...]:
    """One a day, and in the way one comes already where that has room: a choice of four buttons is none."""
    found: dict[date, Exchange] = {}
    for offer, reasons in refused.items():
        seat = applicant.seat_on(offer.day_id)
        if seat is None or [reason.code for reason in reasons] != ["other_seat"] or not free_for(offer, seat):
            continue
        if offer.on not in found or offer.mode == seat.mode:
            found[offer.on] = Exchange(offer.on, offer.mode, seat.track_name)
    return tuple(found.values())


def _held(question: Question) -> Block:
    lines = tuple(
        HeldLine(one.on, question.hours.get(one.on), rules.HOW[one.mode], _waits(question, one))
        for one in question.mine
    )
    if any(one.state == State.CONFIRMED for one in question.mine):
        return Block(
            BlockState.REGISTERED,
            say("**Vous êtes inscrit·e** au parcours %(track)s.", track=question.track_name),
            held=lines,
            has_begun=min(one.on for one in question.mine) <= question.calendar.today(question.now),
        )
    first = question.mine[0]
    place = question.places.get(first.registration_id)
    offer = next((o for o in question.offers if (o.day_id, o.mode) == (first.day_id, first.mode)), None)
    return Block(BlockState.WAITING, _waiting_sentence(place, offer), scarcest(question.open_offers), held=lines)


def _waiting_sentence(place: QueuePlace | None, offer: Offer | None) -> Words:
    rank, of = (place.place, place.of) if place else (1, 1)
    if offer is not None and offer.is_kept:
        return say(
            "**Vous êtes %(rank)s sur %(of)s** : la liste d’attente est en pause ; les places libres sont gardées, "
            "et données dans l’ordre dès sa reprise.",
            rank=_rank(rank),
            of=of,
        )
    if offer is not None and offer.track_free > 0 and offer.day_is_full:
        return say(
            "**Vous êtes %(rank)s sur %(of)s** : le parcours a de la place, mais la journée est complète ; "
            "une place vous revient dès que quelqu’un se désiste ce jour-là.",
            rank=_rank(rank),
            of=of,
        )
    return say_count(
        "**Vous êtes %(rank)s sur %(of)s** : une place vous revient dès qu’une personne se désiste ou que l’équipe ajoute une place.",
        "**Vous êtes %(rank)s sur %(of)s** : une place vous revient dès que %(number)s personnes se désistent "
        "ou que l’équipe ajoute %(number)s places.",
        rank,
        rank=_rank(rank),
        of=of,
    )


def _rank(place: int) -> Words:
    return say_count("%(number)ser·e", "%(number)se", place)


def _waits(question: Question, one: Held) -> Words | None:
    place = question.places.get(one.registration_id)
    if one.state == State.CONFIRMED or place is None:
        return None
    return say("en attente, %(rank)s sur %(of)s", rank=_rank(place.place), of=place.of)
