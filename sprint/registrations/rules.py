"""Who may register for what, and why not. Every rule gives all its reasons; actions enforce what pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sprint.programme.rules import Calendar, Deed, is_over
from sprint.programme.tables import Audience
from sprint.refusal import Refusal
from sprint.registrations.tables import Mode, State
from sprint.words import Moment, Words, say, say_count

LAST_SEATS = 2
"""From this many free seats on, they are called the last ones."""


class Why(StrEnum):
    """Why the team cancels, moves or accepts a registration; a closed list, for the journal holds no free text."""

    ASKED = "asked"
    NOT_ELIGIBLE = "not_eligible"
    TWICE = "twice"
    TRACK_CHANGED = "track_changed"
    ORGANISATION = "organisation"
    SKILLS = "skills"
    TOGETHER = "together"
    MENDED = "mended"


WHY: dict[Why, Words] = {
    Why.ASKED: say("à la demande de la personne"),
    Why.NOT_ELIGIBLE: say("le parcours est réservé au secteur public"),
    Why.TWICE: say("l’inscription a été faite deux fois"),
    Why.TRACK_CHANGED: say("le parcours n’a pas lieu comme prévu"),
    Why.ORGANISATION: say("les conditions d’accueil ont changé"),
    Why.SKILLS: say("le parcours a besoin de ces savoir-faire"),
    Why.TOGETHER: say("pour réunir une équipe"),
    Why.MENDED: say("une erreur de l’équipe du sprint est réparée"),
}
CANCELS = (Why.ASKED, Why.NOT_ELIGIBLE, Why.TWICE, Why.TRACK_CHANGED, Why.ORGANISATION)
MOVES = (Why.ASKED, Why.TRACK_CHANGED, Why.ORGANISATION, Why.SKILLS, Why.TOGETHER, Why.MENDED)
ACCEPTS = (Why.SKILLS, Why.TOGETHER, Why.ORGANISATION, Why.MENDED)
"""What may be said of each deed."""
HOW: dict[Mode, Words] = {Mode.SITE: say("sur place"), Mode.REMOTE: say("à distance")}


@dataclass(frozen=True)
class Offer:
    """Seats of a track on a day in a mode; `day_seats` is the limit of the whole day, None when there is none."""

    track_id: int
    day_id: int
    on: date
    mode: Mode
    seats: int
    taken: int
    waiting: int = 0
    day_seats: int | None = None
    day_taken: int = 0
    is_kept: bool = False
    """The waiting list is paused and somebody waits here: what is free is kept for them."""

    @property
    def track_free(self) -> int:
        return self.seats - self.taken

    @property
    def day_is_full(self) -> bool:
        return self.day_seats is not None and self.day_taken >= self.day_seats

    @property
    def free(self) -> int:
        """Seats somebody new could take now: the track's, within the day's, unless they are kept."""
        if self.is_kept:
            return 0
        if self.day_seats is None:
            return self.track_free
        return max(0, min(self.track_free, self.day_seats - self.day_taken))


@dataclass(frozen=True)
class Held:
    """A live registration of the person at hand."""

    registration_id: int
    edition_id: int
    track_id: int
    track_slug: str
    track_name: str
    day_id: int
    on: date
    mode: Mode
    state: State


@dataclass(frozen=True)
class Applicant:
    """The person at hand as far as the rules care: `held` are their live registrations of the edition."""

    is_public_agent: bool
    held: tuple[Held, ...] = ()

    def on_day(self, day_id: int) -> tuple[Held, ...]:
        return tuple(held for held in self.held if held.day_id == day_id)

    def seat_on(self, day_id: int) -> Held | None:
        """The confirmed seat of a day: there is at most one."""
        return next((held for held in self.on_day(day_id) if held.state == State.CONFIRMED), None)


@dataclass(frozen=True)
class WantedDay:
    """A day asked for in a mode, with what is offered there (None: nothing)."""

    day_id: int
    on: date
    mode: Mode
    offer: Offer | None


def may_join(organises: bool, applicant: Applicant | None, track_id: int) -> bool:
    """Who is shown where a track meets online, in every page, letter and calendar: who has a seat there, and organisers."""
    held = applicant.held if applicant else ()
    return organises or any(one.track_id == track_id and one.state == State.CONFIRMED for one in held)


def free_for(offer: Offer, seat: Held | None) -> bool:
    """Whether this person could sit there now: somebody who moves within a day and mode brings their day seat along."""
    brings_day_seat = seat is not None and seat.mode == offer.mode
    return not offer.is_kept and offer.track_free > 0 and (brings_day_seat or not offer.day_is_full)


def window(calendar: Calendar, now: datetime) -> list[Refusal]:
    """Registration is not open yet, or no longer."""
    if calendar.is_open(now):
        return []
    if not calendar.allows(Deed.READ, now):
        return [Refusal("draft", say("L’édition n’est pas encore annoncée."))]
    if calendar.opens_at is not None and now < calendar.opens_at:
        opens = Moment(calendar.opens_at, calendar.zone)
        return [Refusal("not_yet_open", say("Les inscriptions ouvrent **%(moment)s**.", moment=opens))]
    ends = Moment(min(calendar.closes_at or calendar.ends_at, calendar.ends_at), calendar.zone)
    return [Refusal("closed", say("Les inscriptions ont fermé **%(moment)s**.", moment=ends))]


def eligibility(audience: Audience, applicant: Applicant) -> list[Refusal]:
    """A reserved track asks for a live affiliation to a public organisation."""
    if audience != Audience.AGENTS or applicant.is_public_agent:
        return []
    reason = say("le parcours est réservé au secteur public, et votre compte n’est rattaché à aucune administration")
    return [Refusal("not_public", reason)]


def registering(
    calendar: Calendar,
    audience: Audience,
    applicant: Applicant,
    track_id: int,
    wanted: Sequence[WantedDay],
    now: datetime,
) -> list[Refusal]:
    """Why the person may not register for these days of the track; one refused day refuses all."""
    reasons = window(calendar, now) + eligibility(audience, applicant)
    if not wanted:
        reasons.append(Refusal("no_day", say("choisissez au moins un jour"), "jour"))
    for day in wanted:
        reasons += _on_that_day(day, applicant, track_id, calendar, now)
    return reasons


def _on_that_day(
    day: WantedDay, applicant: Applicant, track_id: int, calendar: Calendar, now: datetime
) -> list[Refusal]:
    missing = unavailable(day, calendar, now)
    if missing or day.offer is None:
        return missing
    here = next((held for held in applicant.on_day(day.day_id) if held.track_id == track_id), None)
    if here is not None:
        return [_already(here)]
    seat = applicant.seat_on(day.day_id)
    if seat is not None and free_for(day.offer, seat):
        return [
            Refusal(
                "other_seat",
                say("vous avez déjà une place dans %(track)s, %(day)s", track=seat.track_name, day=day.on),
                str(day.on),
            )
        ]
    return []


def unavailable(day: WantedDay, calendar: Calendar, now: datetime) -> list[Refusal]:
    """A day that is over, or on which the track is not offered in that mode."""
    if day.offer is None:
        words = say("le parcours n’est pas proposé %(day)s %(how)s", day=day.on, how=HOW[day.mode])
        return [Refusal("not_offered", words, str(day.on))]
    if is_over(day.on, calendar, now):
        return [Refusal("day_over", say("%(day)s est passé", day=day.on), str(day.on))]
    return []


def _already(held: Held) -> Refusal:
    if held.state == State.CONFIRMED:
        return Refusal("already_registered", say("vous êtes déjà inscrit·e %(day)s", day=held.on), str(held.on))
    return Refusal("already_waiting", say("vous attendez déjà une place %(day)s", day=held.on), str(held.on))


def changing(
    calendar: Calendar, audience: Audience, applicant: Applicant, track_id: int, day: WantedDay, now: datetime
) -> list[Refusal]:
    """Why the person may not exchange their seat of that day for this one."""
    reasons = window(calendar, now) + eligibility(audience, applicant) + unavailable(day, calendar, now)
    seat = applicant.seat_on(day.day_id)
    if seat is None:
        reasons.append(Refusal("no_seat", say("vous n’avez pas de place à changer %(day)s", day=day.on), str(day.on)))
    elif (seat.track_id, seat.mode) == (track_id, day.mode):
        reasons.append(_already(seat))
    here = next((held for held in applicant.on_day(day.day_id) if held.track_id == track_id and held != seat), None)
    if here is not None and day.offer is not None and not free_for(day.offer, seat):
        reasons.append(_already(here))
    elif day.offer is not None and day.offer.is_kept:
        reasons.append(
            Refusal("kept", say("les places libres %(day)s sont gardées pour qui attend", day=day.on), str(day.on))
        )
    elif day.offer is not None and not free_for(day.offer, seat):
        reasons.append(Refusal("full", say("il n’y a plus de place %(day)s", day=day.on), str(day.on)))
    return reasons


def cancelling(days: Sequence[date], calendar: Calendar, now: datetime) -> list[Refusal]:
    """A day that has passed cannot be given back."""
    return [Refusal("day_over", say("%(day)s est passé", day=on), str(on)) for on in days if is_over(on, calendar, now)]


def lowering(seats: int, taken: int, what: Words, place: str = "") -> list[Refusal]:
    """Seats are never fewer than those taken."""
    if seats >= taken:
        return []
    words = say_count(
        "%(what)s : %(seats)s places demandées, mais %(number)s est prise",
        "%(what)s : %(seats)s places demandées, mais %(number)s sont prises",
        taken,
        what=what,
        seats=seats,
    )
    return [Refusal("seats_below_taken", words, place)]


def withdrawing_offer(taken: int, waiting: int, what: Words, place: str = "") -> list[Refusal]:
    """An offer somebody holds or waits for cannot be taken away."""
    if taken == 0 and waiting == 0:
        return []
    words = say("%(what)s : des personnes y ont une place ou l’attendent", what=what)
    return [Refusal("offer_in_use", words, place)]


def announced(now_there: Sequence[int], told: Sequence[int]) -> list[Refusal]:
    """What an organiser confirmed is what happens, or nothing does."""
    if list(now_there) == list(told):
        return []
    words = say("les places ou la liste d’attente ont changé entre-temps : relisez ce qui va se passer, puis confirmez")
    return [Refusal("changed_meanwhile", words)]


def confirmed(promoted: int, foreseen: int) -> list[Refusal]:
    """Seats are given to those who wait only once the organiser has read to how many."""
    if promoted == foreseen:
        return []
    words = say_count(
        "%(number)s place en attente serait donnée aussitôt, et un courriel l’annoncerait : confirmez",
        "%(number)s places en attente seraient données aussitôt, et un courriel l’annoncerait à chaque personne : confirmez",
        promoted,
    )
    return [Refusal("to_confirm", words)]


def why_waiting(offer: Offer | None) -> Words:
    """Why somebody who waits there has no seat yet."""
    if offer is not None and offer.is_kept:
        return say("liste d’attente en pause")
    if offer is None or offer.track_free <= 0:
        return say("parcours complet")
    if offer.day_is_full:
        return say("de la place dans le parcours, mais la journée est complète")
    return say("une place se libère")


def pausing(*, is_paused: bool, wanted: bool) -> list[Refusal]:
    """One pauses what runs and resumes what is paused."""
    if is_paused != wanted:
        return []
    said = say("la liste d’attente est déjà en pause") if wanted else say("la liste d’attente n’est pas en pause")
    return [Refusal("already_so", said)]


def worth_opening(offered: Sequence[Offer]) -> list[Offer]:
    """Of what chosen tracks offer: where people wait; everything where nobody does."""
    return [offer for offer in offered if offer.waiting] or list(offered)
