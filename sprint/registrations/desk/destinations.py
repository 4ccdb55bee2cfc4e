"""Where a registration could go, each place with what would happen there, and those where it cannot with every reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.programme.rules import is_over
from sprint.registrations import reassigning
from sprint.registrations.foresight import GivenUp, Place, Queued, moved
from sprint.registrations.queries import applicant_for, offers
from sprint.registrations.queries.people import Chosen
from sprint.registrations.queries.reassigning import held_as
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.reassigning import Target
from sprint.registrations.rules import HOW, Offer, WantedDay
from sprint.registrations.tables import Mode, State
from sprint.web.visit import Visit
from sprint.words import ShortDay, Words, say


@dataclass(frozen=True)
class Destination:
    """A place one can go to, as what one would be there; `gets` are those who would get a seat by it."""

    key: str
    to: Target
    state: State
    label: Words
    gets: tuple[Queued, ...]

    @property
    def value(self) -> str:
        """As the form holds it: the place with all that was announced of it."""
        return f"{self.key}.{self.state.value}.{len(self.gets)}"


@dataclass(frozen=True)
class Destinations:
    """Every place offered on the days to come but the one at hand, the same day and mode first."""

    groups: tuple[tuple[Words, tuple[Destination, ...]], ...]
    """By day and mode."""
    closed: tuple[tuple[Words, tuple[Words, ...]], ...]
    """Where the person cannot go, with every reason."""
    gets: tuple[Queued, ...]
    """Who would get a seat, wherever the person sits but where a label says otherwise."""


def targets_of(visit: Visit, edition: EditionView) -> dict[str, Target]:
    """Every place offered on the days to come, by what the form calls it, in the order of tracks and days. Two queries."""
    cards = track_cards(visit.db, edition.id)
    by_track: dict[int, list[Offer]] = {}
    for offer in offers(visit.db, [card.id for card in cards]):
        if not is_over(offer.on, edition.calendar, visit.now):
            by_track.setdefault(offer.track_id, []).append(offer)
    return {
        f"{card.slug}.{offer.on.isoformat()}.{offer.mode.value}": _target(card, offer)
        for card in cards
        for offer in by_track.get(card.id, ())
    }


def _target(card: TrackCard, offer: Offer) -> Target:
    return Target(card.id, card.name, card.audience, WantedDay(offer.day_id, offer.on, offer.mode, offer))


def destinations(visit: Visit, edition: EditionView, chosen: Chosen) -> Destinations:
    """What going anywhere would do, by the rules that the move asks again."""
    who = applicant_for(visit.db, chosen.person_id, edition, visit.now)
    held = held_as(who, chosen.place.registration_id)
    room, left = waiting_room(visit.db, edition.id), _left(chosen)
    ways: list[tuple[str, Target, State, tuple[Queued, ...]]] = []
    closed = []
    for key, to in _ordered(targets_of(visit, edition), chosen):
        days = reassigning.days_of(held, to, edition.calendar, visit.now)
        outcome = reassigning.outcome(who, held, to, days)
        if outcome.state is None:
            closed.append((reassigning.where_to(to), tuple(one.words for one in outcome.against)))
            continue
        sits = outcome.state == State.CONFIRMED
        gets = tuple(moved(room, chosen.person_id, left, _place(to))) if sits else ()
        ways.append((key, to, outcome.state, gets))
    usual = _most_common([gets for _, _, state, gets in ways if state == State.CONFIRMED])
    groups: dict[tuple[int, Mode], list[Destination]] = {}
    for key, to, state, gets in ways:
        label = _label(to, state, None if gets == usual or state == State.WAITING else gets)
        groups.setdefault((to.day.day_id, to.day.mode), []).append(Destination(key, to, state, label, gets))
    return Destinations(tuple((_when(of[0].to), tuple(of)) for of in groups.values()), tuple(closed), usual)


def _left(chosen: Chosen) -> GivenUp:
    place = chosen.place
    sits = place.state == State.CONFIRMED
    return GivenUp(place.registration_id, chosen.person_id, (place.track_id, place.day_id, place.mode), sits)


def _place(to: Target) -> Place:
    return to.track_id, to.day.day_id, to.day.mode


def _ordered(targets: Mapping[str, Target], chosen: Chosen) -> list[tuple[str, Target]]:
    """All but the place at hand; those of the same day and mode first, then by day and mode."""
    place = chosen.place
    here, same = (place.track_id, place.day_id, place.mode), (place.day_id, place.mode)
    others = [(key, to) for key, to in targets.items() if _place(to) != here]
    return sorted(others, key=lambda one: (_place(one[1])[1:] != same, one[1].day.on, one[1].day.mode != Mode.SITE))


def _most_common(every: Sequence[tuple[Queued, ...]]) -> tuple[Queued, ...]:
    return Counter(every).most_common(1)[0][0] if every else ()


def _when(to: Target) -> Words:
    return say("%(day)s %(how)s", day=ShortDay(to.day.on), how=HOW[to.day.mode])


def _label(to: Target, state: State, gets: Sequence[Queued] | None) -> Words:
    """The track and what would happen there; `gets`, when the seat that is left would go to others than usually."""
    said = say("%(track)s : %(effect)s", track=to.track_name, effect=reassigning.effect(to, state))
    if gets is None:
        return said
    if not gets:
        return say("%(said)s ; personne n’obtient la place quittée", said=said)
    return say("%(said)s ; la place quittée profite à %(people)s", said=said, people=names_of(gets))


def names_of(gets: Sequence[Queued]) -> tuple[str, ...]:
    """Who would get a seat, once each."""
    return tuple({one.person_id: one.name for one in gets}.values())
