"""The nine states of the registration block: pure."""

from datetime import UTC, date, datetime

import pytest

from sprint import languages
from sprint.programme.rules import Calendar
from sprint.programme.tables import Audience
from sprint.registrations.queries import QueuePlace
from sprint.registrations.rules import Applicant, Held, Offer
from sprint.registrations.tables import Mode, State
from sprint.site.rules.block import Block, BlockState, Question, block

TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)
NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
OPEN = Calendar("Europe/Paris", (TUESDAY, WEDNESDAY))
NOBODY = Applicant(is_public_agent=False)


def an_offer(on: date = TUESDAY, mode: Mode = Mode.SITE, *, seats: int = 10, taken: int = 0, **day: int) -> Offer:
    return Offer(1, on.day, on, mode, seats, taken, **day)


def held(track_id: int = 1, on: date = TUESDAY, state: State = State.CONFIRMED, mode: Mode = Mode.SITE) -> Held:
    return Held(5, 1, track_id, f"t{track_id}", f"Parcours {track_id}", on.day, on, mode, state)


def shown(
    *offers: Offer,
    applicant: Applicant | None = NOBODY,
    calendar: Calendar = OPEN,
    audience: Audience = Audience.OPEN,
    places: dict[int, QueuePlace] | None = None,
    now: datetime = NOW,
) -> Block:
    return block(Question(calendar, audience, 1, "Keycloak", offers, {}, applicant, places or {}, now))


def said(one: Block) -> str:
    return languages.speak(one.sentence).replace("\xa0", " ").replace("\u202f", " ")


def test_a_stranger_is_asked_to_sign_in_and_told_how_many_seats_are_left() -> None:
    found = shown(an_offer(taken=4), applicant=None)
    assert (found.state, found.choices) == (BlockState.SIGNED_OUT, ())
    assert said(found) == "Il reste **6 places** : connectez-vous pour en prendre une, vous reviendrez ici."


def test_open_offers_each_day_ticked() -> None:
    found = shown(an_offer(taken=4), an_offer(WEDNESDAY, taken=4))
    assert found.state == BlockState.OPEN
    assert [(choice.on, choice.is_ticked, choice.hint) for choice in found.choices] == [
        (TUESDAY, True, None),
        (WEDNESDAY, True, None),
    ]
    assert said(found) == "Il reste **6 places**, pour un jour ou pour les deux."


def test_days_that_differ_say_what_each_has_left_and_the_gauge_shows_the_scarcer() -> None:
    found = shown(an_offer(taken=9), an_offer(WEDNESDAY, taken=4))
    assert found.state == BlockState.OPEN
    assert [languages.speak(choice.hint).replace("\xa0", " ") for choice in found.choices if choice.hint] == [
        "1 place",
        "6 places",
    ]
    assert (found.seats.taken, found.seats.seats) == (9, 10)
    assert said(found) == "Il reste **jusqu’à 6 places** selon le jour, pour un jour ou pour les deux."


@pytest.mark.parametrize(
    ("taken", "words"), [(8, "Il ne reste que **2 places**."), (9, "Il ne reste que **1 place**.")]
)
def test_the_last_seats_are_said_so(taken: int, words: str) -> None:
    found = shown(an_offer(taken=taken))
    assert (found.state, said(found)) == (BlockState.LAST_SEATS, words)


def test_full_offers_the_waiting_list() -> None:
    found = shown(an_offer(taken=10, waiting=4))
    assert (found.state, found.seats.waiting, len(found.choices)) == (BlockState.FULL, 4, 1)


def test_a_full_day_makes_a_track_full_although_it_has_seats() -> None:
    assert shown(an_offer(taken=1, day_seats=50, day_taken=50)).state == BlockState.FULL


def test_registered_shows_the_days_one_holds() -> None:
    found = shown(an_offer(), an_offer(WEDNESDAY), applicant=Applicant(True, (held(),)))
    assert (found.state, [line.on for line in found.held], found.choices) == (BlockState.REGISTERED, [TUESDAY], ())


@pytest.mark.parametrize(
    ("now", "begun"),
    [
        (datetime(2027, 3, 16, 22, tzinfo=UTC), False),
        (datetime(2027, 3, 16, 23, tzinfo=UTC), True),
        (datetime(2027, 4, 1, tzinfo=UTC), True),
    ],
)
def test_from_the_first_day_one_holds_what_one_does_next_is_note_it(now: datetime, begun: bool) -> None:
    found = shown(an_offer(WEDNESDAY), applicant=Applicant(True, (held(on=WEDNESDAY),)), now=now)
    assert (found.state, found.has_begun) == (BlockState.REGISTERED, begun)


