"""What the pages of several features read together."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from sprint.contributions.queries import figures_in_short
from sprint.programme.queries import track_cards, track_count
from sprint.programme.tables import Edition, Track
from sprint.registrations.queries import offers
from sprint.registrations.rules import Offer
from sprint.site.rules.figures import Figures, figures
from sprint.site.rules.filters import Line


def lines_of(db: Session, edition_id: int) -> list[Line]:
    """The tracks of an edition with their seats. Two queries."""
    cards = track_cards(db, edition_id)
    by_track: dict[int, list[Offer]] = {}
    for offer in offers(db, [card.id for card in cards]):
        by_track.setdefault(offer.track_id, []).append(offer)
    return [Line(card, tuple(by_track.get(card.id, ()))) for card in cards]


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
