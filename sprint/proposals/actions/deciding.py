"""What organisers do with a proposal: comment on it, send it back, decline it, publish it."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from sprint.catalogue.actions import known_repository
from sprint.catalogue.tables import Project
from sprint.journal import new_act
from sprint.programme.queries import EditionView, edition_with
from sprint.programme.tables import Track, TrackRepository
from sprint.proposals import rules
from sprint.proposals.actions.writing import entrust, held, tell
from sprint.proposals.canvas import Canvas, Part
from sprint.proposals.facts import ProposalFact
from sprint.proposals.queries import canvas_of, mentors_of_proposal, written_of
from sprint.proposals.tables import Proposal, ProposalNote, State
from sprint.refusal import Refused
from sprint.registrations.actions import Seats, set_seats
from sprint.registrations.actions.seats import lock_edition
from sprint.registrations.tables import Mode


def note(db: Session, proposal_id: int, words: str, author_id: int, once: str, now: datetime) -> None:
    """Say something about it, to its team and the organisers. Once for a form received twice."""
    proposal = held(db, proposal_id)
    if _note(db, proposal, words, author_id, once, now):
        tell(db, proposal, ProposalFact.NOTED, author_id, now)


def send_back(db: Session, proposal_id: int, words: str, actor_id: int, once: str, now: datetime) -> None:
    """Hand it back to its team, with what is to be completed. Raises Refused."""
    _decide(db, proposal_id, State.RETURNED, ProposalFact.RETURNED, words, actor_id, once, now)


def decline(db: Session, proposal_id: int, words: str, actor_id: int, once: str, now: datetime) -> None:
    """Not in this edition, and why. Raises Refused."""
    _decide(db, proposal_id, State.DECLINED, ProposalFact.DECLINED, words, actor_id, once, now)


def _decide(
    db: Session,
    proposal_id: int,
    state: State,
    kind: ProposalFact,
    words: str,
    actor_id: int,
    once: str,
    now: datetime,
) -> None:
    proposal = held(db, proposal_id)
    if _said(db, actor_id, once):
        return
    reasons = rules.deciding(proposal.state, words)
    if reasons:
        raise Refused(*reasons)
    _note(db, proposal, words, actor_id, once, now)
    proposal.state = state
    tell(db, proposal, kind, actor_id, now)


def _said(db: Session, author_id: int, once: str) -> bool:
    where = (ProposalNote.person_id == author_id, ProposalNote.once == once)
    return db.exec(select(ProposalNote.id).where(*where)).first() is not None


def _note(db: Session, proposal: Proposal, words: str, author_id: int, once: str, now: datetime) -> bool:
    if _said(db, author_id, once):
        return False
    db.add(ProposalNote(proposal_id=proposal.id or 0, person_id=author_id, words=words, said_at=now, once=once))
    db.flush()
    return True


# --- publishing


def publish(db: Session, proposal_id: int, actor_id: int, now: datetime) -> Track:
    """Make the track of it, or bring the track to what its team wrote since; seats are opened the first time only.

    The edition is held before the proposal. Raises Refused with all that is missing.
    """
    lock_edition(db, db.get_one(Proposal, proposal_id).edition_id)
    proposal = held(db, proposal_id)
    edition = edition_with(db, proposal.edition_id)
    mentors = mentors_of_proposal(db, proposal_id)
    written = written_of(proposal, edition.calendar.days, mentors)
    reasons = rules.writing(proposal.state, edition.calendar, now) + rules.publishing(proposal.state, written)
    if reasons:
        raise Refused(*reasons)
    act, canvas, is_new = new_act(), canvas_of(proposal), proposal.track_id is None
    track = _track(db, edition, proposal, canvas)
    _work_on(db, track, canvas)
    if is_new:
        _open(db, edition, track, canvas, now, actor_id, act)
    proposal.state, proposal.track_id, proposal.published_at = State.PUBLISHED, track.id, now
    db.flush()
    for mentor in mentors:
        entrust(db, proposal, mentor.person_id, actor_id, now)
    tell(db, proposal, ProposalFact.PUBLISHED, actor_id, now, act)
    return track


def _track(db: Session, edition: EditionView, proposal: Proposal, canvas: Canvas) -> Track:
    """The track with what the canvas says; a new one gets its address from its name."""
    slugs = set(db.exec(select(Track.slug).where(Track.edition_id == edition.id)))
    track = (
        db.get_one(Track, proposal.track_id)
        if proposal.track_id is not None
        else Track(edition_id=edition.id, slug=rules.slug_for(proposal.name, slugs), name=proposal.name)
    )
    before = track.join_url
    for name, value in _values(db, proposal, canvas).items():
        setattr(track, name, value)
    if track.id is not None and track.join_url != before:
        track.revision += 1
    db.add(track)
    db.flush()
    return track


def _values(db: Session, proposal: Proposal, canvas: Canvas) -> dict[str, object]:
    return {
        "name": proposal.name,
        "organisation": canvas.text(Part.ORGANISATION),
        "objective": canvas.text(Part.OBJECTIVE),
        "description": canvas.text(Part.DESCRIPTION),
        "needs": canvas.text(Part.NEEDS),
        "keywords": canvas.lines(Part.KEYWORDS),
        "skills": canvas.lines(Part.SKILLS),
        "first_tasks": canvas.tasks,
        "audience": canvas.audience,
        "language": canvas.text(Part.LANGUAGE) or "fr",
        "kind": canvas.kind,
        "is_supported": canvas.is_supported,
        "openness": canvas.openness,
        "guides": canvas.guides,
        "place": canvas.text(Part.PLACE),
        "join_url": canvas.text(Part.JOIN_URL),
        "chat_url": canvas.text(Part.CHAT_URL),
        "project_id": _project(db, canvas),
    }


def _project(db: Session, canvas: Canvas) -> int | None:
    """The software or commons of the catalogue by its name; nothing is entered under a name somebody typed."""
    named = canvas.text(Part.PROJECT)
    return db.exec(select(Project.id).where(Project.name == named)).first() if named else None


def _work_on(db: Session, track: Track, canvas: Canvas) -> None:
    """Let the track work on the repositories of its canvas; a licence goes to those the catalogue knows none of."""
    db.exec(delete(TrackRepository).where(col(TrackRepository.track_id) == track.id))
    for position, url in enumerate(canvas.repositories):
        repository = known_repository(db, url)
        repository.licence = repository.licence or canvas.text(Part.LICENCE)
        db.add(TrackRepository(track_id=track.id or 0, repository_id=repository.id or 0, position=position))
    db.flush()


def _open(
    db: Session, edition: EditionView, track: Track, canvas: Canvas, now: datetime, actor_id: int, act: str
) -> None:
    offered = [(day, mode, canvas.seats(day.on, mode)) for day in edition.days for mode in Mode]
    wishes = [Seats(track.id, day.id, mode, seats) for day, mode, seats in offered if seats]
    set_seats(db, edition.id, wishes, now, act=act, actor_id=actor_id)
