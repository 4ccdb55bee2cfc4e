"""Proposals as organisers read them: a list, one after the other, a word, a decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session
from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView
from sprint.programme.tables import Openness
from sprint.proposals.actions import decline, note, publish, send_back
from sprint.proposals.canvas import Canvas, Part
from sprint.proposals.forms import DecisionForm, NoteForm
from sprint.proposals.queries import (
    MentorLine,
    NoteLine,
    ProposalLine,
    canvas_of,
    mentors_of_proposal,
    notes_of,
    proposal_of,
    proposals_of,
    written_of,
)
from sprint.proposals.rules import Check, checklist, publishing
from sprint.proposals.tables import Proposal, State
from sprint.proposals.words import AUDIENCES, BADGES, KINDS, LANGUAGES, OPENNESS, STATES
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import PER_PAGE, Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say

ONE = "desk_proposal"
PUBLISH, SEND_BACK, DECLINE = "publier", "rendre", "decliner"


@dataclass(frozen=True)
class ProposalsPage:
    """What the teams of an edition propose."""

    edition: EditionView
    lines: tuple[ProposalLine, ...]
    pages: Pagination
    states: dict[State, Words]
    badges: dict[State, str]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/propositions", "desk_proposals")
def proposals(visit: Visit, edition: str) -> Show:
    """What waits to be read, then the rest."""
    found = edition_for(visit, edition)
    number = asked_page(visit.request.query_params.get("page"))
    total, lines = proposals_of(visit.db, found.id, Pagination(number, 0).offset, PER_PAGE)
    shown = ProposalsPage(found, tuple(lines), Pagination(number, total), STATES, BADGES)
    return Show("proposals/desk_proposals.html", shown)


@dataclass(frozen=True)
class DeskProposalPage:
    """One proposal, as its track will read, with what it lacks."""

    edition: EditionView
    id: int
    name: str
    state: State
    badge: tuple[str, Words]
    canvas: Canvas
    seats: tuple[tuple[date, Words, int], ...]
    closed: tuple[tuple[Words, Words], ...]
    checks: tuple[Check, ...]
    lacks: tuple[Words, ...]
    mentors: tuple[MentorLine, ...]
    notes: tuple[NoteLine, ...]
    has_changes: bool
    refusals: tuple[Words, ...]
    once: str

    @property
    def edition_name(self) -> str:
        return self.edition.name

    def text(self, part: str) -> str:
        return self.canvas.text(Part(part))


@page(ORGANISERS, "GET /organisation/{edition:edition}/propositions/{proposal:int}", ONE)
def one(visit: Visit, edition: str, proposal: int) -> Show:
    """Read it, and decide."""
    found = edition_for(visit, edition)
    asked = _proposal(visit, found, proposal)
    canvas, mentors = canvas_of(asked), mentors_of_proposal(visit.db, proposal)
    written = written_of(asked, found.calendar.days, mentors)
    offered = [(on, HOW[mode], canvas.seats(on, mode)) for on in found.calendar.days for mode in Mode]
    shown = DeskProposalPage(
        edition=found,
        id=proposal,
        name=asked.name,
        state=asked.state,
        badge=(BADGES[asked.state], STATES[asked.state]),
        canvas=canvas,
        seats=tuple(line for line in offered if line[2]),
        closed=_closed(canvas),
        checks=checklist(written),
        lacks=tuple(reason.words for reason in publishing(asked.state, written)),
        mentors=tuple(mentors),
        notes=tuple(notes_of(visit.db, proposal)),
        has_changes=asked.published_at is not None and asked.saved_at > asked.published_at,
        refusals=tuple(reason.words for reason in visit.refusals),
        once=visit.once(),
    )
    return Show("proposals/desk_proposal.html", shown)


def _closed(canvas: Canvas) -> tuple[tuple[Words, Words], ...]:
    """What was chosen in closed lists."""
    openness: Openness | str = canvas.openness or ""
    return (
        (say("Nature"), KINDS[canvas.kind]),
        (say("Pour qui"), AUDIENCES[canvas.audience]),
        (say("Langue"), LANGUAGES[canvas.text(Part.LANGUAGE) or "fr"]),
        (say("Marché de support de l’État"), say("oui") if canvas.is_supported else say("non")),
        (say("Ouverture"), OPENNESS[openness]),
    )


def _proposal(visit: Visit, edition: EditionView, proposal: int) -> Proposal:
    """A proposal of the edition that was sent once, else 404."""
    found = proposal_of(visit.db, edition, proposal)
    if found is None:
        raise HTTPException(404)
    return found


@page(ORGANISERS, "POST /organisation/{edition:edition}/propositions/{proposal:int}/mot", "note_proposal", shows=ONE)
def say_something(visit: Visit, edition: str, proposal: int) -> Go:
    """A word to the team, without deciding."""
    _proposal(visit, edition_for(visit, edition), proposal)
    form = valid(NoteForm(Posted(visit.data)))
    if form.mot.data:
        note(visit.db, proposal, form.mot.data, visit.me.id, form.once.data or "", visit.now)
    return Go(ONE, {"edition": edition, "proposal": proposal}, anchor="mots")


@page(ORGANISERS, "POST /organisation/{edition:edition}/propositions/{proposal:int}", "decide_proposal", shows=ONE)
def decide(visit: Visit, edition: str, proposal: int) -> Go:
    """Publish it, send it back, or decline it (`geste`)."""
    _proposal(visit, edition_to_change(visit, edition), proposal)
    gesture = visit.data.get("geste")
    here = {"edition": edition, "proposal": proposal}
    if gesture == PUBLISH:
        track = publish(visit.db, proposal, visit.me.id, visit.now)
        return Go("desk_track", {"edition": edition, "track": track.slug}, says=say("Le parcours est publié."))
    form = valid(DecisionForm(Posted(visit.data)))
    acts: dict[str, tuple[Callable[[Session, int, str, int, str, datetime], None], Words]] = {
        SEND_BACK: (send_back, say("La proposition est de nouveau dans les mains de son équipe.")),
        DECLINE: (decline, say("La proposition est déclinée.")),
    }
    if not isinstance(gesture, str) or gesture not in acts:
        raise HTTPException(404)
    act, says = acts[gesture]
    act(visit.db, proposal, form.raison.data or "", visit.me.id, form.once.data or "", visit.now)
    return Go(ONE, here, says=says)
