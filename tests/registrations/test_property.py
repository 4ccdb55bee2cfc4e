"""Whatever several people and an organiser do over two days and modes, seats and queues stay as the model says.

What each act owes is derived twice: whoever's places changed gets one letter of it, and nobody else any.
Tuesday never has a limit of the whole day, so that the order of its queues is checked without exception.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from sprint.clock import now
from sprint.commands.check import everything_wrong
from sprint.database import Database
from sprint.journal import Fact
from sprint.refusal import Refused
from sprint.registrations.foresight import GivenUp, Room, foresee, moved, resumed, without
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.tables import Mode, State
from tests.registrations.model import Model, Place, Where
from tests.registrations.soundness import unsound
from tests.registrations.stage import TUESDAY, WEDNESDAY, Stage, a_stage, a_token

PEOPLE = ("ada", "barbara", "claude", "denise", "eve")
TRACKS = ("keycloak", "onyxia", "eurydice")
people, tracks = some.sampled_from(PEOPLE), some.sampled_from(TRACKS)
days, modes = some.sampled_from((TUESDAY, WEDNESDAY)), some.sampled_from((Mode.SITE, Mode.SITE, Mode.REMOTE))
few = some.integers(min_value=0, max_value=2)
LAST_QUESTION = date(2027, 3, 10)
"""Asked later, people would not have the time of an answer before the first day."""


class Seats(RuleBasedStateMachine):
    """Acts on a stage and on the model alike, and compares."""

    database: Database
    stage: Stage
    model: Model
    compared = 0

    @initialize(seats=some.lists(few, min_size=6, max_size=6), limit=some.none() | few)
    def begin(self, seats: list[int], limit: int | None) -> None:
        on_site, remote = dict(zip(TRACKS, seats[:3], strict=True)), dict(zip(TRACKS, seats[3:], strict=True))
        self.stage = a_stage(self.database, on_site, remote)
        offered = {(track, day, Mode.SITE): on_site[track] for track in TRACKS for day in (TUESDAY, WEDNESDAY)}
        offered |= {(track, day, Mode.REMOTE): remote[track] for track in TRACKS for day in (TUESDAY, WEDNESDAY)}
        self.model = Model(offered)
        self.tokens: list[tuple[str, Where, str]] = []
        self.known_lines, self.known_fact = self.model.lines(), 0
        self.let_past: frozenset[int] = frozenset()
        if limit is not None:
            self.limit(Mode.SITE, limit)

    @rule(person=people, track=tracks, day=days, mode=modes)
    def register(self, person: str, track: str, day: int, mode: Mode) -> None:
        self._register(person, track, day, mode)

    @rule(asking=some.lists(some.tuples(people, tracks), min_size=3, max_size=8, unique=True), day=days, mode=modes)
    def register_one_after_the_other(self, asking: list[tuple[str, str]], day: int, mode: Mode) -> None:
        for person, track in asking:
            self._register(person, track, day, mode)

    def _register(self, person: str, track: str, day: int, mode: Mode) -> None:
        token, known = a_token(), self.model.register(person, (track, day, mode))
        assert self._refusal(lambda: self.stage.register(person, track, day, mode=mode, once=token)) == known
        if not known:
            self.tokens.append((person, (track, day, mode), token))

    @rule(person=people, track=tracks, mode=modes)
    def register_for_both_days(self, person: str, track: str, mode: Mode) -> None:
        before = self.model.lines()
        trial = replace(self.model, places=list(self.model.places))
        refused = [trial.register(person, (track, day, mode)) for day in (TUESDAY, WEDNESDAY)]
        reasons = [reason for reason in refused if reason]
        if not reasons:
            self.model = trial
        given = self._refusal(lambda: self.stage.register(person, track, TUESDAY, WEDNESDAY, mode=mode))
        assert given == ", ".join(reasons)
        assert bool(reasons) == (self.stage.lines() == before)

    @precondition(lambda self: self.tokens)
    @rule(data=some.data())
    def send_a_form_again(self, data: some.DataObject) -> None:
        person, (track, day, mode), token = data.draw(some.sampled_from(self.tokens))
        assert self.stage.register(person, track, day, mode=mode, once=token).replayed

    @precondition(lambda self: self.model.places)
    @rule(data=some.data(), both=some.booleans())
    def cancel(self, data: some.DataObject, both: bool) -> None:
        place = data.draw(some.sampled_from(self.model.places))
        given_up = [TUESDAY, WEDNESDAY] if both else [place.day]
        known = self.model.cancel(place.person, place.track, given_up)
        assert self.stage.cancel(place.person, place.track, *given_up) == known

    @rule(person=people, track=tracks, day=days)
    def cancel_whatever_one_holds(self, person: str, track: str, day: int) -> None:
        assert self.stage.cancel(person, track, day) == self.model.cancel(person, track, [day])

    @precondition(lambda self: self.model.places)
    @rule(data=some.data(), track=tracks, mode=modes)
    def change(self, data: some.DataObject, track: str, mode: Mode) -> None:
        place = data.draw(some.sampled_from(self.model.places))
        known = self.model.change(place.person, (track, place.day, mode))
        given = self._refusal(lambda: self.stage.change(place.person, track, place.day, mode))
        assert given.partition(", ")[0] == known

    @precondition(lambda self: self.model.places)
    @rule(data=some.data())
    def be_cancelled_by_the_team(self, data: some.DataObject) -> None:
        place = data.draw(some.sampled_from(self.model.places))
        given_up, room = self._given_up(place)
        foreseen = without(room, [given_up])
        assert self.stage.cancel_by_team([given_up.registration_id], len(foreseen)) == 1
        self.model.lose([place])

    def _given_up(self, place: Place) -> tuple[GivenUp, Room]:
        """A live registration as the desk reads it, and the waiting room of that moment."""
        number, person = self.stage.number_of(place.person, place.track, place.day), self.stage.person(place.person)
        with self.stage.database.reading() as db:
            return GivenUp(number, person, self._key(place.where), place.sits), waiting_room(db, self.stage.edition_id)

    def _key(self, where: Where) -> tuple[int, int, Mode]:
        track, day, mode = where
        return self.stage.tracks[track].id or 0, self.stage.days[day], mode

    @precondition(lambda self: self.model.places)
    @rule(data=some.data(), track=tracks, day=days, mode=modes, wants_seat=some.sampled_from((True, True, False)))
    def be_moved_by_the_team(
        self, data: some.DataObject, track: str, day: int, mode: Mode, *, wants_seat: bool
    ) -> None:
        place, where = data.draw(some.sampled_from(self.model.places)), (track, day, mode)
        held, room = self._given_up(place)
        foreseen = len(moved(room, held.person_id, held, self._key(where))) if wants_seat else 0
        state = State.CONFIRMED if wants_seat else State.WAITING
        known = self.model.move(place, where, wants_seat=wants_seat)
        given = self._refusal(lambda: self.stage.move_by_team(held.registration_id, where, state, foreseen))
        assert given == ", ".join(known)

    @precondition(lambda self: any(not one.sits for one in self.model.places))
    @rule(data=some.data(), out_of_order=some.booleans())
    def be_accepted_by_the_team(self, data: some.DataObject, *, out_of_order: bool) -> None:
        place = data.draw(some.sampled_from([one for one in self.model.places if not one.sits]))
        waited, room = self._given_up(place)
        seat = self.model.seat_of(place.person, place.day)
        left = self._given_up(seat)[0] if seat is not None else None
        foreseen = len(moved(room, waited.person_id, left, waited.place))
        seats, ahead = self.model.seats[place.where], len(self.model.ahead_of(place))
        known = self.model.accept(place, out_of_order=out_of_order)
        passed = ahead if out_of_order else None
        given = self._refusal(lambda: self.stage.accept_by_team(waited.registration_id, seats, ahead, passed, foreseen))
        assert given == ", ".join(known)
        if not known:
            self.let_past |= {waited.registration_id}

    @precondition(lambda self: self.model.places)
    @rule(data=some.data())
    def be_erased(self, data: some.DataObject) -> None:
        name = data.draw(some.sampled_from(self.model.places)).person
        order = self.stage.order_of(name)
        mine = [one for one in self.model.places if one.person == name]
        self.stage.erase(name)
        self.model.lose(sorted(mine, key=lambda one: order.index((one.track, one.day))))
        self.tokens = [one for one in self.tokens if one[0] != name]
        self.model.answered.discard(name)

    @precondition(lambda self: not self.model.is_asking and self.stage.now.date() < LAST_QUESTION)
    @rule()
    def be_asked(self) -> None:
        self.stage.ask_presence()
        self.model.ask()

    @precondition(lambda self: self.model.is_asking)
    @rule(person=people)
    def answer(self, person: str) -> None:
        self.stage.person(person)
        known = self.model.answer(person)
        assert self._refusal(lambda: self.stage.answer(person)) == known

    @precondition(lambda self: self.model.is_asking)
    @rule()
    def be_released(self) -> None:
        silent = self.model.silent()
        assert self.stage.release() == len(silent)
        self.model.is_asking = False
        self.model.lose(silent)

    @rule()
    def pause(self) -> None:
        assert self._refusal(self.stage.pause) == self.model.pause()

    @rule()
    def resume(self) -> None:
        with self.stage.database.reading() as db:
            foreseen = resumed(waiting_room(db, self.stage.edition_id))
        assert self._refusal(lambda: self.stage.resume(len(foreseen))) == self.model.resume()

    @rule(track=tracks, day=days, mode=modes, seats=few)
    def seats(self, track: str, day: int, mode: Mode, seats: int) -> None:
        foreseen = self._foreseen(track, day, mode, seats - self.model.seats[track, day, mode])
        known = self.model.set_seats((track, day, mode), seats)
        assert self._refusal(lambda: self.stage.set_seats(track, seats, day, mode)) == known
        assert known or self._promoted_last() == foreseen or foreseen is None

    def _foreseen(self, track: str, day: int, mode: Mode, more: int) -> list[int] | None:
        """What the desk would announce of adding seats; nothing is announced of taking some away."""
        with self.stage.database.reading() as db:
            room = waiting_room(db, self.stage.edition_id)
        place = (self.stage.tracks[track].id or 0, self.stage.days[day], mode)
        return [one.person_id for one in foresee(room, {place: more})] if more > 0 else None

    def _promoted_last(self) -> list[int | None]:
        """Whoever got a seat in the last act that changed a number of seats, in that order."""
        with self.stage.database.reading() as db:
            of_edition = select(Fact).where(Fact.edition_id == self.stage.edition_id)
            act = db.exec(of_edition.order_by(col(Fact.id).desc())).first()
            promoted = of_edition.where(Fact.act == (act.act if act else ""), Fact.kind == "registration.promoted")
            return [fact.person_id for fact in db.exec(promoted.order_by(col(Fact.id)))]

    @rule(mode=modes, seats=some.none() | some.integers(min_value=0, max_value=5))
    def limit(self, mode: Mode, seats: int | None) -> None:
        known = self.model.set_limit(WEDNESDAY, mode, seats)
        assert self._refusal(lambda: self.stage.set_seats(None, seats, WEDNESDAY, mode)) == known

    def _refusal(self, act: object) -> str:
        try:
            act()  # type: ignore[operator]
        except Refused as refused:
            return str(refused)
        return ""

    @invariant()
    def everybody_is_where_the_model_says(self) -> None:
        type(self).compared += 1
        assert self.stage.lines() == self.model.lines()

    @invariant()
    def seats_and_queues_are_sound(self) -> None:
        wednesday = {(self.stage.days[WEDNESDAY], mode) for mode in Mode}
        paused, past = self.model.is_paused, self.let_past
        assert unsound(self.database, self.stage.edition_id, wednesday, is_paused=paused, let_past=past) == []

    @invariant()
    def whoever_is_concerned_gets_one_letter_of_each_act(self) -> None:
        changed = {line[0] for line in self.model.lines() ^ self.known_lines}
        letters, self.known_fact = self.stage.letters_since(self.known_fact)
        self.known_lines = self.model.lines()
        reachable = {name for name in changed if name in self.stage.people}
        assert {name for _, name in letters} == reachable
        assert [each for each, number in Counter(letters).items() if number > 1] == []


def run(database: Database, examples: int, steps: int) -> None:
    class OverThisDatabase(Seats):
        pass

    OverThisDatabase.database = database
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(OverThisDatabase, settings=chosen)
    with database.reading() as db:
        assert everything_wrong(db, now()) == []
    name = database.url.get_backend_name()
    print(
        f"{name}: {examples} stories of up to {steps} acts, compared with the model {OverThisDatabase.compared} times"
    )


# PostgreSQL first: what it finds, SQLite would seldom find.
ENGINES = pytest.mark.parametrize("database", ["postgresql", "sqlite"], indirect=True)


@ENGINES
def test_seats_and_queues_are_as_the_model_says(database: Database) -> None:
    run(database, examples=30, steps=20)


@pytest.mark.proof
@ENGINES
def test_seats_and_queues_are_as_the_model_says_at_length(database: Database) -> None:
    run(database, examples=60, steps=40)
