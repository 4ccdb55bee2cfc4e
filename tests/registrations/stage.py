"""One edition of two days with three tracks, and people called by name: what the tests of seats read like.

Actions happen a minute apart, so that the order of the lines is the order of the queue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlmodel import Session, col, select

from sprint.database import Database
from sprint.journal import Fact, new_act
from sprint.notices.actions import owe_letters
from sprint.notices.tables import Letter
from sprint.people.tables import Affiliation, Organisation, Person
from sprint.privacy.actions import erase
from sprint.programme.tables import Audience, Day, Edition, Track
from sprint.registrations import actions
from sprint.registrations.actions import Acceptance, Move, Outcome, Seats
from sprint.registrations.owed import owed_letters
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.rules import Why
from sprint.registrations.tables import DayCapacity, Mode, PresenceCall, Registration, State, TrackCapacity
from tests.makers import LONG_AGO

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = 0, 1
DATES = (date(2027, 3, 16), date(2027, 3, 17))
SITE, REMOTE = Mode.SITE, Mode.REMOTE
_numbers = count(1)

Line = tuple[str, str, int, Mode, State]
"""Who, on which track, on which day, how, sitting or waiting."""


@dataclass
class Stage:
    """An edition in a database. Days are TUESDAY and WEDNESDAY; people are made the first time they are named."""

    database: Database
    edition_id: int
    days: tuple[int, ...]
    tracks: dict[str, Track]
    now: datetime = NOW
    people: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> int:
        if name not in self.people:
            with self.database.writing() as db:
                self.people[name] = added(db, Person(name=name, email=f"{name}@example.org", created_at=NOW))
        return self.people[name]

    def crowd(self, number: int) -> list[str]:
        """The names of so many people, entered at once."""
        names = [f"person{index}" for index in range(number)]
        with self.database.writing() as db:
            self.people |= {name: added(db, Person(name=name, created_at=NOW)) for name in names}
        return names

    def public_agent(self, name: str) -> int:
        person = self.person(name)
        with self.database.writing() as db:
            ministry = added(db, Organisation(slug=f"ministry-{next(_numbers)}", name="Ministère", is_public=True))
            added(db, Affiliation(person_id=person, organisation_id=ministry, since_on=date(2020, 1, 1)))
        return person

    # --- what people do, each in a transaction of its own

    def register(
        self, name: str, track: str, *days: int, mode: Mode = SITE, once: str = "", at: datetime | None = None
    ) -> Outcome:
        person, moment = self.person(name), at or self._later()
        chosen = [self.days[day] for day in days or (TUESDAY,)]
        with self.database.writing() as db:
            return actions.register(db, person, self.tracks[track], chosen, mode, once or a_token(), moment)

    def cancel(self, name: str, track: str, *days: int, at: datetime | None = None) -> int:
        person, moment = self.person(name), at or self._later()
        chosen = [self.days[day] for day in days or (TUESDAY,)]
        with self.database.writing() as db:
            return actions.cancel(db, person, self.tracks[track], chosen, moment)

    def change(
        self, name: str, track: str, day: int = TUESDAY, mode: Mode = SITE, once: str = "", at: datetime | None = None
    ) -> Outcome:
        person, moment = self.person(name), at or self._later()
        with self.database.writing() as db:
            return actions.change(db, person, self.tracks[track], self.days[day], mode, once or a_token(), moment)

    def set_seats(
        self, track: str | None, seats: int | None, day: int = TUESDAY, mode: Mode = SITE, at: datetime | None = None
    ) -> int:
        """Of a track, or of the whole day when `track` is None."""
        wish = Seats(self.tracks[track].id if track else None, self.days[day], mode, seats)
        with self.database.writing() as db:
            return actions.set_seats(db, self.edition_id, [wish], at or self._later(), act=new_act())

    def cancel_by_team(self, registration_ids: Sequence[int], foreseen: int, why: Why = Why.TWICE) -> int:
        moment, organiser = self._later(), self.person("organiser")
        with self.database.writing() as db:
            return actions.cancel_by_team(db, self.edition_id, registration_ids, why, foreseen, moment, organiser)

    def move_by_team(self, registration_id: int, where: tuple[str, int, Mode], state: State, foreseen: int) -> bool:
        track, day, mode = where
        move = Move(registration_id, self.tracks[track].id or 0, self.days[day], mode, state, Why.TOGETHER)
        moment, organiser = self._later(), self.person("organiser")
        with self.database.writing() as db:
            return actions.move_by_team(db, self.edition_id, move, foreseen, a_token(), moment, organiser)

    def accept_by_team(self, registration_id: int, seats: int, ahead: int, passed: int | None, foreseen: int) -> bool:
        """Give a seat to somebody who waits; `seats`, `ahead` and `foreseen` are what was announced."""
        told = Acceptance(Why.SKILLS, seats, ahead, passed, foreseen)
        moment, organiser = self._later(), self.person("organiser")
        with self.database.writing() as db:
            return actions.accept_by_team(db, self.edition_id, registration_id, told, moment, organiser)

    def pause(self) -> None:
        moment, organiser = self._later(), self.person("organiser")
        with self.database.writing() as db:
            actions.pause_queue(db, self.edition_id, moment, organiser)

    def resume(self, foreseen: int) -> int:
        moment, organiser = self._later(), self.person("organiser")
        with self.database.writing() as db:
            return actions.resume_queue(db, self.edition_id, foreseen, moment, organiser)

    def erase(self, name: str) -> None:
        """The whole erasure; who comes back under that name is somebody else."""
        moment, person = self._later(), self.people.pop(name)
        with self.database.writing() as db:
            erase(db, person, "fr", moment)

    def ask_presence(self) -> None:
        """The next morning, everybody with a seat is asked whether they come; silence will cost it."""
        first = DATES[0] - self._next_morning()
        with self.database.writing() as db:
            call = db.get(PresenceCall, self.edition_id) or PresenceCall(
                edition_id=self.edition_id, ask_days=2, answer_days=0, releases=True
            )
            call.ask_days, call.answer_days = first.days, first.days - 2
            db.add(call)
            db.flush()
            assert actions.ask_presence(db, self.edition_id, self.now)

    def _next_morning(self) -> date:
        """It is 9 a.m. in Paris, the day after."""
        self.now = (self.now + timedelta(days=1)).replace(hour=8, minute=0)
        return self.now.date()

    def answer(self, name: str) -> bool:
        moment, person = self._later(), self.person(name)
        with self.database.writing() as db:
            return actions.confirm_presence(db, person, self.edition_id, moment)

    def release(self) -> int:
        """The deadline comes, two days after the question."""
        self.now = (self.now.replace(hour=17, minute=0)) + timedelta(days=2)
        with self.database.writing() as db:
            return actions.release_unanswered(db, self.edition_id, self.now)

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    # --- what became of it

    def lines(self) -> set[Line]:
        """Every live registration."""
        return {self._line(row) for row in self._rows()}

    def seated(self, track: str, day: int = TUESDAY, mode: Mode = SITE) -> list[str]:
        return self._names(track, day, mode, State.CONFIRMED)

    def queue(self, track: str, day: int = TUESDAY, mode: Mode = SITE) -> list[str]:
        return self._names(track, day, mode, State.WAITING)

    def taken(self, track: str | None, day: int = TUESDAY, mode: Mode = SITE) -> int:
        """What the counter of a track, or of the whole day, says."""
        with self.database.reading() as db:
            if track is None:
                of_day = select(DayCapacity.taken).where(DayCapacity.day_id == self.days[day], DayCapacity.mode == mode)
                return db.exec(of_day).one()
            of_track = select(TrackCapacity.taken).where(
                TrackCapacity.track_id == self.tracks[track].id,
                TrackCapacity.day_id == self.days[day],
                TrackCapacity.mode == mode,
            )
            return db.exec(of_track).one()

    def number_of(self, name: str, track: str, day: int) -> int:
        """The id of somebody's live registration."""
        lines = {self._line(row)[:3]: row.id or 0 for row in self._rows()}
        return lines[name, track, day]

    def order_of(self, name: str) -> list[tuple[str, int]]:
        """Tracks and days of somebody's live registrations, in the order in which an erasure ends them."""
        mine = [row for row in self._rows() if row.person_id == self.people[name]]
        return [self._line(row)[1:3] for row in sorted(mine, key=lambda row: (row.day_id, row.id or 0))]

    def letters_since(self, fact_id: int) -> tuple[list[tuple[str, str]], int]:
        """What the acts since a fact owe, each derived twice: (act, to whom) of each letter; and the last fact."""
        of_edition = [Fact.edition_id == self.edition_id, col(Fact.id) > fact_id]
        with self.database.writing() as db:
            facts = db.exec(select(Fact).where(*of_edition).order_by(col(Fact.id))).all()
            acts = list(dict.fromkeys(fact.act for fact in facts))
            for act in [*acts, *acts]:
                owe_letters(db, act, owed_letters(db, act), "sprint.example", self.now, timedelta(minutes=2))
            # A question to everybody with a seat tells of no change.
            told = (col(Letter.act).in_(acts), Letter.purpose != "presence")
            letters = db.exec(select(Letter.act, Letter.person_id).where(*told)).all()
        names = {person: name for name, person in self.people.items()}
        return [(act, names[person]) for act, person in letters], max((fact.id or 0 for fact in facts), default=fact_id)

    def acts(self) -> list[list[tuple[str, str | None]]]:
        """What the journal says, act by act: kind of fact and whom it concerns."""
        names = {person: name for name, person in self.people.items()}
        with self.database.reading() as db:
            facts = db.exec(select(Fact).where(Fact.edition_id == self.edition_id).order_by(col(Fact.id))).all()
        told: dict[str, list[tuple[str, str | None]]] = {}
        for fact in facts:
            told.setdefault(fact.act, []).append((fact.kind, names.get(fact.person_id or 0)))
        return list(told.values())

    def _rows(self) -> Sequence[Registration]:
        with self.database.reading() as db:
            of_edition = select(Registration).where(IS_LIVE, Registration.edition_id == self.edition_id)
            return db.exec(of_edition.order_by(col(Registration.id))).all()

    def _line(self, row: Registration) -> Line:
        names = {person: name for name, person in self.people.items()}
        slugs = {track.id: slug for slug, track in self.tracks.items()}
        return names[row.person_id], slugs[row.track_id], self.days.index(row.day_id), row.mode, row.state

    def _names(self, track: str, day: int, mode: Mode, state: State) -> list[str]:
        lines = [self._line(row) for row in self._rows()]
        return [line[0] for line in lines if line[1:] == (track, day, mode, state)]


