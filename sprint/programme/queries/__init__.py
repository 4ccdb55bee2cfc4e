"""Reading editions, days, tracks and slots."""

from sprint.programme.queries.editions import (
    DayOf,
    EditionView,
    current_edition,
    edition_called,
    edition_of_organiser,
    edition_with,
    editions,
    editions_for,
)
from sprint.programme.queries.slot_lines import SlotLine, agenda_slots, slots, slots_of_days, slots_of_tracks
from sprint.programme.queries.tracks import (
    Mentor,
    RepositoryLine,
    TrackCard,
    TrackSheet,
    mentor_counts,
    mentors_of,
    repositories_of,
    track_called,
    track_cards,
    track_count,
    track_sheet,
)

__all__ = [
    "DayOf",
    "EditionView",
    "Mentor",
    "RepositoryLine",
    "SlotLine",
    "TrackCard",
    "TrackSheet",
    "agenda_slots",
    "current_edition",
    "edition_called",
    "edition_of_organiser",
    "edition_with",
    "editions",
    "editions_for",
    "mentor_counts",
    "mentors_of",
    "repositories_of",
    "slots",
    "slots_of_days",
    "slots_of_tracks",
    "track_called",
    "track_cards",
    "track_count",
    "track_sheet",
]
