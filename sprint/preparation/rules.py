"""What makes an edition's file unfit, alone or beside what is already known: pure answers over plain values."""

from collections.abc import Container, Sequence
from datetime import datetime

from sprint.refusal import Refusal
from sprint.words import say


def in_order(opens_at: datetime | None, closes_at: datetime | None, place: str) -> list[Refusal]:
    """Registration opens before it closes."""
    if opens_at is None or closes_at is None or opens_at < closes_at:
        return []
    return [Refusal("closes_before_opening", say("la clôture doit suivre l’ouverture des inscriptions"), place)]


def known_track(slug: str, slugs: Container[str], place: str) -> list[Refusal]:
    """A slot belongs to a track of the file, or to one the edition has already."""
    if slug in slugs:
        return []
    words = say("aucun parcours « %(slug)s », ni dans ce fichier ni dans l’édition", slug=slug)
    return [Refusal("unknown_track", words, place)]


STEP = 10
"""Room left between two slots, so that one put between them later moves no other."""


def positions(held: Sequence[int | None]) -> list[int]:
    """Rising positions for things in order; `held` are those they have (None: new). As many as possible stay."""
    found, last = [], 0
    for own, next_held in zip(held, _next_held(held), strict=True):
        if own is not None and own > last:
            last = own
        elif next_held is not None and next_held > last + 1:
            last += min(STEP, (next_held - last) // 2)
        else:
            last += STEP if next_held is None else 1
        found.append(last)
    return found


def _next_held(held: Sequence[int | None]) -> list[int | None]:
    """For each thing, the first position held by those after it."""
    found: list[int | None] = []
    upcoming: int | None = None
    for own in reversed(held):
        found.append(upcoming)
        upcoming = own if own is not None else upcoming
    return found[::-1]
