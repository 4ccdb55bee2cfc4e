"""Reading proposals: each only for those who wrote it, mentor it or organise its edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from sprint.people.rules import Member
from sprint.people.tables import Person
from sprint.programme.queries import EditionView
from sprint.programme.tables import Edition, Track
from sprint.proposals.canvas import Canvas, Part
from sprint.proposals.rules import READABLE, Written
from sprint.proposals.tables import Proposal, ProposalMentor, ProposalNote, State


@dataclass(frozen=True)
class ProposalLine:
    """A proposal as lists show it."""

    id: int
    edition_slug: str
    edition_name: str
    name: str
    state: State
    saved_at: datetime
    published_at: datetime | None
    track_slug: str | None

    @property
    def has_changes(self) -> bool:
        """Whether its team wrote on since it was published."""
        return self.published_at is not None and self.saved_at > self.published_at


_LINES = (
    select(
        Proposal.id,
        Edition.slug,
        Edition.name,
        Proposal.name,
        Proposal.state,
        Proposal.saved_at,
        Proposal.published_at,
        Track.slug,
    )
    .join(Edition, col(Edition.id) == Proposal.edition_id)
    .join(Track, col(Track.id) == Proposal.track_id, isouter=True)
)


def my_proposals(db: Session, person_id: int, offset: int, number: int) -> tuple[int, list[ProposalLine]]:
    """Those the person wrote or mentors, the latest first, with how many there are. Two queries."""
    return _lines(db, _is_in_team(person_id), offset, number)


def proposals_of(db: Session, edition_id: int, offset: int, number: int) -> tuple[int, list[ProposalLine]]:
    """Those organisers of an edition read, what waits for them first. Two queries."""
    return _lines(db, (col(Proposal.edition_id) == edition_id) & col(Proposal.state).in_(READABLE), offset, number)


def _lines(db: Session, which: ColumnElement[bool], offset: int, number: int) -> tuple[int, list[ProposalLine]]:
    total = db.exec(select(func.count()).select_from(Proposal).where(which)).one()
    waiting_first = (col(Proposal.state) != State.SUBMITTED, col(Proposal.saved_at).desc(), col(Proposal.id).desc())
    rows = db.exec(_LINES.where(which).order_by(*waiting_first).offset(offset).limit(number))
    return total, [ProposalLine(*row) for row in rows]


def _is_in_team(person_id: int) -> ColumnElement[bool]:
    mentored = select(ProposalMentor.proposal_id).where(ProposalMentor.person_id == person_id)
    return or_(col(Proposal.person_id) == person_id, col(Proposal.id).in_(mentored))


def proposal_for(db: Session, member: Member, proposal_id: int) -> Proposal | None:
    """A proposal the person wrote or mentors; for anybody else it is not found."""
    return db.exec(select(Proposal).where(Proposal.id == proposal_id, _is_in_team(member.id))).first()


def proposal_of(db: Session, edition: EditionView, proposal_id: int) -> Proposal | None:
    """A proposal that organisers of its edition may read: any but a draft."""
    where = (Proposal.id == proposal_id, Proposal.edition_id == edition.id, col(Proposal.state).in_(READABLE))
    return db.exec(select(Proposal).where(*where)).first()


@dataclass(frozen=True)
class MentorLine:
    """Somebody who will mentor, and when."""

    person_id: int
    name: str
    days: tuple[date, ...]


def mentors_of_proposal(db: Session, proposal_id: int) -> list[MentorLine]:
    rows = db.exec(
        select(Person.id, Person.name, ProposalMentor.days)
        .join(ProposalMentor, col(ProposalMentor.person_id) == Person.id)
        .where(ProposalMentor.proposal_id == proposal_id, col(Person.erased_at).is_(None))
        .order_by(col(ProposalMentor.id))
    )
    return [MentorLine(key or 0, name, tuple(map(date.fromisoformat, days))) for key, name, days in rows]


@dataclass(frozen=True)
class NoteLine:
    """What somebody said about a proposal."""

    name: str
    words: str
    said_at: datetime


def notes_of(db: Session, proposal_id: int) -> list[NoteLine]:
    """What was said, in order."""
    rows = db.exec(
        select(Person.name, ProposalNote.words, ProposalNote.said_at)
        .join(Person, col(Person.id) == ProposalNote.person_id)
        .where(ProposalNote.proposal_id == proposal_id)
        .order_by(col(ProposalNote.id))
    )
    return [NoteLine(*row) for row in rows]


def canvas_of(proposal: Proposal) -> Canvas:
    return Canvas(proposal.canvas, proposal.tested_by or "")


def written_of(proposal: Proposal, days: Sequence[date], mentors: Sequence[MentorLine]) -> Written:
    """A proposal as far as the rules care."""
    canvas = canvas_of(proposal)
    return Written(
        name=proposal.name,
        objective=canvas.text(Part.OBJECTIVE),
        description=canvas.text(Part.DESCRIPTION),
        asks=bool(canvas.text(Part.NEEDS) or canvas.tasks),
        repositories=len(canvas.repositories),
        is_commons=canvas.kind.value == "commons",
        offered_on=tuple(canvas.offered_on(days)),
        licence=canvas.text(Part.LICENCE),
        contributing=canvas.text(Part.CONTRIBUTING),
        tested_by=canvas.tested_by,
        tested_on=canvas.text(Part.TESTED_ON),
        tested_with=canvas.text(Part.TESTED_WITH),
        mentored_on=frozenset(on for mentor in mentors for on in mentor.days),
    )


def begun_with(db: Session, person_id: int, once: str) -> int | None:
    """The proposal that a form with this token began."""
    return db.exec(select(Proposal.id).where(Proposal.person_id == person_id, Proposal.once == once)).first()


def waiting_proposals(db: Session, edition_id: int) -> int:
    """How many wait for organisers to read them."""
    where = (Proposal.edition_id == edition_id, Proposal.state == State.SUBMITTED)
    return db.exec(select(func.count()).select_from(Proposal).where(*where)).one()


def invited_to(db: Session, proposal_id: int) -> tuple[Proposal, str] | None:
    """A proposal that takes mentors and the name of who proposes it."""
    gone = (State.DECLINED, State.WITHDRAWN)
    where = (Proposal.id == proposal_id, col(Proposal.state).not_in(gone))
    return db.exec(
        select(Proposal, Person.name).join(Person, col(Person.id) == Proposal.person_id).where(*where)
    ).first()
