"""Home: the edition people mean when they name none, and the same page for any other."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException

from sprint.announcements.queries import Notice, notices
from sprint.programme.queries import DayOf, EditionView, SlotLine, current_edition, editions, seen_by, slots
from sprint.programme.rules import Phase
from sprint.programme.tables import SlotKind
from sprint.registrations.tables import Mode
from sprint.site.queries import figures_of, unfiltered
from sprint.site.rules.figures import Figures
from sprint.site.rules.filters import Line
from sprint.web.audience import ANYONE
from sprint.web.page import Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

NOTICES = 3
HANDS = 3
"""Tracks short of hands that the page names."""


@dataclass(frozen=True)
class Past:
    """An edition that is over, with what it amounted to."""

    edition: EditionView
    figures: Figures


@dataclass(frozen=True)
class HomePage:
    """The edition shown, or none yet. `past` is the last one before it, or itself once it is over."""

    edition: EditionView | None
    phase: Phase | None = None
    phase_word: Words | None = None
    deadline: Words | None = None
    lines: tuple[Line, ...] = ()
    """The tracks, first those that lack hands most."""
    days: tuple[tuple[DayOf, tuple[SlotLine, ...]], ...] = ()
    past: Past | None = None
    notices: tuple[Notice, ...] = ()
    """What organisers say for now."""
    may_wait: bool = False
    """Whether one may ask to be told: when registration of this edition opens, or of the next one once it is over."""

    @property
    def hands(self) -> tuple[Line, ...]:
        """The tracks that lack hands most."""
        return tuple(line for line in self.lines if line.seats.free)[:HANDS]

    @property
    def open_count(self) -> int:
        """Tracks that anybody may join."""
        return sum(line.card.audience.value == "open" for line in self.lines)

    @property
    def has_remote(self) -> bool:
        return any(offer.mode == Mode.REMOTE for line in self.lines for offer in line.offers)

    @property
    def aside(self) -> tuple[tuple[DayOf, SlotLine], ...]:
        """What one may come to without a track: the first short talks and the first showcase."""
        found = {}
        for day, of_day in self.days:
            for slot in of_day:
                if slot.kind in ASIDE:
                    found.setdefault(slot.kind, (day, slot))
        return tuple(found.values())


ASIDE = (SlotKind.LIGHTNING_TALK, SlotKind.SHOWCASE)


@page(ANYONE, "GET /", "home", kept=True, own=())
def home(visit: Visit) -> Show:
    """The edition people mean when they name none."""
    every = seen_by(visit.kept(editions), visit.member, visit.now)
    meant = current_edition(seen_by(every, None, visit.now), visit.now)
    return _show(_home(visit, every, meant, is_meant=True))


@page(ANYONE, "GET /{edition:edition}", "edition", kept=True, own=())
def one_edition(visit: Visit, edition: str) -> Show:
    """The same page for an edition named in the address."""
    every = seen_by(visit.kept(editions), visit.member, visit.now)
    found = next((view for view in every if view.slug == edition), None)
    if found is None:
        raise HTTPException(404)
    return _show(_home(visit, every, found))


def _home(
    visit: Visit, every: Sequence[EditionView], edition: EditionView | None, *, is_meant: bool = False
) -> HomePage:
    if edition is None:
        return HomePage(None, may_wait=True)
    phase = edition.calendar.phase(visit.now)
    over = [view for view in every if view.calendar.is_over(visit.now)]
    past = edition if edition in over else (over[0] if over else None)
    return HomePage(
        edition,
        phase,
        PHASES[phase],
        _deadline(edition, phase),
        visit.kept(unfiltered, edition).ranked,
        visit.kept(_days, edition),
        Past(past, visit.kept(figures_of, past.id)) if past else None,
        tuple(one for one in visit.kept(notices, edition.id, NOTICES) if one.stands(visit.now)),
        phase == Phase.ANNOUNCED or (is_meant and edition in over),
    )


def _show(shown: HomePage) -> Show:
    """Until the first of its notices ends."""
    ends = min((one.ends_at for one in shown.notices), default=None)
    return Show("site/home.html", shown, good_until=ends)


def _days(db: Session, edition: EditionView) -> tuple[tuple[DayOf, tuple[SlotLine, ...]], ...]:
    """What everybody comes to, day by day: no track of its own, no breaks."""
    common = [
        slot
        for slot in slots(db, edition.id)
        if slot.track_slug is None and slot.starts and slot.kind != SlotKind.BREAK
    ]
    return tuple((day, tuple(slot for slot in common if slot.on == day.on)) for day in edition.days)


PHASES: dict[Phase, Words] = {
    Phase.DRAFT: say("Brouillon, visible de son équipe seulement"),
    Phase.ANNOUNCED: say("Inscriptions bientôt ouvertes"),
    Phase.OPEN: say("Inscriptions ouvertes"),
    Phase.CLOSED: say("Inscriptions closes"),
    Phase.RUNNING: say("Le sprint a lieu en ce moment"),
    Phase.PAST: say("Édition passée"),
    Phase.ARCHIVED: say("Édition passée"),
}


def _deadline(edition: EditionView, phase: Phase) -> Words | None:
    calendar = edition.calendar
    if phase == Phase.OPEN and calendar.closes_at:
        closes = Moment(calendar.closes_at, calendar.zone)
        return say("Gratuit, jusqu’au %(moment)s. On peut contribuer sans savoir coder.", moment=closes)
    if phase == Phase.OPEN:
        return say("Gratuit. On peut contribuer sans savoir coder.")
    if phase in (Phase.DRAFT, Phase.ANNOUNCED) and calendar.opens_at:
        return say("Les inscriptions ouvrent %(moment)s.", moment=Moment(calendar.opens_at, calendar.zone))
    return None
