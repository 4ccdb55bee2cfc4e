"""One's own proposals: begun from here, written in one page with sections, sent when they say enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView, edition_with, editions, seen_by
from sprint.programme.rules import Deed
from sprint.proposals.actions import begin, leave, note, save, submit, withdraw
from sprint.proposals.canvas import Canvas, Part, seats_part
from sprint.proposals.forms import CanvasForm, NoteForm
from sprint.proposals.queries import (
    MentorLine,
    NoteLine,
    ProposalLine,
    canvas_of,
    mentors_of_proposal,
    my_proposals,
    notes_of,
    proposal_for,
    written_of,
)
from sprint.proposals.rules import Check, checklist, withdrawing, writing
from sprint.proposals.tables import Proposal, State
from sprint.proposals.words import AUDIENCES, BADGES, KINDS, LANGUAGES, OPENNESS, STANDS, STATES
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import PER_PAGE, Pagination, asked_page
from sprint.web.sealed import seal
from sprint.web.visit import Invalid, Visit
from sprint.words import Words, say

MENTOR = "mentor"
"""Purpose of the address that invites a mentor."""
ONE = "my_proposal"
SEND = "envoyer"


@dataclass(frozen=True)
class MyProposalsPage:
    """One's proposals, and the editions that take one."""

    lines: tuple[ProposalLine, ...]
    pages: Pagination
    open_editions: tuple[EditionView, ...]
    once: str
    states: dict[State, Words]
    badges: dict[State, str]


@page(SIGNED_IN, "GET /moi/propositions", "my_proposals")
def mine(visit: Visit) -> Show:
    """Begin one, or go on with one."""
    number = asked_page(visit.request.query_params.get("page"))
    total, lines = my_proposals(visit.db, visit.me.id, Pagination(number, 0).offset, PER_PAGE)
    seen = seen_by(visit.kept(editions), None, visit.now)
    taking = tuple(view for view in seen if view.calendar.allows(Deed.PROPOSE, visit.now))
    shown = MyProposalsPage(tuple(lines), Pagination(number, total), taking, visit.once(), STATES, BADGES)
    return Show("proposals/mine.html", shown)


@page(SIGNED_IN, "POST /moi/propositions", "begin_proposal", shows="my_proposals")
def begin_one(visit: Visit) -> Go:
    """Begin a draft for an edition."""
    asked = visit.data.get("edition")
    seen = seen_by(editions(visit.db), None, visit.now)
    edition = next((view for view in seen if view.slug == asked), None)
    if edition is None:
        raise HTTPException(404)
    form = valid(NoteForm(Posted(visit.data)))
    key = begin(visit.db, edition, visit.me.id, form.once.data or "", visit.now)
    return Go(ONE, {"proposal": key})


@dataclass(frozen=True)
class Row:
    """The seats of a day: a field for each mode."""

    on: date
    fields: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class ProposalPage:
    """A proposal in its team's hands."""

    id: int
    edition: EditionView
    state: State
    stands: Words
    badge: tuple[str, Words]
    texts: dict[str, str]
    tested_by: str
    wrong: dict[str, list[str]]
    rows: tuple[Row, ...]
    checks: tuple[Check, ...]
    mentors: tuple[MentorLine, ...]
    notes: tuple[NoteLine, ...]
    invitation: str
    may_write: bool
    may_withdraw: bool
    refusals: tuple[Words, ...]
    once: str
    kinds: dict[str, Words]
    audiences: dict[str, Words]
    languages: dict[str, Words]
    openness: dict[str, Words]

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(name, error) for name, errors in self.wrong.items() for error in errors]

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def faults(self, name: str) -> list[str]:
        return self.wrong.get(name, [])


