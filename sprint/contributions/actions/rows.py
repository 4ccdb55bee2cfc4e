"""Rows held, links taken and given back, facts written: what several actions share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from sprint.contributions import rules
from sprint.contributions.facts import ContributionFact
from sprint.contributions.queries import case_of, taken
from sprint.contributions.recognise import Recognised
from sprint.contributions.rules import Case
from sprint.contributions.tables import Authorship, Consent, Contribution, Kind, Reference
from sprint.journal import record
from sprint.programme import holding
from sprint.programme.queries import EditionView, edition_with
from sprint.refusal import Refusal, Refused


@dataclass
class Held:
    """A contribution under our lock, with what the rules need to know of it."""

    row: Contribution
    edition: EditionView
    case: Case


def hold_edition(db: Session, edition_id: int) -> EditionView:
    """Take the edition's lock: links and forms of one edition are dealt with one after the other."""
    holding.hold_edition(db, edition_id)
    return edition_with(db, edition_id)


def hold(db: Session, contribution_ids: Iterable[int], edition: EditionView | None = None) -> list[Held]:
    """Take the locks of these contributions, in the order of their ids; those that do not exist are left out."""
    rows = db.exec(
        select(Contribution)
        .where(col(Contribution.id).in_(sorted(set(contribution_ids))))
        .order_by(col(Contribution.id))
        .with_for_update(key_share=True)
    ).all()
    authors: dict[int, list[int]] = {}
    for contribution_id, person_id in db.exec(
        select(Authorship.contribution_id, Authorship.person_id)
        .where(col(Authorship.contribution_id).in_([row.id for row in rows]), Authorship.state == Consent.ACCEPTED)
        .order_by(col(Authorship.id))
    ):
        authors.setdefault(contribution_id, []).append(person_id)
    held = []
    for row in rows:
        edition = edition if edition and edition.id == row.edition_id else edition_with(db, row.edition_id)
        held.append(Held(row, edition, case_of(row, edition, tuple(authors.get(row.id or 0, ())))))
    return held


def hold_own(db: Session, person_id: int, contribution_id: int, edition: EditionView | None = None) -> Held:
    """Take the lock of one's own contribution; LookupError for anybody else's, which the page did not find either."""
    found = [one for one in hold(db, [contribution_id], edition) if person_id in one.case.author_ids]
    if not found:
        raise LookupError(f"contribution {contribution_id} is not of person {person_id}")
    return found[0]


def refuse(reasons: Sequence[Refusal]) -> None:
    """Raise Refused when there are reasons."""
    if reasons:
        raise Refused(*reasons)


def already_noted(
    db: Session, edition_id: int, kind: Kind, links: Sequence[Recognised], besides: int | None = None
) -> list[Refusal]:
    """The refusal of links that serve another contribution of the kind."""
    keys = [link.key for link in links]
    return rules.already_noted(taken(db, edition_id, kind, keys, besides), kind) if keys else []


def refer(db: Session, row: Contribution, links: Sequence[Recognised]) -> None:
    """Let the contribution rest on these links and no others."""
    known = references(db, row)
    wanted = {link.key: link for link in links}
    for reference in known:
        if reference.key not in wanted:
            db.delete(reference)
            continue
        reference.kind, reference.url = row.kind, wanted.pop(reference.key).url
    db.flush()
    db.add_all(
        Reference(contribution_id=row.id or 0, edition_id=row.edition_id, kind=row.kind, url=link.url, key=link.key)
        for link in wanted.values()
    )
    db.flush()


def references(db: Session, row: Contribution) -> list[Reference]:
    return list(db.exec(select(Reference).where(Reference.contribution_id == row.id).order_by(col(Reference.id))).all())


def keys_of(db: Session, rows: Sequence[Contribution]) -> dict[int, list[str]]:
    """The canonical keys on which each contribution rests."""
    found: dict[int, list[str]] = {}
    ids = [row.id for row in rows]
    statement = select(Reference.contribution_id, Reference.key).where(col(Reference.contribution_id).in_(ids))
    for contribution_id, key in db.exec(statement):
        found.setdefault(contribution_id, []).append(key)
    return found


def release(db: Session, row: Contribution, now: datetime) -> None:
    """Give the links back: they may serve somebody else's contribution from now on."""
    for reference in references(db, row):
        reference.released_at = now


def note(db: Session, act: str, kind: ContributionFact, held: Held, actor_id: int, now: datetime) -> None:
    """One fact for each author."""
    for person_id in held.case.author_ids:
        record(
            db,
            act,
            kind,
            now,
            actor_id=actor_id,
            person_id=person_id,
            edition_id=held.row.edition_id,
            track_id=held.row.track_id,
            detail={"contribution": held.row.id or 0, "kind": held.row.kind.value},
        )
