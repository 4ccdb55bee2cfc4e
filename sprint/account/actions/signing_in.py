"""Somebody proved who they are: find or open their account, and begin a session."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from sprint.account.actions.employers import attest_employer
from sprint.account.actions.keeping import keep_identity, note_what_it_says
from sprint.account.facts import AccountFact
from sprint.account.providers.provider import Claims
from sprint.account.queries import organisation_id
from sprint.account.rules import confirming, known_amr
from sprint.journal import new_act, record
from sprint.people.queries import person_of_identity
from sprint.people.tables import Affiliation, Person
from sprint.refusal import Refused
from sprint.sessions import LASTS, close_session, open_session


def sign_in(
    db: Session,
    claims: Claims,
    now: datetime,
    device: str,
    *,
    language: str = "fr",
    leaving: str = "",
    lasts: timedelta = LASTS,
) -> str:
    """Begin a session and give its token; that of the token the browser held (`leaving`) ends, as a login rotates.

    Only issuer and subject say whose account it is: an e-mail address proves nothing and links nothing.
    """
    act = new_act()
    known = person_of_identity(db, claims.issuer, claims.subject)
    person_id = known or _new_account(db, claims, act, now, language)
    return begin_session(db, person_id, claims, act, now, device, leaving, lasts)


def confirm_identity(
    db: Session,
    claims: Claims,
    person_id: int,
    now: datetime,
    device: str,
    *,
    leaving: str = "",
    lasts: timedelta = LASTS,
) -> str:
    """Sign the person at hand in anew, to show that it is still them. Raises Refused when it is somebody else's account.

    Neither opens an account nor changes whose browser it is: a colleague at the same desk would not notice.
    """
    reasons = confirming(person_of_identity(db, claims.issuer, claims.subject), person_id)
    if reasons:
        raise Refused(*reasons)
    return begin_session(db, person_id, claims, new_act(), now, device, leaving, lasts)


def begin_session(
    db: Session, person_id: int, claims: Claims, act: str, now: datetime, device: str, leaving: str, lasts: timedelta
) -> str:
    """Begin a session of somebody who proved who they are, and end the one their browser held; gives its token."""
    amr = known_amr(claims.amr)
    note_what_it_says(db, claims)
    attest_employer(db, person_id, claims, act, now)
    if leaving:
        close_session(db, leaving, now)
    record(
        db, act, AccountFact.SIGNED_IN, now, actor_id=person_id, person_id=person_id,
        detail={"provider": claims.provider, "device": device} | ({"amr": amr} if amr else {}),
    )  # fmt: skip
    return open_session(
        db, person_id, claims.provider, device, now, acr=claims.acr, amr=amr, id_token=claims.id_token, lasts=lasts
    )


def _new_account(db: Session, claims: Claims, act: str, now: datetime, language: str) -> int:
    """The account, opened now; or by whoever signed in as the same person in this very moment."""
    try:
        with db.begin_nested():
            return _open_account(db, claims, act, now, claims.language or language)
    except IntegrityError:
        known = person_of_identity(db, claims.issuer, claims.subject)
        if known is None:
            raise
        return known


def _open_account(db: Session, claims: Claims, act: str, now: datetime, language: str) -> int:
    # An address nobody vouches for is asked for and proven: letters that name somebody would reach a stranger.
    email = claims.email if claims.email_verified else None
    person = Person(
        name=claims.name,
        email=email,
        email_verified_at=now if email else None,
        language=language,
        standing=claims.standing,
        created_at=now,
    )
    db.add(person)
    db.flush()
    person_id = person.id or 0
    keep_identity(db, claims, person_id, now)
    # An organisation we do not know stays out: whether it is public would be a guess, and that opens reserved tracks.
    works_for = organisation_id(db, claims.organisation) if claims.organisation else None
    if works_for is not None:
        db.add(Affiliation(person_id=person_id, organisation_id=works_for, since_on=now.date()))
    record(
        db, act, AccountFact.CREATED, now, actor_id=person_id, person_id=person_id,
        detail={"provider": claims.provider},
    )  # fmt: skip
    return person_id
