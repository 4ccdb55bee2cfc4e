"""Asking to be told, confirming it, giving it up; owing the letters of an opening; forgetting addresses."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select

from sprint import jobs
from sprint.alerts.facts import AlertFact
from sprint.alerts.queries import ASKING, TELLING, concerning, letters_to
from sprint.alerts.rules import (
    CONFIRMING_LASTS,
    KEPT,
    MOST_LETTERS,
    Opening,
    Waiting,
    confirming,
    has_lapsed,
    mailbox_of,
    one_each,
    proving,
)
from sprint.alerts.tables import Alert
from sprint.journal import Fact, new_act, record
from sprint.people.tables import Person
from sprint.programme.facts import EditionFact
from sprint.programme.queries import EditionView, editions
from sprint.refusal import Refused

OPENING = (
    EditionFact.ANNOUNCED,
    EditionFact.OPENED,
    EditionFact.CHANGED,
    EditionFact.DAY_ADDED,
    EditionFact.REVIVED,
    AlertFact.CONFIRMED,
)
"""After any of these registration may be open that was not, or somebody may wait for one that is."""


def ask_alert(db: Session, email: str, edition_id: int | None, language: str, now: datetime) -> None:
    """Send a link that confirms an address; nothing leaves for one that is confirmed or beyond the limit, and nothing says so."""
    mailbox = mailbox_of(email)
    alert = _held(db, _of(mailbox, edition_id))
    if (alert is not None and alert.confirmed_at is not None) or letters_to(db, mailbox, now) >= MOST_LETTERS:
        return
    if alert is not None and has_lapsed(alert.asked_at, now):
        db.delete(alert)
        db.flush()
        alert = None
    fresh = Alert(email=email, mailbox=mailbox, edition_id=edition_id, language=language, asked_at=now)
    if alert is None and not _is_added(db, fresh):
        return  # the same form, twice at once: one letter leaves
    alert = alert or fresh
    alert.letters, alert.language = alert.letters + 1, language
    jobs.owe(db, ASKING, f"{alert.id}-{alert.letters}", now)


def confirm_alert(db: Session, alert_id: int, now: datetime) -> None:
    """Whoever reads that address wants to be told. Again, it changes nothing. Raises Refused when the link is over."""
    alert = _held(db, col(Alert.id) == alert_id)
    if alert is not None and alert.confirmed_at is not None:
        return
    reasons = confirming(alert.asked_at if alert else None, now)
    if alert is None or reasons:
        raise Refused(*reasons)
    alert.confirmed_at = now
    _noted(db, AlertFact.CONFIRMED, alert, now)


def alert_me(db: Session, person_id: int, edition_id: int | None, language: str, now: datetime) -> bool:
    """Tell somebody at the proven address of their account; False when they are to be told already. Raises Refused."""
    person = db.exec(select(Person).where(Person.id == person_id).with_for_update(key_share=True)).one()
    reasons = proving(person.email, is_verified=person.email_verified_at is not None)
    if reasons or not person.email:
        raise Refused(*reasons)
    if _held(db, (col(Alert.person_id) == person_id) & _for(edition_id)) is not None:
        return False
    mailbox = mailbox_of(person.email)
    fresh = Alert(
        email=person.email, mailbox=mailbox, edition_id=edition_id, person_id=person_id, language=language,
        asked_at=now, confirmed_at=now,
    )  # fmt: skip
    alert = _held(db, _of(mailbox, edition_id))
    if alert is None:
        alert = fresh if _is_added(db, fresh) else _held(db, _of(mailbox, edition_id)) or fresh
    # An address that somebody gave without signing in is theirs now.
    alert.person_id, alert.language, alert.confirmed_at = person_id, language, alert.confirmed_at or now
    _noted(db, AlertFact.CONFIRMED, alert, now)
    return True


def give_up(db: Session, alert_id: int, now: datetime) -> bool:
    """Forget an address at once; False when it is forgotten already."""
    alert = _held(db, col(Alert.id) == alert_id)
    if alert is None:
        return False
    db.delete(alert)
    if alert.confirmed_at is not None:
        _noted(db, AlertFact.GIVEN_UP, alert, now)
    return True


def give_up_mine(db: Session, person_id: int, edition_id: int | None, now: datetime) -> bool:
    """Do without being told of that opening; False when nothing was to be told."""
    mine = delete(Alert).where(col(Alert.person_id) == person_id, concerning(edition_id))
    if db.exec(mine).rowcount == 0:
        return False
    record(db, new_act(), AlertFact.GIVEN_UP, now, actor_id=person_id, person_id=person_id, edition_id=edition_id)
    return True


def _held(db: Session, which: ColumnElement[bool]) -> Alert | None:
    return db.exec(select(Alert).where(which).with_for_update().execution_options(populate_existing=True)).first()


def _for(edition_id: int | None) -> ColumnElement[bool]:
    return col(Alert.edition_id).is_(None) if edition_id is None else col(Alert.edition_id) == edition_id


def _of(mailbox: str, edition_id: int | None) -> ColumnElement[bool]:
    return (col(Alert.mailbox) == mailbox) & _for(edition_id)


def _is_added(db: Session, alert: Alert) -> bool:
    """False when the same address came in at that very moment."""
    try:
        with db.begin_nested():
            db.add(alert)
    except IntegrityError:
        return False
    return True


def _noted(db: Session, kind: AlertFact, alert: Alert, now: datetime) -> None:
    db.flush()
    who, detail = alert.person_id, {"alert": alert.id}
    record(db, new_act(), kind, now, actor_id=who, person_id=who, edition_id=alert.edition_id, detail={**detail})


# --- what an opening owes


def owe_openings(db: Session, act: str, now: datetime, delay: timedelta) -> int:
    """Owe a letter to each reader whom an act tells that registration is open; gives how many. They leave after `delay`.

    The last act counts: whoever closes and opens again has the delay once more.
    """
    caused = select(Fact.kind, Fact.edition_id, Fact.detail).where(Fact.act == act, col(Fact.kind).in_(OPENING))
    told = db.exec(caused).first()
    opened = _opened(db, told[1], now) if told else None
    if told is None or opened is None:
        return 0
    which = [concerning(opened.id), col(Alert.confirmed_at).is_not(None)]
    if told[0] == AlertFact.CONFIRMED:
        which.append(col(Alert.id) == int(told[2]["alert"]))
    db.exec(update(Alert).where(*which).values(opening=act))
    rows = db.exec(select(Alert.id, Alert.mailbox, Alert.person_id, Alert.edition_id).where(Alert.opening == act))
    owed = one_each(Waiting(*row) for row in rows)
    jobs.owe_new(db, TELLING, (Opening(alert_id, opened.id, act).key for alert_id in owed), now + delay)
    if owed and told[0] != AlertFact.CONFIRMED:
        record(db, act, AlertFact.OWED, now, edition_id=opened.id, detail={"number": len(owed)})
    return len(owed)


def _opened(db: Session, edition_id: int | None, now: datetime) -> EditionView | None:
    """The edition of that number, or the soonest one, if one may register for it now."""
    known = [view for view in editions(db) if edition_id in (None, view.id) and view.calendar.is_open(now)]
    return known[-1] if known else None


def note_told(db: Session, opening: Opening) -> None:
    """Forget whoever was told, once the relay took the letter; in the transaction that settles its job."""
    row = db.exec(select(Alert.mailbox, Alert.person_id).where(Alert.id == opening.alert_id)).first()
    if row is None:
        return
    mailbox, person_id = row
    same = col(Alert.mailbox) == mailbox
    if person_id is not None:
        same = or_(same, col(Alert.person_id) == person_id)
    db.exec(delete(Alert).where(same, concerning(opening.edition_id), col(Alert.confirmed_at).is_not(None)))


def forget_alerts(db: Session, now: datetime) -> int:
    """Forget addresses nobody confirmed in time, those for an edition that is over, those that waited too long; gives how many."""
    over = [view.id for view in editions(db) if view.calendar.is_over(now)]
    unconfirmed = col(Alert.confirmed_at).is_(None) & (col(Alert.asked_at) <= now - CONFIRMING_LASTS)
    waited = col(Alert.edition_id).is_(None) & (col(Alert.confirmed_at) <= now - KEPT)
    return db.exec(delete(Alert).where(or_(unconfirmed, waited, col(Alert.edition_id).in_(over)))).rowcount
