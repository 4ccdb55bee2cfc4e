"""What the pages of several features read together."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from sprint.contributions.queries import figures_in_short
from sprint.programme.queries import (
    EditionView,
    Mentor,
    RepositoryLine,
    SlotLine,
    TrackSheet,
    mentors_of,
    repositories_of,
    slots_of_tracks,
    track_cards,
    track_count,
    track_sheet,
)
from sprint.programme.tables import Edition, Track
from sprint.proposals.queries.questions import Answered, answered_questions
from sprint.registrations.queries import offers
from sprint.registrations.rules import Offer
from sprint.site.rules.figures import Figures, figures
from sprint.site.rules.filters import Group, Line, Wish, facets, ranked


def lines_of(db: Session, edition_id: int) -> tuple[Line, ...]:
    """The tracks of an edition with their seats. Two queries."""
    cards = track_cards(db, edition_id)
    by_track: dict[int, list[Offer]] = {}
    for offer in offers(db, [card.id for card in cards]):
        by_track.setdefault(offer.track_id, []).append(offer)
    return tuple(Line(card, tuple(by_track.get(card.id, ()))) for card in cards)


@dataclass(frozen=True)
class Unfiltered:
    """The whole programme of an edition: its tracks, in the order shown, and the counts beside each filter."""

    lines: tuple[Line, ...]
    ranked: tuple[Line, ...]
    groups: tuple[Group, ...]


def unfiltered(db: Session, edition: EditionView) -> Unfiltered:
    """The programme before anything is asked of it. Two queries."""
    lines = lines_of(db, edition.id)
    return Unfiltered(lines, tuple(ranked(lines)), facets(lines, Wish(), [day.on for day in edition.days]))


@dataclass(frozen=True)
class Canvas:
    """What the page of a track shows everybody."""

    track: TrackSheet
    repositories: tuple[RepositoryLine, ...]
    mentors: tuple[Mentor, ...]
    slots: tuple[SlotLine, ...]
    offers: tuple[Offer, ...]
    questions: tuple[Answered, ...]


def canvas_of(db: Session, edition_id: int, slug: str) -> Canvas | None:
    """The track of an address with what belongs to it. Six queries."""
    track = track_sheet(db, edition_id, slug)
    if track is None:
        return None
    return Canvas(
        track,
        tuple(repositories_of(db, track.id)),
        mentors_of(db, track.id),
        tuple(slots_of_tracks(db, [track.id])),
        tuple(offers(db, [track.id])),
        answered_questions(db, track.id),
    )


def figures_of(db: Session, edition_id: int) -> Figures:
    """What an edition amounted to, from what is kept of it. Three queries."""
    done = figures_in_short(db, edition_id)
    return figures(track_count(db, edition_id), done.people, done.kinds)


@dataclass(frozen=True)
class TrackAddress:
    """What the address of a track holds, with its name in the language its organisers wrote it in."""

    edition: str
    slug: str
    name: str
    language: str


def track_addresses(db: Session) -> list[TrackAddress]:
    """Every track of every edition, by name. One query."""
    columns = select(Edition.slug, Track.slug, Track.name, Track.language)
    rows = db.exec(columns.join(Edition, col(Edition.id) == Track.edition_id).order_by(col(Track.name), col(Track.id)))
    return [TrackAddress(*row) for row in rows]
