"""A proposal that waits for the organisers of the demonstration, made with the real actions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from sprint.programme.queries import EditionView
from sprint.proposals.actions import begin, join, save, submit
from sprint.proposals.canvas import seats_part
from sprint.proposals.forms import TESTED_BY
from sprint.registrations.tables import Mode


def build_proposal(db: Session, given: Any, edition: EditionView, by_key: Mapping[str, int], now: datetime) -> None:
    """One track proposed, mentored on both days and sent; `given` is the content of `proposal.json`."""
    texts = dict(given["canvas"])
    tested_by = texts.pop(TESTED_BY)
    texts |= {seats_part(on, Mode.SITE): str(given["seats"]) for on in edition.calendar.days}
    key = begin(db, edition, by_key[given["by"]], "demo-proposition", now)
    save(db, key, texts, texts["nom"], tested_by, now)
    join(db, key, by_key[given["mentor"]], edition.calendar.days, now)
    submit(db, key, by_key[given["by"]], now)
