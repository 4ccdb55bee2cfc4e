"""Login sessions, kept by the server and revocable; counters of attempts.

The cookie holds a random token, the table only its SHA-256: whoever reads the table cannot sign in with it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Text, UniqueConstraint, and_, bindparam, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, or_, select

from sprint.data_version import QUIET, QUIETLY, DataVersion, data_version
from sprint.database import UtcMoment
from sprint.people.queries import live_grant
from sprint.people.rules import HeldRight, Member
from sprint.people.tables import Grant, Person
from sprint.prepared import Moment, Prepared
from sprint.settings import Settings

LASTS = timedelta(hours=Settings.model_fields["session_hours"].default)
IDLE = timedelta(hours=Settings.model_fields["session_idle_hours"].default)
"""Unless the settings say otherwise."""
SEEN_EVERY = timedelta(minutes=5)


class LoginSession(SQLModel, table=True):
    """One device signed in as one person, since `created_at`: whoever signs in again begins another one.

    `acr` says how surely the provider recognised them, `amr` by what (RFC 8176, spaces between); `id_token` is what it wants
    back when one signs out.
    """

    __table_args__ = QUIET

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    provider: str = Field(max_length=40)
    device: str = Field(max_length=80)
    created_at: datetime = Field(sa_type=UtcMoment)
    seen_at: datetime = Field(sa_type=UtcMoment)
    expires_at: datetime = Field(sa_type=UtcMoment, index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    acr: str | None = Field(default=None, max_length=200)
    amr: str | None = Field(default=None, max_length=80)
    id_token: str | None = Field(default=None, sa_type=Text)


class Attempts(SQLModel, table=True):
    """How often something was tried in one window of time; `subject` is a keyed hash, never an address."""

    __table_args__ = (UniqueConstraint("subject", "window_at"), QUIET)

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=64)
    window_at: datetime = Field(sa_type=UtcMoment, index=True)
    count: int = 0


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(
    db: Session,
    person_id: int,
    provider: str,
    device: str,
    now: datetime,
    *,
    acr: str | None = None,
    amr: str = "",
    id_token: str | None = None,
    lasts: timedelta = LASTS,
) -> str:
    """Begin a session and give its token, to be put in the cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    db.add(
        LoginSession(
            token_hash=hashed(token),
            person_id=person_id,
            provider=provider,
            device=device[:80],
            created_at=now,
            seen_at=now,
            expires_at=now + lasts,
            acr=acr,
            amr=amr or None,
            id_token=id_token,
        )
    )
    _seen(db, col(Person.id) == person_id, now)
    db.flush()
    return token


def is_open(now: Moment, idle_since: Moment) -> ColumnElement[bool]:
    """The condition under which a session counts; whoever was not seen since `idle_since` is out."""
    return and_(
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.expires_at) > now,
        col(LoginSession.seen_at) > idle_since,
    )


@dataclass(frozen=True)
class OpenSession:
    """The session behind a cookie."""

    id: int
    person_id: int
    seen_at: datetime
    acr: str | None = None


@dataclass(frozen=True)
class Arrival:
    """Who comes, at which data version; a session whose person is gone has no member."""

    version: int
    session: OpenSession | None = None
    member: Member | None = None


_ARRIVAL = Prepared(
    select(
        DataVersion.number,
        LoginSession.id,
        LoginSession.seen_at,
        LoginSession.acr,
        Person.id,
        Person.name,
        Person.language,
        Grant.right,
        Grant.scope_kind,
        Grant.scope_id,
    )
    .select_from(DataVersion)
    .join(
        LoginSession,
        and_(
            col(LoginSession.token_hash) == bindparam("token_hash"),
            is_open(bindparam("now"), bindparam("idle_since")),
        ),
        isouter=True,
    )
    .join(Person, and_(col(Person.id) == LoginSession.person_id, col(Person.erased_at).is_(None)), isouter=True)
    .join(Grant, and_(col(Grant.person_id) == Person.id, live_grant(bindparam("now"))), isouter=True)
)