def a_stage(
    database: Database,
    seats: Mapping[str, int] | None = None,
    remote: Mapping[str, int] | None = None,
    audience: Audience = Audience.OPEN,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    dates: Sequence[date] = DATES,
) -> Stage:
    """Tracks with so many seats on site, or at a distance, on each of the two days."""
    seats, remote = seats or {}, remote or {}
    slug = f"sprint-2027-{next(_numbers)}"
    times = {"opens_at": opens_at, "closes_at": closes_at}
    with database.writing() as db:
        edition = added(
            db, Edition(slug=slug, name="Sprint 2027", timezone="Europe/Paris", announced_at=LONG_AGO, **times)
        )
        days = tuple(added(db, Day(edition_id=edition, on=on)) for on in dates)
        tracks = {}
        for name in dict.fromkeys([*seats, *remote]):
            tracks[name] = Track(edition_id=edition, slug=name, name=name.capitalize(), audience=audience)
            added(db, tracks[name])
        for numbers, mode in ((seats, SITE), (remote, REMOTE)):
            for name, number in numbers.items():
                for day in days:
                    added(db, TrackCapacity(track_id=tracks[name].id, day_id=day, mode=mode, seats=number))
    return Stage(database, edition, days, tracks)


def added(db: Session, row: object) -> int:
    db.add(row)
    db.flush()
    return getattr(row, "id") or 0  # noqa: B009  every table here has one


def a_token() -> str:
    return f"token-{next(_numbers):08}"
