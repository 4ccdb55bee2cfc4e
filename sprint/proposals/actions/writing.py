"""What a team does with its proposal: begin it, write on it, send it, withdraw it, be joined by mentors."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, select

from sprint.account.actions import grant_right, revoke_right
from sprint.account.queries import held_grants
from sprint.journal import new_act, record
from sprint.people.tables import Right, Scope
from sprint.programme.queries import EditionView, edition_with
from sprint.proposals import rules
from sprint.proposals.facts import ProposalFact
from sprint.proposals.queries import begun_with, mentors_of_proposal, written_of
from sprint.proposals.tables import Proposal, ProposalMentor, State
from sprint.refusal import Refused


def begin(db: Session, edition: EditionView, person_id: int, once: str, now: datetime) -> int:
    """An empty draft; gives its id, the same for the same form received twice. Raises Refused."""
    known = begun_with(db, person_id, once)
    if known is not None:
        return known
    _refuse(rules.proposing(edition.calendar, now))
    proposal = Proposal(edition_id=edition.id, person_id=person_id, once=once, begun_at=now, saved_at=now)
    db.add(proposal)
    db.flush()
    tell(db, proposal, ProposalFact.BEGUN, person_id, now)
    return proposal.id or 0


def save(db: Session, proposal_id: int, canvas: Mapping[str, str], name: str, tested_by: str, now: datetime) -> bool:
    """Keep what was written, as far as it got; False when it was so already. Raises Refused."""
    proposal = held(db, proposal_id)
    _refuse(rules.writing(proposal.state, edition_with(db, proposal.edition_id).calendar, now))
    if (proposal.canvas, proposal.name, proposal.tested_by or "") == (dict(canvas), name, tested_by):
        return False
    proposal.canvas, proposal.name, proposal.tested_by = dict(canvas), name, tested_by or None
    proposal.saved_at = now
    db.flush()
    return True


def submit(db: Session, proposal_id: int, actor_id: int, now: datetime) -> None:
    """Ask the organisers to read it. Raises Refused with all it lacks."""
    proposal = held(db, proposal_id)
    edition = edition_with(db, proposal.edition_id)
    written = written_of(proposal, edition.calendar.days, mentors_of_proposal(db, proposal_id))
    reasons = rules.writing(proposal.state, edition.calendar, now) + rules.submitting(proposal.state, written)
    if proposal.state == State.DRAFT:
        reasons = rules.proposing(edition.calendar, now) + reasons
    _refuse(reasons)
    if proposal.state in (State.DRAFT, State.RETURNED):
        proposal.state, proposal.submitted_at = State.SUBMITTED, now
        tell(db, proposal, ProposalFact.SUBMITTED, actor_id, now)


def withdraw(db: Session, proposal_id: int, actor_id: int, now: datetime) -> None:
    """Give it up; what is published stays published. Raises Refused."""
    proposal = held(db, proposal_id)
    _refuse(rules.withdrawing(proposal.state))
    proposal.state = State.WITHDRAWN
    tell(db, proposal, ProposalFact.WITHDRAWN, actor_id, now)


def join(db: Session, proposal_id: int, person_id: int, days: Collection[date], now: datetime) -> None:
    """Accept to mentor on these days; again, to say other days. A published track is theirs at once. Raises Refused."""
    proposal = held(db, proposal_id)
    _refuse(rules.writing(proposal.state, edition_with(db, proposal.edition_id).calendar, now))
    _refuse(rules.mentoring(days))
    known = _mentor(db, proposal_id, person_id)
    said = [on.isoformat() for on in sorted(days)]
    if known is not None:
        known.days = said
        return
    db.add(ProposalMentor(proposal_id=proposal_id, person_id=person_id, days=said, joined_at=now))
    db.flush()
    tell(db, proposal, ProposalFact.MENTOR_JOINED, person_id, now)
    entrust(db, proposal, person_id, person_id, now)


def leave(db: Session, proposal_id: int, person_id: int, actor_id: int, now: datetime) -> None:
    """Mentor it no more: by oneself, or by who proposed it."""
    proposal = held(db, proposal_id)
    known = _mentor(db, proposal_id, person_id)
    if known is None:
        return
    db.delete(known)
    tell(db, proposal, ProposalFact.MENTOR_LEFT, actor_id, now)
    if proposal.track_id is not None and _mentors_already(db, proposal.track_id, person_id, now):
        revoke_right(db, person_id, Right.MENTOR, Scope.TRACK, proposal.track_id, now, actor_id)


def entrust(db: Session, proposal: Proposal, person_id: int, actor_id: int, now: datetime) -> None:
    """Give a mentor the published track, unless they have it."""
    if proposal.track_id is not None and not _mentors_already(db, proposal.track_id, person_id, now):
        grant_right(db, person_id, Right.MENTOR, Scope.TRACK, proposal.track_id, None, now, actor_id)


def _mentors_already(db: Session, track_id: int, person_id: int, now: datetime) -> bool:
    return bool(held_grants(db, person_id, Right.MENTOR, Scope.TRACK, track_id, now))


def _mentor(db: Session, proposal_id: int, person_id: int) -> ProposalMentor | None:
    where = (ProposalMentor.proposal_id == proposal_id, ProposalMentor.person_id == person_id)
    return db.exec(select(ProposalMentor).where(*where)).first()


def held(db: Session, proposal_id: int) -> Proposal:
    """The proposal, held until the transaction ends."""
    statement = select(Proposal).where(Proposal.id == proposal_id).with_for_update(key_share=True)
    return db.exec(statement.execution_options(populate_existing=True)).one()


def tell(db: Session, proposal: Proposal, kind: ProposalFact, actor_id: int, now: datetime, act: str = "") -> None:
    """Record what happened to a proposal; `act` is what it is part of."""
    detail: dict[str, int | str] = {"proposal": proposal.id or 0}
    about = {"person_id": proposal.person_id, "edition_id": proposal.edition_id, "track_id": proposal.track_id}
    record(db, act or new_act(), kind, now, actor_id=actor_id, detail=detail, **about)


def _refuse(reasons: list[rules.Refusal]) -> None:
    if reasons:
        raise Refused(*reasons)