def arrival(db: Session, token: str, now: datetime, idle: timedelta = IDLE) -> Arrival:
    """What the frame asks at each request, in one query: the data version, the session of a token, the person, their rights."""
    if not token:
        return Arrival(data_version(db))
    rows = _ARRIVAL.rows(db, token_hash=hashed(token), now=now, idle_since=now - idle)
    version, session_id, seen_at, acr, person_id, name, language, *_ = rows[0]
    if session_id is None or person_id is None:
        return Arrival(version)
    rights = tuple(HeldRight(right, scope, scope_id) for *_, right, scope, scope_id in rows if right is not None)
    return Arrival(version, OpenSession(session_id, person_id, seen_at, acr), Member(person_id, name, language, rights))


@dataclass(frozen=True)
class Beginning:
    """When somebody signed in, and through which provider."""

    at: datetime
    provider: str


def beginning_of(db: Session, session_id: int) -> Beginning:
    """How the session at hand began."""
    columns = select(LoginSession.created_at, LoginSession.provider)
    return Beginning(*db.exec(columns.where(LoginSession.id == session_id)).one())


def logout_hint(db: Session, token: str) -> tuple[str, str | None]:
    """Through which provider the session of a token began, and the ID token it gave; ("", None) for an unknown one."""
    columns = select(LoginSession.provider, LoginSession.id_token)
    return db.exec(columns.where(LoginSession.token_hash == hashed(token))).first() or ("", None)


def close_session(db: Session, token: str, now: datetime) -> None:
    """Sign one device out; an unknown token is already out."""
    _revoke(db, col(LoginSession.token_hash) == hashed(token), now)


def revoke_session(db: Session, person_id: int, session_id: int, now: datetime) -> bool:
    """Sign out one of the person's own devices. False when it is not one of theirs."""
    return _revoke(db, and_(col(LoginSession.id) == session_id, col(LoginSession.person_id) == person_id), now) == 1


def revoke_others(db: Session, person_id: int, here: int, now: datetime, *, provider: str = "") -> int:
    """Sign out the person's devices but the one at hand; only those of a provider if one is named. Gives how many."""
    which = and_(col(LoginSession.person_id) == person_id, col(LoginSession.id) != here)
    return _revoke(db, and_(which, col(LoginSession.provider) == provider) if provider else which, now)


def _revoke(db: Session, which: ColumnElement[bool], now: datetime) -> int:
    # What the provider wants back has no use any more.
    ended = {"revoked_at": now, "id_token": None}
    statement = update(LoginSession).where(which, col(LoginSession.revoked_at).is_(None)).values(ended)
    return db.exec(statement).rowcount


def touch(db: Session, session_id: int, now: datetime) -> None:
    """Note that a session is in use, and that its person was here: sessions are forgotten, the last visit is not."""
    db.exec(update(LoginSession).where(col(LoginSession.id) == session_id).values(seen_at=now))
    whose = select(LoginSession.person_id).where(LoginSession.id == session_id).scalar_subquery()
    _seen(db, col(Person.id) == whose, now)


def _seen(db: Session, who: ColumnElement[bool], now: datetime) -> None:
    db.exec(update(Person).where(who).values(seen_at=now), execution_options=QUIETLY)


def count_attempt(db: Session, subject: str, window: timedelta, now: datetime) -> int:
    """Count one attempt of `subject` and give how many there were in this window, this one included."""
    seconds = int(window.total_seconds())
    window_at = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)
    counted = update(Attempts).where(col(Attempts.subject) == subject, col(Attempts.window_at) == window_at)
    one_more = counted.values(count=Attempts.count + 1)
    if db.exec(one_more).rowcount == 0:
        try:
            with db.begin_nested():
                db.add(Attempts(subject=subject, window_at=window_at, count=1))
            return 1
        except IntegrityError:
            # Somebody else's first attempt came in between: ours is the second.
            db.exec(one_more)
    return db.exec(select(Attempts.count).where(Attempts.subject == subject, Attempts.window_at == window_at)).one()


def purge_sessions(db: Session, now: datetime) -> int:
    """Forget sessions ended for a week and attempts older than a day; gives the number of rows."""
    week, day = now - timedelta(days=7), now - timedelta(days=1)
    ended = or_(LoginSession.expires_at < week, col(LoginSession.revoked_at) < week)
    gone = db.exec(delete(LoginSession).where(ended)).rowcount
    return gone + db.exec(delete(Attempts).where(col(Attempts.window_at) < day)).rowcount
