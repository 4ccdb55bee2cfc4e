"""Makers of rows: typed, keyword-only, the least that is valid. What people do with seats goes through the real actions."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TypeVar

from sqlmodel import Session, select

from sprint.account.rules.invitations import INVITATION_LASTS
from sprint.account.tables import Invitation
from sprint.alerts.tables import Alert
from sprint.people.tables import Affiliation, Grant, Organisation, Person, Right, Scope, Standing
from sprint.programme.tables import Audience, Day, Edition, Slot, SlotKind, Track
from sprint.registrations.actions import Outcome, register
from sprint.registrations.tables import DayCapacity, Mode, TrackCapacity

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
"""When tests take place: registration is open, the sprint two months ahead."""
FIRST_DAY = date(2027, 3, 16)
LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)
"""When editions of tests were announced: before anything happens."""
Row = TypeVar("Row")
_numbers = count(1)


def _added(db: Session, row: Row) -> Row:
    db.add(row)
    db.flush()
    return row


def a_person(
    db: Session,
    *,
    name: str = "Ada Lovelace",
    email: str | None = None,
    language: str = "fr",
    standing: Standing = Standing.AGENT,
    now: datetime = NOW,
) -> Person:
    address = email if email is not None else f"{name.split()[0].lower()}@example.org"
    person = Person(name=name, email=address, language=language, standing=standing, created_at=now)
    return _added(db, person)


def an_organisation(
    db: Session, *, slug: str = "dinum", name: str = "Direction interministérielle du numérique", is_public: bool = True
) -> Organisation:
    return _added(db, Organisation(slug=slug, name=name, is_public=is_public))


def an_affiliation(
    db: Session,
    *,
    person: Person,
    organisation: Organisation,
    since_on: date = date(2020, 1, 1),
    until_on: date | None = None,
) -> Affiliation:
    row = Affiliation(person_id=person.id, organisation_id=organisation.id, since_on=since_on, until_on=until_on)
    return _added(db, row)


def a_grant(
    db: Session,
    *,
    person: Person,
    right: Right,
    over: Edition | Track | None = None,
    until_at: datetime | None = None,
    now: datetime = NOW,
) -> Grant:
    """A right over everything, over an edition or over a track."""
    scope = Scope.EVERYTHING if over is None else Scope.EDITION if isinstance(over, Edition) else Scope.TRACK
    scope_id = None if over is None else over.id
    if right is Right.RECRUITER and until_at is None:
        until_at = now + timedelta(days=366)
    row = Grant(
        person_id=person.id,
        right=right,
        scope_kind=scope,
        scope_id=scope_id,
        given_at=now,
        confirmed_at=now,
        until_at=until_at,
    )
    return _added(db, row)


def an_edition(
    db: Session,
    *,
    slug: str = "sprint-2027",
    name: str = "Sprint 2027",
    days: int = 2,
    first_on: date = FIRST_DAY,
    place: str = "Paris",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    announced_at: datetime | None = LONG_AGO,
) -> Edition:
    """An edition of consecutive days, announced and open for registration unless it says otherwise."""
    edition = Edition(
        slug=slug,
        name=name,
        timezone="Europe/Paris",
        place=place,
        opens_at=opens_at,
        closes_at=closes_at,
        announced_at=announced_at,
    )
    _added(db, edition)
    for number in range(days):
        _added(db, Day(edition_id=edition.id, on=first_on + timedelta(days=number)))
    return edition


def days_of(db: Session, edition: Edition) -> list[Day]:
    """The days of an edition in order."""
    return list(db.exec(select(Day).where(Day.edition_id == edition.id).order_by(Day.on)).all())


def day_ids(db: Session, edition: Edition) -> list[int]:
    return [day.id or 0 for day in days_of(db, edition)]


def a_track(
    db: Session,
    edition: Edition,
    *,
    slug: str = "keycloak",
    name: str = "Installer Keycloak",
    seats: int | None = 1,
    mode: Mode | None = Mode.SITE,
    audience: Audience = Audience.OPEN,
    objective: str = "",
    organisation: str = "",
) -> Track:
    """A track with `seats` each day: on site, at a distance, or both (`mode=None`). Without seats it is not offered."""
    track = Track(
        edition_id=edition.id, slug=slug, name=name, audience=audience, objective=objective, organisation=organisation
    )
    _added(db, track)
    if seats is not None:
        for day in days_of(db, edition):
            for one in Mode if mode is None else (mode,):
                _added(db, TrackCapacity(track_id=track.id, day_id=day.id, mode=one, seats=seats))
    return track


def a_day_limit(db: Session, day: Day, *, seats: int, mode: Mode = Mode.SITE) -> DayCapacity:
    """Seats of a whole day, whatever the track."""
    return _added(db, DayCapacity(day_id=day.id, mode=mode, seats=seats))


def a_slot(
    db: Session,
    edition: Edition,
    *,
    day: Day | None = None,
    track: Track | None = None,
    title: str = "Accueil",
    kind: SlotKind = SlotKind.PLENARY,
    starts: time | None = time(9, 30),
    ends: time | None = None,
    room: str = "",
) -> Slot:
    on = day or days_of(db, edition)[0]
    row = Slot(
        edition_id=edition.id,
        day_id=on.id,
        track_id=track.id if track else None,
        identity=f"slot-{next(_numbers):06}",
        title=title,
        kind=kind,
        starts=starts,
        ends=ends,
        room=room,
    )
    return _added(db, row)


def an_invitation(db: Session, person: Person, edition: Edition, inviter: Person) -> Invitation:
    """A link sent to somebody who was added by hand, open for as long as such links are."""
    row = Invitation(
        person_id=person.id,
        edition_id=edition.id,
        email=person.email,
        invited_by=inviter.id,
        invited_at=NOW,
        expires_at=NOW + INVITATION_LASTS,
        once=f"invitation-{next(_numbers)}",
    )
    return _added(db, row)


def an_alert(
    db: Session,
    email: str = "grace@example.org",
    *,
    edition: Edition | None = None,
    person: Person | None = None,
    language: str = "fr",
    asked_at: datetime = NOW,
    is_confirmed: bool = True,
) -> Alert:
    """An address that waits for an edition, or for the next one, to open."""
    row = Alert(
        email=email,
        mailbox=email.lower(),
        edition_id=edition.id if edition else None,
        person_id=person.id if person else None,
        language=language,
        asked_at=asked_at,
        confirmed_at=asked_at if is_confirmed else None,
    )
    return _added(db, row)


def a_registration(
    db: Session,
    person: Person,
    track: Track,
    *,
    days: list[Day] | None = None,
    mode: Mode = Mode.SITE,
    once: str | None = None,
    now: datetime = NOW,
) -> Outcome:
    """What happens when the person asks for these days (all of them unless said), through the real action."""
    edition = db.get_one(Edition, track.edition_id)
    wanted = [day.id or 0 for day in days] if days is not None else day_ids(db, edition)
    return register(db, person.id or 0, track, wanted, mode, once or f"formulaire-{next(_numbers)}", now)
