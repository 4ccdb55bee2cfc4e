"""What somebody said about their coming to an edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sql
from sqlmodel import Session, col, select

from sprint.participation.tables import (
    AccessNeed,
    Answer,
    ConductAcceptance,
    Images,
    Meal,
    MealChoice,
    Need,
    Participation,
    RegistrationQuestion,
)


@dataclass(frozen=True)
class Own:
    """What one person said of one edition; `accepted` are the versions of its code of conduct."""

    images: Images | None = None
    is_named: bool = False
    accepted: frozenset[str] = frozenset()
    meal: Meal | None = None
    needs: frozenset[Need] = frozenset()

    @property
    def says_care(self) -> bool:
        return self.meal is not None or bool(self.needs)

    @property
    def is_empty(self) -> bool:
        return self == Own()


def own_of(db: Session, person_id: int, edition_id: int) -> Own:
    """What is kept of somebody's coming. Four queries."""
    chosen = db.get(Participation, (person_id, edition_id))
    meal = db.get(MealChoice, (person_id, edition_id))
    needs = select(AccessNeed.need).where(AccessNeed.person_id == person_id, AccessNeed.edition_id == edition_id)
    versions = select(ConductAcceptance.version).where(
        ConductAcceptance.person_id == person_id, ConductAcceptance.edition_id == edition_id
    )
    return Own(
        chosen.images if chosen else None,
        chosen is not None and chosen.named_at is not None,
        frozenset(db.exec(versions)),
        meal.meal if meal else None,
        frozenset(Need(need) for need in db.exec(needs)),
    )


def accepts_conduct(db: Session, person_id: int, edition_id: int, version: str) -> bool:
    """Whether the person accepted that version; nothing is asked where an edition has none. One query at most."""
    if not version:
        return True
    known = select(ConductAcceptance.version).where(
        ConductAcceptance.person_id == person_id,
        ConductAcceptance.edition_id == edition_id,
        ConductAcceptance.version == version,
    )
    return db.exec(known).first() is not None


@dataclass(frozen=True)
class Said:
    """What the person accepted, as edition and version, and how many questions that want an answer have none, by edition."""

    accepted: frozenset[tuple[int, str]] = frozenset()
    unanswered: Mapping[int, int] = field(default_factory=dict)


def said_of(db: Session, person_id: int, edition_ids: Iterable[int], track_ids: Iterable[int]) -> Said:
    """What the person said and has not said of these editions, where they come to these tracks. One query."""
    ids, questions = list(edition_ids), RegistrationQuestion
    accepted = sql.select(col(ConductAcceptance.edition_id), col(ConductAcceptance.version), sql.literal(0)).where(
        col(ConductAcceptance.person_id) == person_id, col(ConductAcceptance.edition_id).in_(ids)
    )
    mine = select(Answer.question_id).where(Answer.question_id == questions.id, Answer.person_id == person_id)
    unanswered = (
        sql.select(col(questions.edition_id), sql.literal(""), sql.func.count())
        .where(
            col(questions.edition_id).in_(ids),
            col(questions.is_required),
            col(questions.closed_at).is_(None),
            col(questions.track_id).is_(None) | col(questions.track_id).in_(list(track_ids)),
            ~mine.exists(),
        )
        .group_by(col(questions.edition_id))
    )
    rows = db.connection().execute(sql.union_all(accepted, unanswered)).all()
    return Said(
        frozenset((edition, version) for edition, version, number in rows if not number),
        {edition: number for edition, _, number in rows if number},
    )


def wishes_to_be_named(db: Session, person_id: int, edition_id: int) -> bool:
    """Whether what the person logs in that edition begins with their name in public results. One query."""
    wish = select(Participation.named_at).where(
        Participation.person_id == person_id,
        Participation.edition_id == edition_id,
        col(Participation.named_at).is_not(None),
    )
    return db.exec(wish).first() is not None
