"""Where people work: as a provider of accounts attests it at each sign-in, as they declare it, as an organiser vouches for it."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select

from sprint.account.facts import AccountFact
from sprint.account.providers.provider import Claims
from sprint.account.queries.employers import organisation_called
from sprint.account.rules import ATTESTED_LASTS, is_of_the_public_sector, is_siret, vouching
from sprint.account.tables import DeclaredEmployer
from sprint.journal import new_act, record
from sprint.people.tables import Affiliation, Identity, Organisation, Person, Source
from sprint.refusal import Refused

RENEWED = timedelta(days=30)
"""An attestation is renewed when it is that old: not at every sign-in."""


def attest_employer(db: Session, person_id: int, claims: Claims, act: str, now: datetime) -> None:
    """Follow what a provider says of somebody's employer: begin, renew for a year, or end what it said before."""
    which = select(Identity.id).where(Identity.issuer == claims.issuer, Identity.subject == claims.subject)
    identity_id, today = db.exec(which).one(), now.date()
    known = _establishment(db, claims) if claims.siret and is_siret(claims.siret) else None
    told = select(Affiliation).where(Affiliation.identity_id == identity_id, _covers(today))
    for row in db.exec(told).all():
        if row.organisation_id != known:
            _end(db, row, today)
    if known is None:
        return
    until, here = today + ATTESTED_LASTS, _live(db, person_id, known, today)
    if here is not None:
        if here.source == Source.ATTESTED and here.until_on is not None and here.until_on < until - RENEWED:
            here.until_on = until
        return
    db.add(
        Affiliation(
            person_id=person_id, organisation_id=known, since_on=today, until_on=until, source=Source.ATTESTED,
            identity_id=identity_id,
        )
    )  # fmt: skip
    db.flush()
    _record(db, act, AccountFact.EMPLOYER_ATTESTED, person_id, person_id, now, known)


def declare_employer(db: Session, person_id: int, name: str, now: datetime, organisation_id: int | None = None) -> None:
    """Say where one works, to the relay of that organisation if one is chosen; it opens nothing until somebody vouches for
    it. An empty name takes it back.
    """
    _lock(db, person_id)
    said = db.exec(select(DeclaredEmployer).where(DeclaredEmployer.person_id == person_id)).first()
    if said is not None:
        db.delete(said)
        db.flush()
    if name:
        db.add(DeclaredEmployer(person_id=person_id, name=name, declared_at=now, organisation_id=organisation_id))
    _record(db, new_act(), AccountFact.EMPLOYER_DECLARED, person_id, person_id, now)


def vouch_for_employer(
    db: Session, declared_id: int, voucher: int, name: str, until: date, now: datetime, *, is_public: bool
) -> bool:
    """Stand for what somebody declared, under the name the organisation is known by; without one, for the very organisation
    whose relay it was declared to. False when it is not there any more.

    `is_public` counts for an organisation we do not know yet. Raises Refused.
    """
    said = _declared(db, declared_id)
    if said is None:
        return False
    reasons = vouching(voucher, said.person_id, until, now.date())
    if reasons:
        raise Refused(*reasons)
    db.delete(said)
    organisation = _named(db, name, is_public=is_public) if name else said.organisation_id
    if organisation is None:
        return False
    vouch(db, said.person_id, voucher, organisation, until, new_act(), now)
    return True


def vouch_under(
    db: Session, person_id: int, voucher: int, name: str, until: date, act: str, now: datetime, *, is_public: bool
) -> None:
    """Stand for it that somebody works in the organisation of that name, until that day included."""
    vouch(db, person_id, voucher, _named(db, name, is_public=is_public), until, act, now)


def _named(db: Session, name: str, *, is_public: bool) -> int:
    return organisation_called(db, name) or _new_organisation(db, name, None, is_public=is_public)


def vouch(db: Session, person_id: int, voucher: int, organisation: int, until: date, act: str, now: datetime) -> None:
    """Stand for it that somebody works there, until that day included."""
    today = now.date()
    here = _live(db, person_id, organisation, today)
    if here is None:
        here = Affiliation(person_id=person_id, organisation_id=organisation, since_on=today)
    here.until_on, here.source, here.vouched_by = until, Source.VOUCHED, voucher
    db.add(here)
    db.flush()
    _record(db, act, AccountFact.EMPLOYER_VOUCHED, person_id, voucher, now, organisation)


def decline_employer(db: Session, declared_id: int, voucher: int, now: datetime) -> bool:
    """Not stand for what somebody declared. False when it is not there any more."""
    said = _declared(db, declared_id)
    if said is None:
        return False
    db.delete(said)
    _record(db, new_act(), AccountFact.EMPLOYER_DECLINED, said.person_id, voucher, now)
    return True


def _declared(db: Session, declared_id: int) -> DeclaredEmployer | None:
    whose = db.exec(select(DeclaredEmployer.person_id).where(DeclaredEmployer.id == declared_id)).first()
    if whose is None:
        return None
    _lock(db, whose)
    return db.exec(select(DeclaredEmployer).where(DeclaredEmployer.id == declared_id)).first()


def _lock(db: Session, person_id: int) -> None:
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()


def _covers(today: date):  # type: ignore[no-untyped-def]
    return (col(Affiliation.since_on) <= today) & or_(
        col(Affiliation.until_on).is_(None), col(Affiliation.until_on) >= today
    )


def _live(db: Session, person_id: int, organisation_id: int, today: date) -> Affiliation | None:
    ours = (Affiliation.person_id == person_id, Affiliation.organisation_id == organisation_id)
    return db.exec(select(Affiliation).where(*ours, _covers(today))).first()


def _end(db: Session, row: Affiliation, today: date) -> None:
    """Yesterday was its last day; one that began today never was."""
    if row.since_on >= today:
        db.delete(row)
    else:
        row.until_on = today - timedelta(days=1)
    db.flush()


def _establishment(db: Session, claims: Claims) -> int:
    """The organisation of a SIRET, kept now if we do not know it; two that come at once keep it once."""
    which = select(Organisation.id).where(Organisation.siret == claims.siret)
    known = db.exec(which).first()
    if known is not None:
        return known
    siret = claims.siret or ""
    try:
        with db.begin_nested():
            name = claims.organisation_name or f"SIRET {siret}"
            return _new_organisation(db, name, siret, is_public=is_of_the_public_sector(siret))
    except IntegrityError:
        return db.exec(which).one() or 0


def _new_organisation(db: Session, name: str, siret: str | None, *, is_public: bool) -> int:
    slug = siret or _slug(db, name)
    organisation = Organisation(slug=slug, name=name[:160], is_public=is_public, siret=siret)
    db.add(organisation)
    db.flush()
    return organisation.id or 0


def _slug(db: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "organisme"
    taken = set(db.exec(select(Organisation.slug).where(col(Organisation.slug).startswith(base))))
    return next(one for one in (base, *(f"{base}-{number}" for number in range(2, 10**6))) if one not in taken)


def _record(
    db: Session, act: str, kind: AccountFact, person_id: int, actor: int, now: datetime, organisation: int = 0
) -> None:
    detail: dict[str, int | str] = {"organisation": organisation} if organisation else {}
    record(db, act, kind, now, actor_id=actor, person_id=person_id, detail=detail)
