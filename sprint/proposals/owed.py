"""Which letters decisions and answers owe; words come from the proposal or the question as it stands."""

from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.programme.tables import Edition, Track
from sprint.proposals.facts import ProposalFact, QuestionFact
from sprint.proposals.letters import answered, letter_about
from sprint.proposals.tables import Proposal, Question, State

TOLD = {
    ProposalFact.RETURNED.value: State.RETURNED,
    ProposalFact.DECLINED.value: State.DECLINED,
    ProposalFact.PUBLISHED.value: State.PUBLISHED,
}
"""What is told, and the state in which it still holds."""


def owed_letters(db: Session, act: str) -> list[OwedLetter]:
    """One letter to who proposed or asked, for what the act decided or answered."""
    return [*_of_proposals(db, act), *_of_questions(db, act)]


def _of_questions(db: Session, act: str) -> list[OwedLetter]:
    facts = db.exec(select(Fact.detail).where(Fact.act == act, Fact.kind == QuestionFact.ANSWERED.value)).all()
    rows = db.exec(
        select(Question, Track, Edition)
        .join(Track, col(Track.id) == Question.track_id)
        .join(Edition, col(Edition.id) == Track.edition_id)
        .where(col(Question.id).in_([detail["question"] for detail in facts]), col(Question.answered_at).is_not(None))
    )
    return [_answered(*row) for row in rows] if facts else []


def _answered(question: Question, track: Track, edition: Edition) -> OwedLetter:
    path = f"/{edition.slug}/parcours/{track.slug}"
    text = answered(edition.name, track.name, question.words, question.answer, path)
    return OwedLetter(question.person_id, edition.id, text)


def _of_proposals(db: Session, act: str) -> list[OwedLetter]:
    facts = db.exec(select(Fact.kind, Fact.detail).where(Fact.act == act, col(Fact.kind).in_(list(TOLD)))).all()
    letters = []
    for kind, detail in facts:
        row = db.exec(
            select(Proposal, Edition.name, Edition.slug, Track.slug)
            .join(Edition, col(Edition.id) == Proposal.edition_id)
            .join(Track, col(Track.id) == Proposal.track_id, isouter=True)
            .where(Proposal.id == detail["proposal"], Proposal.state == TOLD[kind])
        ).first()
        if row is not None:
            proposal, edition_name, edition_slug, track_slug = row
            path = f"/{edition_slug}/parcours/{track_slug}"
            text = letter_about(edition_name, ProposalFact(kind), proposal.id or 0, proposal.name, path)
            letters.append(OwedLetter(proposal.person_id, proposal.edition_id, text))
    return letters
