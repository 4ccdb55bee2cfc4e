"""The demonstration, built with the real actions: what it shows is what the software does."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Session, col, select

from sprint.account.actions import grant_right
from sprint.account.providers.demo import IDENTITY_ISSUER, NAME
from sprint.account.providers.personas import PERSONAS
from sprint.database import Database
from sprint.demo.coming import ask_whether_they_come, build_coming
from sprint.demo.contributions import Stage, answered, coming_contributions, decider_of, past_contributions
from sprint.demo.pool import build_pool
from sprint.demo.proposals import build_proposal
from sprint.jobs import Job
from sprint.journal import FOLLOW_UP, Fact
from sprint.people.tables import Affiliation, Identity, Organisation, Person, Right, Scope, Standing
from sprint.preparation.actions import import_edition
from sprint.preparation.reading import edition_of
from sprint.programme.actions import give_join_link
from sprint.programme.queries import EditionView, edition_with, track_called
from sprint.programme.tables import Track
from sprint.registrations.actions import register
from sprint.registrations.tables import Mode

DATA = Path(__file__).parent
DAYS_AHEAD = 38
"""The first day is the Tuesday after that: registration has been open for weeks and still is."""
SINCE = date(2018, 9, 1)
"""Everybody works where they do since before the past edition: they were there."""
ZONE = ZoneInfo("Europe/Paris")
ONLINE = ("decidim", "grist", "onyxia")
"""Tracks that say where they meet online."""


@dataclass(frozen=True)
class _Dates:
    """The two days of the coming edition, reckoned from the day the demonstration is built."""

    first: date

    @staticmethod
    def from_now(now: datetime) -> "_Dates":
        soonest = now.astimezone(ZONE).date() + timedelta(days=DAYS_AHEAD)
        return _Dates(soonest + timedelta(days=(1 - soonest.weekday()) % 7))

    def on(self, name: str) -> date:
        """ "J1" or "J2" as a date."""
        return self.first + timedelta(days=int(name[1:]) - 1)

    def put_in(self, value: Any) -> Any:
        """The content of a file with its placeholders replaced: whole values, never parts of a text, but for the year."""
        if isinstance(value, dict):
            return {name: self.put_in(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.put_in(part) for part in value]
        if not isinstance(value, str):
            return value
        if value in ("J1", "J2"):
            return self.on(value).isoformat()
        if value.startswith("J1-") and "T" in value:
            days, hour = value.removeprefix("J1-").split("T")
            return f"{self.first - timedelta(days=int(days))}T{hour}"
        return value.replace("ANNEE", str(self.first.year))


def build_demo(database: Database, now: datetime) -> bool:
    """Make the demonstration in an empty base, whole or not at all; False when there are people already."""
    with database.writing() as db:
        if db.exec(select(Person.id).limit(1)).first() is not None:
            return False
        dates = _Dates.from_now(now)
        past = import_edition(db, edition_of(_read("edition-2019.json")), now)
        report = import_edition(db, edition_of(dates.put_in(_read("edition-next.json"))), now)
        people = _read("people.json")
        by_key = _people(db, people, now)
        edition = edition_with(db, report.edition_id)
        _rights(db, people, edition, by_key, now)
        for slug in ONLINE:
            give_join_link(db, _track(db, edition, slug), f"https://visio.example/{slug}", by_key["claude"], now)
        _registrations(db, people["registrations"], edition, by_key, dates, now)
        build_coming(db, edition, by_key, now)
        ask_whether_they_come(db, edition, by_key, now)
        _contributions(db, edition_with(db, past.edition_id), edition, by_key, now)
        build_proposal(db, _read("proposal.json"), edition, by_key, now)
        build_pool(db, _read("pool.json"), by_key, now)
    return True


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _people(db: Session, people: Any, now: datetime) -> dict[str, int]:
    """Everybody, with where they work and, for the five, the account they sign in with."""
    works = {}
    for given in people["organisations"]:
        organisation = Organisation(slug=given["slug"], name=given["name"], is_public=given["public"])
        db.add(organisation)
        works[given["slug"]] = organisation
    db.flush()
    by_key = {given["key"]: _person(given, now) for given in people["people"]}
    db.add_all(by_key.values())
    db.flush()
    for given in people["people"]:
        if given["organisation"]:
            db.add(
                Affiliation(
                    person_id=by_key[given["key"]].id or 0,
                    organisation_id=works[given["organisation"]].id or 0,
                    since_on=SINCE,
                )
            )
    for persona in PERSONAS:
        person_id = by_key[persona.key].id or 0
        db.add(Identity(person_id=person_id, provider=NAME, issuer=IDENTITY_ISSUER, subject=persona.key, linked_at=now))
    db.flush()
    return {key: person.id or 0 for key, person in by_key.items()}


def _person(given: Any, now: datetime) -> Person:
    return Person(
        name=given["name"],
        email=given["email"],
        email_verified_at=now - timedelta(days=30),
        language=given["language"],
        standing=Standing(given["standing"]),
        created_at=now - timedelta(days=30),
    )


def _rights(db: Session, people: Any, edition: EditionView, by_key: dict[str, int], now: datetime) -> None:
    grant_right(db, by_key["claude"], Right.ORGANISER, Scope.EVERYTHING, None, None, now, None)
    half_a_year = now + timedelta(days=182)
    grant_right(db, by_key["denise"], Right.RECRUITER, Scope.EVERYTHING, None, half_a_year, now, None)
    for mentor in people["mentors"]:
        track_id = _track(db, edition, mentor["track"]).id
        grant_right(db, by_key[mentor["person"]], Right.MENTOR, Scope.TRACK, track_id, None, now, by_key["claude"])


def _registrations(
    db: Session, wishes: Any, edition: EditionView, by_key: dict[str, int], dates: _Dates, now: datetime
) -> None:
    """Each through the real action, some minutes apart since a few days: the waiting list has an order one can read."""
    for number, wish in enumerate(wishes):
        days = {day.on: day.id for day in edition.days}
        day_ids = [days[dates.on(name)] for name in wish["days"]]
        moment = now - timedelta(minutes=47 * (len(wishes) - number))
        track = _track(db, edition, wish["track"])
        register(db, by_key[wish["person"]], track, day_ids, Mode(wish["mode"]), f"demo-{number:04d}", moment)


def _contributions(db: Session, past: EditionView, coming: EditionView, by_key: dict[str, int], now: datetime) -> None:
    """Those of the past edition, whose letters left long ago, and those of the coming one."""
    personas = {persona.key for persona in PERSONAS}
    people = [person for key, person in by_key.items() if key not in personas]
    words, claude = _read("contributions.json"), decider_of(db, by_key["claude"], now)
    past_contributions(db, Stage(past, _tracks(db, past), claude, words), people)
    acts = select(Fact.act).where(Fact.edition_id == past.id)
    db.exec(update(Job).where(col(Job.kind) == FOLLOW_UP, col(Job.key).in_(acts)).values(done_at=Job.due_at))
    stage = Stage(coming, _tracks(db, coming), claude, words)
    coming_contributions(db, stage, people, now)
    answered(db, stage, by_key["corentin-lavergnolle"], _track(db, coming, "onyxia"), now)


def _tracks(db: Session, edition: EditionView) -> list[Track]:
    return list(db.exec(select(Track).where(Track.edition_id == edition.id).order_by(col(Track.id))).all())


def _track(db: Session, edition: EditionView, slug: str) -> Track:
    found = track_called(db, edition.id, slug)
    if found is None:
        raise LookupError(f"no track {slug} in {edition.slug}")
    return found