def test_waiting_says_the_place_and_what_would_lift_it() -> None:
    found = shown(
        an_offer(taken=10, waiting=4),
        applicant=Applicant(True, (held(state=State.WAITING),)),
        places={5: QueuePlace(5, 2, 4)},
    )
    assert found.state == BlockState.WAITING
    assert said(found).startswith("**Vous êtes 2e sur 4** : une place vous revient dès que 2 personnes se désistent")


def test_being_passed_over_for_a_full_day_is_the_reason_given() -> None:
    found = shown(
        an_offer(taken=1, day_seats=5, day_taken=5),
        applicant=Applicant(True, (held(state=State.WAITING),)),
        places={5: QueuePlace(5, 1, 1)},
    )
    assert "la journée est complète" in said(found)


def test_a_reserved_track_says_why_one_cannot_join() -> None:
    found = shown(an_offer(), audience=Audience.AGENTS)
    assert (found.state, len(found.reasons), said(found)) == (
        BlockState.NOT_ELIGIBLE,
        1,
        "**Une condition** n’est pas remplie :",
    )


def test_each_reason_says_what_would_lift_it_and_where() -> None:
    found = shown(an_offer(), audience=Audience.AGENTS, applicant=Applicant(False, (held(2),)))
    assert [one.way for one in found.reasons] == ["my_employer", "my_registrations"]
    assert all(one.lift for one in found.reasons)


def test_what_one_lacks_is_said_before_registration_opens() -> None:
    opens = Calendar("Europe/Paris", (TUESDAY,), opens_at=datetime(2027, 2, 12, 9, tzinfo=UTC))
    found = shown(an_offer(), calendar=opens, audience=Audience.AGENTS)
    assert (found.state, [one.way for one in found.reasons]) == (BlockState.NOT_YET, ["my_employer"])


def test_a_seat_elsewhere_that_day_is_a_reason_and_an_exchange() -> None:
    found = shown(an_offer(), applicant=Applicant(True, (held(2),)))
    assert (found.state, [(one.on, one.leaves) for one in found.exchanges]) == (
        BlockState.NOT_ELIGIBLE,
        [(TUESDAY, "Parcours 2")],
    )


def test_two_reasons_are_counted_in_words_and_one_exchange_a_day_keeps_the_way_one_comes() -> None:
    offers = [an_offer(on, mode) for on in (TUESDAY, WEDNESDAY) for mode in Mode]
    mine = (held(2, mode=Mode.REMOTE), held(2, WEDNESDAY, mode=Mode.SITE))
    found = shown(*offers, applicant=Applicant(True, mine))
    assert said(found) == "**Deux conditions** ne sont pas remplies :"
    assert [(one.on, one.mode) for one in found.exchanges] == [(TUESDAY, Mode.REMOTE), (WEDNESDAY, Mode.SITE)]


def test_a_seat_elsewhere_and_no_seat_here_lets_one_wait() -> None:
    assert shown(an_offer(taken=10), applicant=Applicant(True, (held(2),))).state == BlockState.FULL


def test_the_other_day_stays_open_to_whoever_sits_elsewhere_one_day() -> None:
    found = shown(an_offer(), an_offer(WEDNESDAY), applicant=Applicant(True, (held(2),)))
    assert (found.state, [choice.on for choice in found.choices]) == (BlockState.OPEN, [WEDNESDAY])


def test_not_yet_open_says_when_with_the_zone() -> None:
    opens = Calendar("Europe/Paris", (TUESDAY,), opens_at=datetime(2027, 2, 12, 9, tzinfo=UTC))
    found = shown(an_offer(), calendar=opens)
    assert found.state == BlockState.NOT_YET
    assert said(found) == "Les inscriptions ouvrent **vendredi 12 février 2027 à 10 h, heure de Paris**."


def test_closed_says_since_when() -> None:
    closed = Calendar("Europe/Paris", (TUESDAY,), closes_at=datetime(2027, 1, 5, 17, tzinfo=UTC))
    assert shown(an_offer(), calendar=closed).state == BlockState.CLOSED


def test_a_track_without_seats_takes_no_registration() -> None:
    assert shown().state == BlockState.NOT_OFFERED


def test_a_day_that_is_over_is_no_longer_offered() -> None:
    on_wednesday = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)  # past midnight in Paris
    found = shown(an_offer(), an_offer(WEDNESDAY), now=on_wednesday)
    assert [choice.on for choice in found.choices] == [WEDNESDAY]
