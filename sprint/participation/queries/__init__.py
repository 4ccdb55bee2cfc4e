"""What somebody said about their coming to an edition."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from sprint.participation.tables import AccessNeed, ConductAcceptance, Images, Meal, MealChoice, Need, Participation


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


def accepted_conduct(db: Session, person_id: int) -> frozenset[tuple[int, str]]:
    """Each edition and version that the person accepted. One query."""
    known = select(ConductAcceptance.edition_id, ConductAcceptance.version)
    return frozenset(tuple(row) for row in db.exec(known.where(ConductAcceptance.person_id == person_id)))


def wishes_to_be_named(db: Session, person_id: int, edition_id: int) -> bool:
    """Whether what the person logs in that edition begins with their name in public results. One query."""
    wish = select(Participation.named_at).where(
        Participation.person_id == person_id,
        Participation.edition_id == edition_id,
        col(Participation.named_at).is_not(None),
    )
    return db.exec(wish).first() is not None