@page(SIGNED_IN, "GET /moi/propositions/{proposal:int}", ONE)
def one(visit: Visit, proposal: int) -> Show:
    """Write on it."""
    found, edition = own_proposal(visit, proposal)
    days, mentors = edition.calendar.days, mentors_of_proposal(visit.db, proposal)
    typed = _typed(visit, days)
    canvas = Canvas(typed.texts, typed.tested_by) if typed else canvas_of(found)
    shown = ProposalPage(
        id=proposal,
        edition=edition,
        state=found.state,
        stands=STANDS[found.state],
        badge=(BADGES[found.state], STATES[found.state]),
        texts=dict(canvas.texts),
        tested_by=canvas.tested_by,
        wrong=typed.wrong if typed else {},
        rows=tuple(Row(on, tuple((seats_part(on, mode), HOW[mode]) for mode in Mode)) for on in days),
        checks=checklist(written_of(found, days, mentors)),
        mentors=tuple(mentors),
        notes=tuple(notes_of(visit.db, proposal)),
        invitation=seal(visit.settings, MENTOR, proposal, 0),
        may_write=not writing(found.state, edition.calendar, visit.now),
        may_withdraw=found.person_id == visit.me.id and not withdrawing(found.state),
        refusals=tuple(reason.words for reason in visit.refusals),
        once=visit.once(),
        kinds=KINDS,
        audiences=AUDIENCES,
        languages=LANGUAGES,
        openness=OPENNESS,
    )
    return Show("proposals/proposal.html", shown)


def own_proposal(visit: Visit, proposal: int) -> tuple[Proposal, EditionView]:
    """A proposal of the person's team with its edition, else 404."""
    found = proposal_for(visit.db, visit.me, proposal)
    if found is None:
        raise HTTPException(404)
    return found, edition_with(visit.db, found.edition_id)


def _typed(visit: Visit, days: Sequence[date]) -> CanvasForm | None:
    """What was typed, when it was refused."""
    if isinstance(visit.form, CanvasForm):
        return visit.form
    return CanvasForm(Posted(visit.data), days) if visit.refusals and Part.NAME.value in visit.data else None


@page(SIGNED_IN, "POST /moi/propositions/{proposal:int}", "save_proposal", shows=ONE)
def keep(visit: Visit, proposal: int) -> Go:
    """Keep what was written; with `geste=envoyer`, ask the organisers to read it."""
    _, edition = own_proposal(visit, proposal)
    form = CanvasForm(Posted(visit.data), edition.calendar.days)
    if form.wrong:
        raise Invalid(form)
    save(visit.db, proposal, form.texts, form.name, form.tested_by, visit.now)
    if visit.data.get("geste") == SEND:
        submit(visit.db, proposal, visit.me.id, visit.now)
        return _back(proposal, say("C’est parti : l’équipe du sprint relit votre proposition."))
    return _back(proposal, say("C’est enregistré."))


@page(SIGNED_IN, "POST /moi/propositions/{proposal:int}/mot", "answer_proposal", shows=ONE)
def answer(visit: Visit, proposal: int) -> Go:
    """Say something to the organisers."""
    own_proposal(visit, proposal)
    form = valid(NoteForm(Posted(visit.data)))
    if form.mot.data:
        note(visit.db, proposal, form.mot.data, visit.me.id, form.once.data or "", visit.now)
    return Go(ONE, {"proposal": proposal}, anchor="mots")


@page(SIGNED_IN, "POST /moi/propositions/{proposal:int}/retrait", "withdraw_proposal", shows=ONE)
def give_up(visit: Visit, proposal: int) -> Go:
    """Withdraw it: for who began it."""
    found, _ = own_proposal(visit, proposal)
    if found.person_id != visit.me.id:
        raise HTTPException(404)
    withdraw(visit.db, proposal, visit.me.id, visit.now)
    return _back(proposal, say("La proposition est retirée."))


@page(SIGNED_IN, "POST /moi/propositions/{proposal:int}/mentors/{person:int}/retrait", "dismiss_mentor", shows=ONE)
def dismiss(visit: Visit, proposal: int, person: int) -> Go:
    """Let a mentor go: for who began it, and for the mentor."""
    found, _ = own_proposal(visit, proposal)
    if visit.me.id not in (found.person_id, person):
        raise HTTPException(404)
    leave(visit.db, proposal, person, visit.me.id, visit.now)
    if visit.me.id != found.person_id:
        return Go("my_proposals", says=say("C’est retiré."))
    return _back(proposal, say("C’est retiré."))


def _back(proposal: int, says: Words) -> Go:
    return Go(ONE, {"proposal": proposal}, says=says)
