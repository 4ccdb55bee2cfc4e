"""Who is expected in each track, in which team; whether one may take their picture, for organisers."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.participation.queries.expected import Expected, expected_people, tracks_read_by
from sprint.participation.tables import Images
from sprint.people.tables import Right, Scope
from sprint.programme.queries import EditionView, edition_seen
from sprint.web.audience import REVIEWERS
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import ShortDay, Words, say

PICTURES: dict[Images | None, Words] = {
    Images.YES: say("photos possibles"),
    Images.NO: say("pas de photo"),
    None: say("pas de photo (sans réponse)"),
}
EVERY_TRACK, EVERY_DAY = say("Tous les parcours"), say("Tous les jours")


@dataclass(frozen=True)
class ExpectedPage:
    """People with a seat, a line for each of their tracks."""

    edition: EditionView
    rows: tuple[Expected, ...]
    pages: Pagination
    tracks: tuple[tuple[str, Words | str], ...]
    days: tuple[tuple[str, Words], ...]
    track: str
    day: str
    pictures: dict[Images | None, Words] | None
    """None for mentors: pictures are for the team of the edition to take."""

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(REVIEWERS, "GET /organisation/{edition:edition}/attendus", "desk_expected")
def desk_expected(visit: Visit, edition: str) -> Show:
    """Those who come, of the tracks one may read."""
    found = edition_seen(visit.db, edition, visit.me, visit.now)
    organises = found is not None and visit.me.holds_over(Right.ORGANISER, Scope.EDITION, found.id)
    tracks = tracks_read_by(visit.db, visit.me, found.id) if found else []
    if found is None or not (tracks or organises):
        raise HTTPException(404)
    asked = visit.request.query_params
    chosen = next((one for one in tracks if one.slug == asked.get("parcours")), None)
    day = next((one for one in found.days if one.on.isoformat() == asked.get("jour")), None)
    track, on = chosen.slug if chosen else "", day.on.isoformat() if day else ""
    number = asked_page(asked.get("page"))
    first = Pagination(number, 0)
    wanted = [one.id for one in ([chosen] if chosen else tracks)]
    total, rows = expected_people(visit.db, wanted, day.id if day else None, first.offset, first.per_page)
    question = tuple((name, value) for name, value in (("parcours", track), ("jour", on)) if value)
    shown = ExpectedPage(
        found,
        tuple(rows),
        Pagination(number, total, question),
        (("", EVERY_TRACK), *((one.slug, one.name) for one in tracks)),
        (("", EVERY_DAY), *((one.on.isoformat(), say("%(day)s", day=ShortDay(one.on))) for one in found.days)),
        track,
        on,
        PICTURES if organises else None,
    )
    return Show("participation/desk_expected.html", shown)
