"""Contributions made through the real actions, the least that is valid."""

from datetime import date, datetime
from itertools import count

from sqlmodel import Session

from sprint.contributions.actions import accept, log
from sprint.contributions.drafting import Wish
from sprint.contributions.recognise import recognise
from sprint.contributions.tables import Kind
from sprint.people.queries import member
from sprint.people.rules import Member
from sprint.people.tables import Person
from sprint.programme.queries import edition_with
from sprint.programme.tables import Track
from tests.makers import NOW

DONE_ON = date(2027, 1, 11)
PULL = "https://github.com/InseeFrLab/onyxia/pull/12"
_numbers = count(1)


def a_wish(
    *,
    kind: Kind = Kind.DOCUMENTATION,
    title: str = "Guide du premier lancement",
    track: Track | None = None,
    links: tuple[str, ...] = (),
    organisation_id: int | None = None,
    done_on: date = DONE_ON,
    is_named: bool = False,
) -> Wish:
    return Wish(
        kind=kind,
        title=title,
        description="",
        done_on=done_on,
        track_id=track.id if track else None,
        project_id=track.project_id if track else None,
        organisation_id=organisation_id,
        minutes=None,
        links=tuple(link for url in links if (link := recognise(url))),
        is_named=is_named,
    )


def a_contribution(
    db: Session,
    person: Person,
    track: Track,
    *,
    kind: Kind = Kind.DOCUMENTATION,
    title: str = "Guide du premier lancement",
    links: tuple[str, ...] = (),
    organisation_id: int | None = None,
    is_named: bool = False,
    now: datetime = NOW,
) -> int:
    """The id of a contribution that waits for a decision."""
    wish = a_wish(kind=kind, title=title, track=track, links=links, organisation_id=organisation_id, is_named=is_named)
    return log(db, person.id or 0, track.edition_id, wish, f"formulaire-{next(_numbers)}", now).contribution_id


def as_member(db: Session, person: Person, now: datetime = NOW) -> Member:
    found = member(db, person.id or 0, now)
    assert found is not None
    return found


def accepted(db: Session, by: Person, track: Track, *contribution_ids: int, now: datetime = NOW) -> None:
    accept(db, as_member(db, by), edition_with(db, track.edition_id), contribution_ids, now)
