"""From what somebody typed to what they mean to note: what is missing is proposed, and every proposal can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sprint.contributions.recognise import NAMES, PROPOSED, Recognised, Shape, looks_like_address, recognise
from sprint.contributions.rules import Employer
from sprint.contributions.tables import LONGEST_TITLE, Kind
from sprint.programme.rules import Calendar
from sprint.words import Words, say

OWN_TIME = "personnel"
OFF_TRACK = "aucun"


@dataclass(frozen=True)
class TrackChoice:
    """A track one may name; `is_mine` when the person is registered on it."""

    id: int
    slug: str
    name: str
    project_id: int | None
    is_mine: bool


@dataclass(frozen=True)
class Ground:
    """What proposals are drawn from: the edition's days and tracks, and where the person works."""

    calendar: Calendar
    tracks: tuple[TrackChoice, ...]
    employers: tuple[Employer, ...]
    linked: str = ""
    """The track that works on the repository of the link, if there is one."""

    def track(self, slug: str) -> TrackChoice | None:
        return next((one for one in self.tracks if one.slug == slug), None)


@dataclass(frozen=True)
class Typed:
    """What the form holds; an empty text asks for a proposal."""

    text: str = ""
    title: str = ""
    kind: Kind | None = None
    track: str = ""
    done_on: date | None = None
    credit: str = ""


@dataclass(frozen=True)
class Draft:
    """What was understood. `kind`, `title` or `credit` stay empty where only the person can tell."""

    link: Recognised | None
    title: str | Words
    kind: Kind | None
    track: str
    done_on: date
    credit: str


@dataclass(frozen=True)
class Wish:
    """A contribution as its author wants it noted; without `organisation_id` it was done on own time."""

    kind: Kind
    title: str
    description: str
    done_on: date
    track_id: int | None
    project_id: int | None
    organisation_id: int | None
    minutes: int | None
    links: tuple[Recognised, ...]
    is_named: bool = False


def draft(typed: Typed, ground: Ground, now: datetime) -> Draft:
    """What we understand of what was typed. Raises nothing: a link that is none is simply not understood."""
    link = recognise(typed.text) if looks_like_address(typed.text) else None
    done_on = typed.done_on or _day_of(ground.calendar, now)
    return Draft(
        link,
        typed.title or _title(typed.text, link),
        typed.kind or (PROPOSED.get(link.shape) if link else None),
        typed.track or _track(ground),
        done_on,
        typed.credit or _credit(ground.employers, done_on),
    )


def _title(text: str, link: Recognised | None) -> str | Words:
    if link is not None:
        return what_it_is(link) if link.shape in NAMES else ""
    return "" if looks_like_address(text) or len(text) > LONGEST_TITLE else text


def what_it_is(link: Recognised) -> Words:
    """A recognised link in words: « Demande de fusion nº 12 de qgis/QGIS », « Commit 3f9c2ab10f de qgis/QGIS »."""
    what, project = NAMES[link.shape], link.project
    if link.shape in (Shape.COMMIT, Shape.RELEASE):
        return say("%(what)s %(ref)s de %(project)s", what=what, ref=_short(link), project=project)
    return say("%(what)s nº %(ref)s de %(project)s", what=what, ref=link.number, project=project)


def _short(link: Recognised) -> str:
    return link.number[:10] if link.shape == Shape.COMMIT else link.number


def _track(ground: Ground) -> str:
    """The track of the repository, else the only one the person is on."""
    mine = [one.slug for one in ground.tracks if one.is_mine]
    return ground.linked or (mine[0] if len(mine) == 1 else "")


def _day_of(calendar: Calendar, now: datetime) -> date:
    """Today, or the last day once the edition is over."""
    today = calendar.today(now)
    return min(today, calendar.days[-1]) if calendar.days else today


def _credit(employers: Sequence[Employer], done_on: date) -> str:
    """The one administration of that day; own time when there is none; of several the person chooses."""
    there = {one.organisation_id for one in employers if one.covers(done_on)}
    if not there:
        return OWN_TIME
    return str(there.pop()) if len(there) == 1 else ""
