"""When the team may move somebody, or accept them from the waiting list: every reason against it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from sprint.programme.rules import Calendar
from sprint.programme.tables import Audience
from sprint.refusal import Refusal
from sprint.registrations import rules
from sprint.registrations.rules import Applicant, Held, Offer, WantedDay, free_for
from sprint.registrations.tables import State
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class Target:
    """Where somebody would go: a day of a track in a mode, with what is offered there."""

    track_id: int
    track_name: str
    audience: Audience
    day: WantedDay


def where_to(to: Target) -> Words:
    """The place in words."""
    return say("%(track)s, %(day)s %(how)s", track=to.track_name, day=to.day.on, how=rules.HOW[to.day.mode])


def moving(who: Applicant, held: Held, to: Target, unavailable: list[Refusal]) -> list[Refusal]:
    """Why this registration cannot go there, were there ever so much room; `unavailable`: what stands against the days."""
    reasons = list(unavailable)
    if to.audience == Audience.AGENTS and not who.is_public_agent:
        words = say(
            "%(track)s est réservé au secteur public, et cette personne n’est rattachée à aucune administration",
            track=to.track_name,
        )
        reasons.append(Refusal("not_public", words))
    if _is_there(held, to):
        reasons.append(Refusal("same_place", say("c’est là que cette personne est déjà")))
    other = who.seat_on(to.day.day_id)
    if other is not None and other.registration_id != held.registration_id:
        words = say("cette personne a une autre place %(day)s, dans %(track)s", day=to.day.on, track=other.track_name)
        reasons.append(Refusal("other_seat", words))
    return reasons


def _is_there(held: Held, to: Target) -> bool:
    return (held.track_id, held.day_id, held.mode) == (to.track_id, to.day.day_id, to.day.mode)


def days_of(held: Held, to: Target, calendar: Calendar, now: datetime) -> list[Refusal]:
    """What stands against the day one leaves and the day one goes to."""
    return rules.cancelling([held.on], calendar, now) + rules.unavailable(to.day, calendar, now)


def sitting(held: Held, to: Target) -> list[Refusal]:
    """Why there is no seat for this person there now; whoever moves within a day and mode brings their day seat along."""
    offer = to.day.offer
    if offer is None or _is_there(held, to):
        return []
    brings = held if held.state == State.CONFIRMED and held.day_id == to.day.day_id else None
    if free_for(offer, brings):
        return []
    return [_no_room(offer, to)]


def _no_room(offer: Offer, to: Target) -> Refusal:
    where = where_to(to)
    if offer.is_kept:
        return Refusal("kept", say("%(where)s : les places libres sont gardées pour qui attend", where=where))
    if offer.track_free <= 0:
        return Refusal("full", say("%(where)s : il n’y a plus de place", where=where))
    return Refusal("day_full", say("%(where)s : la journée est complète", where=where))


def queueing(who: Applicant, held: Held, to: Target) -> list[Refusal]:
    """Why this person cannot wait there either: a seat is kept while one waits only for another seat of the same day."""
    here = next((one for one in who.on_day(to.day.day_id) if one.track_id == to.track_id), None)
    if here is not None and here.registration_id != held.registration_id:
        return [Refusal("already_waiting", say("cette personne y attend déjà une place"))]
    if held.state == State.WAITING:
        return []
    if held.day_id != to.day.day_id:
        words = say("attendre là obligerait à garder deux jours : il faut d’abord y ajouter une place")
        return [Refusal("other_day", words)]
    if held.track_id == to.track_id:
        return [Refusal("same_track", say("on n’attend pas dans le parcours où l’on a déjà une place ce jour-là"))]
    return []


@dataclass(frozen=True)
class Outcome:
    """As what somebody would be where they go, or None with every reason against it."""

    state: State | None
    against: tuple[Refusal, ...] = ()


def outcome(who: Applicant, held: Held, to: Target, unavailable: list[Refusal]) -> Outcome:
    """A seat where one is free, else a place in the queue, else nothing."""
    against, full = moving(who, held, to, unavailable), sitting(held, to)
    if against:
        return Outcome(None, (*against, *full))
    if not full:
        return Outcome(State.CONFIRMED)
    queue = queueing(who, held, to)
    return Outcome(None, (*full, *queue)) if queue else Outcome(State.WAITING)


def effect(to: Target, state: State) -> Words:
    """What going there does to the person, in words."""
    offer = to.day.offer
    if offer is None:
        raise LookupError("nobody goes where nothing is offered")
    if state == State.CONFIRMED:
        return say_count(
            "%(number)s place libre, confirmé·e tout de suite",
            "%(number)s places libres, confirmé·e tout de suite",
            offer.track_free,
        )
    values: dict[str, Words | int] = {"why": rules.why_waiting(offer), "rank": offer.waiting + 1}
    if not offer.waiting:
        return say("%(why)s, attendrait en position %(rank)s", **values)
    return say_count(
        "%(why)s, %(number)s personne attend, attendrait en position %(rank)s",
        "%(why)s, %(number)s personnes attendent, attendrait en position %(rank)s",
        offer.waiting,
        **values,
    )


def accepting(offer: Offer | None, seat: Held | None, ahead: int, passed: int | None) -> list[Refusal]:
    """Why somebody who waits cannot be given a seat; `passed` is how many of those `ahead` one knowingly leaves waiting."""
    reasons = []
    if offer is None:
        reasons.append(Refusal("not_offered", say("le parcours n’est plus proposé ce jour-là")))
    elif offer.day_is_full and (seat is None or seat.mode != offer.mode):
        reasons.append(Refusal("day_full", say("la journée est complète : relevez d’abord sa limite")))
    if ahead and passed is None:
        words = say_count(
            "%(number)s personne attend depuis plus longtemps : dites que vous la faites passer après",
            "%(number)s personnes attendent depuis plus longtemps : dites que vous les faites passer après",
            ahead,
        )
        reasons.append(Refusal("out_of_order", words))
    return reasons
