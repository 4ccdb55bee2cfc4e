"""The desk's first page: what is wrong today, each number opening its list, and the tracks to work in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sprint.alerts.queries import waiting_count
from sprint.contributions.queries import states_for
from sprint.contributions.tables import State as Review
from sprint.dashboards.rules.settling import FullDay, Matter, Silence, to_settle, where_we_stand
from sprint.dashboards.rules.tracks import (
    ANY_NEED,
    NEEDS,
    REMEDIES,
    Column,
    Need,
    TrackLine,
    Wish,
    a_wish,
    fitting,
    track_line,
)
from sprint.notices.queries import counts_for
from sprint.notices.tables import LetterState
from sprint.people.queries import next_grant_end
from sprint.preparation.desk.life import Choice, choice_of
from sprint.preparation.rules import Step
from sprint.programme.queries import EditionView, mentor_counts, track_cards
from sprint.programme.rules import Phase, is_over
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.desk.undoing import UndoLine, good_for, undo_lines, undoable_in
from sprint.registrations.presence import Call
from sprint.registrations.queries import offers
from sprint.registrations.queries.presence import Crowd, awaited_people, crowd_of
from sprint.registrations.rules import Offer
from sprint.registrations.tables import State
from sprint.web.audience import ORGANISERS
from sprint.web.forms import clean
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words


@dataclass(frozen=True)
class OverviewPage:
    """What to settle, and one page of the tracks."""

    edition: EditionView
    stands: Words
    people: int
    onward: Choice | None
    """The step that leads on from a phase in which nobody can register yet."""
    matters: tuple[Matter, ...]
    is_past: bool
    total: int
    needing: int
    wish: Wish
    lines: tuple[TrackLine, ...]
    pages: Pagination
    undoable: tuple[UndoLine, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def only_words(self) -> Words | None:
        """The one need the table is narrowed to, when it is."""
        return NEEDS[Need(self.wish.only)] if self.wish.only in list(Need) else None

    @property
    def any_need(self) -> str:
        return ANY_NEED

    def remedy(self, line: TrackLine) -> Words | None:
        return REMEDIES[line.remedy] if line.remedy else None

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column)

    def question(self, wish: Wish) -> list[tuple[str, str]]:
        """For a link that keeps what was asked."""
        return list(wish.question)


@page(ORGANISERS, "GET /organisation/{edition:edition}", "desk_edition", own=())
def desk_edition(visit: Visit, edition: str) -> Show:
    """What is wrong today, and the tracks: searched, narrowed and sorted by what stands in the address."""
    found = edition_for(visit, edition)
    crowd = crowd_of(visit.db, found)
    lines, offered = track_lines(visit, found, crowd)
    undelivered = counts_for(visit.db, visit.me, found.id).get(LetterState.UNDELIVERED, 0)
    proposed = states_for(visit.db, visit.me, found.id).get(Review.PROPOSED, 0)
    wish = _wish(visit)
    kept, done = fitting(lines, wish), undoable_in(visit, found)
    pages = Pagination(asked_page(visit.request.query_params.get("page")), len(kept), wish.question)
    shown = OverviewPage(
        edition=found,
        stands=where_we_stand(found.calendar, visit.now),
        people=crowd.people.get(State.CONFIRMED, 0),
        onward=_onward(visit, found),
        matters=tuple(
            to_settle(
                lines,
                crowd.people.get(State.WAITING, 0),
                _silence(visit, crowd.call),
                undelivered,
                proposed,
                _full_days(visit, found, offered),
            )
        ),
        is_past=_is_past(visit, found),
        total=len(lines),
        needing=sum(bool(line.needs) for line in lines),
        wish=wish,
        lines=tuple(kept[pages.offset : pages.offset + pages.per_page]),
        pages=pages,
        undoable=undo_lines(found, done),
    )
    ends = [next_grant_end(visit.db, visit.now), *([crowd.call.asks_at, crowd.call.due_at] if crowd.call else [])]
    soonest = min((at for at in ends if at is not None and at > visit.now), default=None)
    return Show("dashboards/overview.html", shown, good_until=good_for(done, soonest))


def _silence(visit: Visit, call: Call | None) -> Silence | None:
    """Who has not answered, while they still may."""
    if call is None or not call.is_open(visit.now):
        return None
    return Silence(awaited_people(visit.db, call), call.until)


def _onward(visit: Visit, edition: EditionView) -> Choice | None:
    """Opening registration, where the edition is announced and nothing stands against it."""
    if edition.calendar.phase(visit.now) != Phase.ANNOUNCED:
        return None
    choice = choice_of(Step.OPEN, edition.calendar, 0, visit, waiting_count(visit.db, edition.id))
    return None if choice.reasons else choice


def track_lines(visit: Visit, edition: EditionView, crowd: Crowd) -> tuple[list[TrackLine], list[Offer]]:
    """Every track with what it lacks, and all that is offered. Three queries."""
    cards = track_cards(visit.db, edition.id)
    ids = [card.id for card in cards]
    offered = offers(visit.db, ids)
    by_track: dict[int, list[Offer]] = {}
    for offer in offered:
        by_track.setdefault(offer.track_id, []).append(offer)
    mentors = mentor_counts(visit.db, ids, visit.now)
    lines = [
        track_line(
            card,
            by_track.get(card.id, []),
            crowd.waiting.get(card.id, 0),
            mentors.get(card.id, 0),
            is_past=_is_past(visit, edition),
        )
        for card in cards
    ]
    return lines, offered


def _is_past(visit: Visit, edition: EditionView) -> bool:
    return edition.calendar.is_over(visit.now)


def _full_days(visit: Visit, edition: EditionView, offered: Sequence[Offer]) -> list[FullDay]:
    """Days to come whose limit is reached; a day where no track offers a seat needs none."""
    full = {FullDay(one.on, one.mode) for one in offered if one.day_is_full}
    ahead = [one for one in full if not is_over(one.on, edition.calendar, visit.now)]
    return sorted(ahead, key=lambda one: (one.on, one.mode))


def _wish(visit: Visit) -> Wish:
    asked = visit.request.query_params
    word = clean(asked.get("mot", "")).strip()[:100]
    return a_wish(word, asked.get("seulement", ""), asked.get("tri", ""), asked.get("sens", ""))
