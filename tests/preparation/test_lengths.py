"""A file may be as long as its column and no longer: the two are written down apart, and must agree."""

from datetime import date
from typing import Any

import pytest

from sprint.catalogue.tables import Repository
from sprint.preparation.reading import edition, places, slots, tracks
from sprint.preparation.shape import slot_identity
from sprint.programme.tables import Day, Edition, Slot, Track


@pytest.mark.parametrize(
    ("table", "column", "longest"),
    [
        (Edition, "slug", edition.SLUG),
        (Edition, "name", edition.NAME),
        (Edition, "timezone", edition.ZONE),
        (Edition, "place", places.PLACE),
        (Day, "place", places.PLACE),
        (Edition, "address", places.ADDRESS),
        (Track, "slug", tracks.SLUG),
        (Track, "name", tracks.NAME),
        (Track, "organisation", tracks.ORGANISATION),
        (Track, "language", tracks.LANGUAGE),
        (Track, "objective", tracks.OBJECTIVE),
        (Track, "description", tracks.DESCRIPTION),
        (Track, "needs", tracks.NEEDS),
        (Slot, "title", slots.TITLE),
        (Slot, "block", slots.BLOCK),
        (Slot, "room", slots.ROOM),
        (Repository, "url", tracks.URL),
        (Repository, "host", tracks.HOST),
        (Repository, "path", tracks.PATH),
    ],
)
def test_a_file_may_be_as_long_as_its_column_and_no_longer(table: Any, column: str, longest: int) -> None:
    assert table.__table__.c[column].type.length == longest


def test_a_key_fits_in_the_identity_of_a_slot() -> None:
    widest: Any = Slot.__table__.c.identity.type  # type: ignore[attr-defined]
    assert len(slot_identity("k" * slots.KEY, date.max, None, "", "")) <= widest.length
