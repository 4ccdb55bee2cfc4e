"""Programme and tracks: everybody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import cast
from urllib.parse import urlencode

from starlette.exceptions import HTTPException

from sprint.catalogue.rules import forge_name
from sprint.participation.forms import QuestionField, question_fields
from sprint.participation.queries import accepts_conduct
from sprint.participation.queries.questions import answers_of, open_questions
from sprint.participation.rules.questions import at_registration
from sprint.people.rules import is_live
from sprint.people.tables import Right, Scope
from sprint.programme.queries import (
    EditionView,
    RepositoryLine,
    SlotLine,
    TrackSheet,
    current_edition,
    editions,
    seen_by,
)
from sprint.proposals.queries.questions import Answered
from sprint.proposals.words import OPENNESS
from sprint.registrations.queries import applicant_for, queue_places
from sprint.registrations.rules import HOW, Applicant, may_join
from sprint.registrations.tables import Mode
from sprint.site.queries import Canvas, canvas_of, unfiltered
from sprint.site.rules.block import Block, Question, block
from sprint.site.rules.filters import GROUPS, Group, Line, WayOut, Wish, facets, fits, way_out
from sprint.site.rules.lifts import Reason, reason_of
from sprint.web.audience import ANYONE
from sprint.web.forms import Posted
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Chrome, Visit
from sprint.words import Words, say


def furnish(visit: Visit) -> Chrome:
    """For the frame: the edition its links lead to, and until when it is the one."""
    known = visit.kept(editions)
    every = seen_by(known, visit.member, visit.now)
    asked = visit.request.path_params.get("edition")
    here = next((view for view in every if view.slug == asked), None) or _meant(every, visit)
    past = any(view.calendar.is_over(visit.now) for view in every)
    changes = [view.calendar.next_change(visit.now) for view in known]
    return Chrome(here.slug if here else None, past, min(changes, default=None))


def _meant(every: Sequence[EditionView], visit: Visit) -> EditionView | None:
    """The edition of the header where the address names none: the same for everybody."""
    return current_edition(seen_by(every, None, visit.now), visit.now)


# --- programme


@dataclass(frozen=True)
class ProgrammePage:
    """The tracks that answer a wish, with the boxes to change it."""

    edition: EditionView
    lines: tuple[Line, ...]
    total: int
    wish: Wish
    groups: tuple[Group, ...]
    pages: Pagination
    out: WayOut | None
    filters_open: bool
    """Whether the filters are unfolded on a phone; it stands in the address, so it needs no script."""

    def without(self, group: str, value: str) -> str:
        """The question of the address with one choice less."""
        return "?" + urlencode(self.wish.without(group, value).question)

    @property
    def toggled(self) -> str:
        """The question that folds or unfolds the filters."""
        return "?" + urlencode(self.wish.question + (() if self.filters_open else (("filtres", "1"),)))

    @property
    def chosen(self) -> list[tuple[str, str, Words]]:
        word = [("mot", self.wish.word, say("« %(word)s »", word=self.wish.word))] if self.wish.word else []
        boxes = [(box.group, box.value, box.label) for group in self.groups for box in group.choices if box.is_chosen]
        return word + boxes


@page(ANYONE, "GET /{edition:edition}/parcours", "programme", kept=True, own=())
def programme(visit: Visit, edition: str) -> Show:
    """The programme, searched and filtered by what stands in the address."""
    found = _edition(visit, edition)
    whole = visit.kept(unfiltered, found)
    wish = _wish(Posted(visit.request.query_params))
    fitting, groups = whole.ranked, whole.groups
    if not wish.is_empty:
        fitting = tuple(line for line in whole.ranked if fits(line, wish))
        groups = facets(whole.lines, wish, [day.on for day in found.days])
    pages = Pagination(asked_page(visit.request.query_params.get("page")), len(fitting), wish.question)
    unfolded = visit.request.query_params.get("filtres") == "1"
    shown = fitting[pages.offset : pages.offset + pages.per_page]
    out = way_out(whole.lines, wish, len(fitting), groups)
    return Show(
        "site/programme.html", ProgrammePage(found, shown, len(whole.lines), wish, groups, pages, out, unfolded)
    )


def _wish(asked: Posted) -> Wish:
    words = asked.getlist("mot")
    groups = {group: frozenset(value for value in asked.getlist(group) if len(value) <= 20) for group in GROUPS}
    return Wish(words[0].strip()[:100] if words else "", {group: values for group, values in groups.items() if values})


def _edition(visit: Visit, slug: str) -> EditionView:
    found = next((view for view in seen_by(visit.kept(editions), visit.member, visit.now) if view.slug == slug), None)
    if found is None:
        raise HTTPException(404)
    return found


# --- track


@dataclass(frozen=True)
class Conduct:
    """A version of a code of conduct, and where it is read."""

    url: str
    version: str


@dataclass(frozen=True)
class TrackPage:
    """A track on its canvas, with the registration block of the person at hand."""

    edition: EditionView
    track: TrackSheet
    repositories: tuple[tuple[RepositoryLine, str], ...]
    mentors: tuple[str, ...]
    slots: tuple[SlotLine, ...]
    days: tuple[date, ...]
    how: tuple[Words, ...]
    block: Block
    meets_online: bool
    join_url: str
    chat_url: str
    openness: Words | None
    questions: tuple[Answered, ...]
    takes_questions: bool
    asked: str
    """What was typed as a question, when it was refused."""
    asking_refusals: tuple[Words, ...]
    refusals: tuple[Reason, ...]
    once: str
    conduct: Conduct | None
    """The code of conduct one accepts by registering, for who did not yet."""
    questions_asked: tuple[QuestionField, ...]
    """What registering cannot do without knowing."""


@dataclass(frozen=True)
class Coming:
    """What the page of a track depends on that is one's own: what one holds and whom one works for, and what one said already."""

    applicant: Applicant
    accepts_conduct: bool
    answered: frozenset[int]
    """Which of the required questions."""


