"""Which letters an act owes to authors, read from its facts; words come from the contribution as it stands."""

from itertools import groupby

from sqlmodel import Session, col, select

from sprint.contributions.facts import ContributionFact
from sprint.contributions.letters import Decided, letter_about
from sprint.contributions.tables import Contribution, State
from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.programme.tables import Edition

TOLD = {ContributionFact.ACCEPTED.value: State.ACCEPTED, ContributionFact.SENT_BACK.value: State.SENT_BACK}
"""What is told, and the state in which it still holds: who withdrew meanwhile is not written to about it."""


def owed_letters(db: Session, act: str) -> list[OwedLetter]:
    """One letter for each author of what the act decided. Two queries at most."""
    facts = db.exec(
        select(Fact.person_id, Fact.edition_id, Edition.name, Fact.kind, Fact.detail)
        .join(Edition, col(Edition.id) == Fact.edition_id)
        .where(Fact.act == act, col(Fact.kind).in_(list(TOLD)), col(Fact.person_id).is_not(None))
        .order_by(col(Fact.person_id), col(Fact.id))
    ).all()
    ids = {int(detail["contribution"]) for *_, detail in facts}
    rows = db.exec(select(Contribution).where(col(Contribution.id).in_(ids))).all() if ids else []
    found = {row.id: row for row in rows}
    letters = []
    for (person_id, edition_id, name), told in groupby(facts, key=lambda fact: tuple(fact[:3])):
        decided = [
            _decided(kind, row)
            for *_, kind, detail in told
            if (row := found.get(int(detail["contribution"]))) and row.state == TOLD[kind]
        ]
        text = letter_about(name, decided)
        if text is not None and person_id is not None:
            letters.append(OwedLetter(person_id, edition_id, text))
    return letters


def _decided(kind: str, row: Contribution) -> Decided:
    return Decided(
        ContributionFact(kind), row.id or 0, row.kind, row.title, row.reason, may_answer=row.answered_at is None
    )
