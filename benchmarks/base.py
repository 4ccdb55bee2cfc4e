"""What is measured on: a coming edition of 60 tracks and a past one, 500 people who registered through the real action."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as hour

from sqlmodel import Session, select

from sprint import sessions
from sprint.catalogue.tables import Project, Repository
from sprint.clock import now
from sprint.commands.migrate import bring_up_to_date
from sprint.database import Database
from sprint.people.tables import Affiliation, Grant, Organisation, Person, Right, Scope, Standing
from sprint.programme.tables import Audience, Day, Edition, Slot, SlotKind, Track, TrackRepository
from sprint.refusal import Refused
from sprint.registrations.actions import register
from sprint.registrations.tables import Mode, TrackCapacity

TRACKS, PEOPLE, WRITERS = 60, 500, 50
SLUG, PAST = "sprint-2027", "sprint-2019"
FIRST = date.today() + timedelta(days=60)
WORDS = [
    "logiciel",
    "libre",
    "commun",
    "service",
    "public",
    "installer",
    "documenter",
    "traduire",
    "tester",
    "interface",
    "accès",
    "données",
    "école",
]
SKILLS = (
    "Python",
    "JavaScript",
    "Documentation",
    "Accessibilité",
    "Traduction",
    "Docker",
    "Tests",
    "Java",
    "Rédaction",
)
VERBS = ("coder", "traduire", "tester", "documenter", "concevoir")


@dataclass(frozen=True)
class Base:
    """How the pages are asked for: cookies of those who ask, by role, and of the writers of a flood."""

    url: str
    track: str
    cookies: dict[str, str]
    writers: tuple[str, ...]
    day: str
    first_writer: int = 0
    """The number of the first writer; the others follow."""


def make_base(url: str, people: int = PEOPLE, writers: int = WRITERS) -> Base:
    """Migrate and fill a database. The same numbers each time; only the days move with the calendar."""
    chance = random.Random(2019)
    with Database(url) as database:
        bring_up_to_date(database)
        with database.writing() as db:
            _edition(db, PAST, date(2019, 11, 5), chance, tracks=20)
            tracks = _edition(db, SLUG, FIRST, chance, tracks=TRACKS)
            everybody = _people(db, people)
            db.add(
                Grant(
                    person_id=everybody[0].id,
                    right=Right.ORGANISER,
                    scope_kind=Scope.EVERYTHING,
                    given_at=now(),
                    confirmed_at=now(),
                )
            )
            db.flush()
            _register(db, tracks, everybody[:-writers], chance)
            tokens = [sessions.open_session(db, person.id or 0, "demo", "bench", now()) for person in everybody]
            track, first = tracks[0].slug, everybody[-writers].id or 0
    cookies = {"claude": tokens[0], "ada": tokens[-writers - 1]}
    return Base(url, track, cookies, tuple(tokens[-writers:]), FIRST.isoformat(), first)


def _edition(db: Session, slug: str, first: date, chance: random.Random, *, tracks: int) -> list[Track]:
    edition = Edition(
        slug=slug,
        name=slug.replace("-", " ").title(),
        timezone="Europe/Paris",
        place="Paris",
        address="1 rue du Test",
        announced_at=now(),
    )
    _added(db, edition)
    days = [_added(db, Day(edition_id=edition.id, on=first + timedelta(days=number))) for number in range(2)]
    for position, title in enumerate(("Accueil", "Présentation des parcours", "Déjeuner", "Restitution")):
        kind = SlotKind.BREAK if title == "Déjeuner" else SlotKind.PLENARY
        for day in days:
            _slot(db, day, f"{position}-{day.on}", title, kind, None, hour(9 + 2 * position))
    return [_track(db, edition, days, number, chance) for number in range(tracks)]


def _track(db: Session, edition: Edition, days: list[Day], number: int, chance: random.Random) -> Track:
    name = f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} {number}"
    project = _added(db, Project(slug=f"logiciel-{edition.id}-{number}", name=name))
    track = Track(
        edition_id=edition.id,
        slug=f"parcours-{number}",
        name=name,
        organisation="Direction interministérielle du numérique",
        objective=_prose(chance, 22),
        description="\n\n".join(_prose(chance, 40) for _ in range(3)) + "\n\n- un\n- deux",
        needs=_prose(chance, 25),
        audience=chance.choice(list(Audience)) if number else Audience.OPEN,
        project_id=project.id,
        keywords=chance.sample(WORDS, 3),
        skills=chance.sample(SKILLS, 4),
        verbs=chance.sample(VERBS, 2),
        first_tasks=[{"title": _prose(chance, 6), "level": "facile", "duration": "1 h"} for _ in range(3)],
    )
    _added(db, track)
    host, path = "github.com", f"sprint/logiciel-{edition.id}-{number}"
    repository = _added(db, Repository(url=f"https://{host}/{path}", host=host, path=path, project_id=project.id))
    db.add(TrackRepository(track_id=track.id, repository_id=repository.id, position=0))
    for day in days:
        _slot(db, day, f"{track.slug}-{day.on}", f"Atelier {name}", SlotKind.WORKSHOP, track, hour(10))
        for mode in Mode:
            db.add(TrackCapacity(track_id=track.id, day_id=day.id, mode=mode, seats=chance.choice((2, 5, 8, 20))))
    db.flush()
    return track


def _slot(db: Session, day: Day, identity: str, title: str, kind: SlotKind, track: Track | None, starts: hour) -> None:
    key = track.id if track else None
    ends = hour(starts.hour + 1, 30)
    db.add(
        Slot(
            edition_id=day.edition_id,
            day_id=day.id,
            track_id=key,
            identity=identity,
            title=title,
            kind=kind,
            starts=starts,
            ends=ends,
        )
    )


def _people(db: Session, how_many: int) -> list[Person]:
    office = _added(db, Organisation(slug="dinum", name="Direction interministérielle du numérique", is_public=True))
    people = []
    for number in range(how_many):
        person = Person(
            name=f"Personne {number:03d}",
            email=f"p{number}@example.org",
            language="fr",
            standing=Standing.AGENT,
            created_at=now(),
        )
        _added(db, person)
        db.add(Affiliation(person_id=person.id, organisation_id=office.id, since_on=date(2020, 1, 1)))
        people.append(person)
    return people


def _register(db: Session, tracks: list[Track], people: list[Person], chance: random.Random) -> None:
    """Everybody but the writers takes a day or two in one track; small tracks fill up and people wait."""
    days = sorted({(seat.day_id) for seat in db.new if isinstance(seat, TrackCapacity)}) or _days_of(db, tracks[0])
    for number, person in enumerate(people):
        track = tracks[0] if number == len(people) - 1 else chance.choice(tracks)
        wanted = days if number % 2 else days[:1]
        try:
            register(db, person.id or 0, track, wanted, chance.choice(list(Mode)), f"bench-form-{number}", now())
        except Refused as refused:
            raise AssertionError(f"the base is wrong: {refused.reasons}") from refused


def _days_of(db: Session, track: Track) -> list[int]:
    return list(db.exec(select(Day.id).where(Day.edition_id == track.edition_id).order_by(Day.id)))


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def _added(db, row):  # type: ignore[no-untyped-def]
    db.add(row)
    db.flush()
    return row