def as_one_comes(visit: Visit, edition: str, track: str) -> Coming:
    """All of it, for the person at hand."""
    found = _edition(visit, edition)
    applicant = applicant_for(visit.db, visit.me.id, found, visit.now)
    # Whoever has a seat is asked on their own page.
    accepts = bool(applicant.held) or accepts_conduct(visit.db, visit.me.id, found.id, found.conduct_version)
    required = [one.id for one in visit.kept(open_questions, found.id) if one.is_required]
    return Coming(applicant, accepts, frozenset(answers_of(visit.db, visit.me.id, required)))


@page(ANYONE, "GET /{edition:edition}/parcours/{track:slug}", "track", kept=True, own=as_one_comes)
def track(visit: Visit, edition: str, track: str) -> Show:
    """One track."""
    found = _edition(visit, edition)
    canvas = visit.kept(canvas_of, found.id, track)
    if canvas is None:
        raise HTTPException(404)
    mentors = [one for one in canvas.mentors if is_live(one.until_at, visit.now)]
    coming = (visit.own or as_one_comes(visit, edition, track)) if visit.member else None
    applicant = coming.applicant if coming else None
    asked = str(visit.data.get("question", ""))
    joins = may_join(_organises(visit, found), applicant, canvas.track.id)
    shown = TrackPage(
        found,
        canvas.track,
        tuple((line, forge_name(line.host)) for line in canvas.repositories),
        tuple(one.name for one in mentors),
        canvas.slots,
        tuple(sorted({offer.on for offer in canvas.offers})),
        tuple(HOW[mode] for mode in Mode if any(offer.mode == mode for offer in canvas.offers)),
        _block(visit, found, canvas, applicant),
        bool(canvas.track.join_url) and any(offer.mode == Mode.REMOTE for offer in canvas.offers),
        canvas.track.join_url if joins else "",
        canvas.track.chat_url if joins else "",
        OPENNESS[canvas.track.openness] if canvas.track.openness else None,
        canvas.questions,
        not found.calendar.is_over(visit.now),
        asked,
        tuple(one.words for one in _refusals(visit)) if asked else (),
        () if asked else _refusals(visit),
        visit.once() if visit.member else "",
        None if coming is None or coming.accepts_conduct else Conduct(found.conduct_url, found.conduct_version),
        _questions_asked(visit, found, canvas.track.id, coming) if coming else (),
    )
    ends = min((one.until_at for one in mentors if one.until_at), default=None)
    return Show("site/track.html", shown, good_until=ends)


def _questions_asked(visit: Visit, edition: EditionView, track_id: int, coming: Coming) -> tuple[QuestionField, ...]:
    tracks = {held.track_id for held in coming.applicant.held}
    questions, comes = visit.kept(open_questions, edition.id), bool(tracks)
    asked = at_registration(questions, track_id, answered=coming.answered, comes=comes, is_on_track=track_id in tracks)
    return question_fields(asked, {}, visit.data, visit.refusals) if asked else ()


def _organises(visit: Visit, edition: EditionView) -> bool:
    return visit.member is not None and visit.member.holds_over(Right.ORGANISER, Scope.EDITION, edition.id)


def _block(visit: Visit, edition: EditionView, canvas: Canvas, applicant: Applicant | None) -> Block:
    waits = applicant is not None and any(held.state.value == "waiting" for held in applicant.held)
    track = canvas.track
    places = queue_places(visit.db, visit.me.id, [track.id]) if waits else {}
    hours = hours_by_day(canvas.slots)
    question = Question(
        edition.calendar, track.audience, track.id, track.name, canvas.offers, hours, applicant, places, visit.now
    )
    return block(question)


def _refusals(visit: Visit) -> tuple[Reason, ...]:
    typed = (Reason(say("%(error)s", error=str(error))) for field in visit.form or () for error in field.errors)
    return (*(reason_of(one) for one in visit.refusals), *typed)


def hours_by_day(own: Sequence[SlotLine]) -> dict[date, tuple[time, time | None]]:
    """From the first to the last hour of a track's own slots, by day."""
    hours = {}
    for on, of_day in groupby(own, key=lambda slot: slot.on):
        timed = [slot for slot in of_day if slot.starts]
        if timed:
            ends = [slot.ends for slot in timed if slot.ends]
            hours[on] = (min(cast(time, slot.starts) for slot in timed), max(ends) if ends else None)
    return hours
