"""Which letters an act owes, read from its facts."""

from datetime import date
from itertools import groupby

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.account.facts import AccountFact
from sprint.account.letters import invited
from sprint.account.tables import Invitation
from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.people.tables import Person
from sprint.programme.tables import Day, Edition, Track
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.letters import BY_WEIGHT, MOVED, Happened, letter_about, places
from sprint.registrations.owed.practical import letters_of_practical
from sprint.registrations.owed.presence import letters_of_presence
from sprint.registrations.rules import Why
from sprint.registrations.tables import Mode, Registration, State

TOLD = tuple(kind.value for kind in (*BY_WEIGHT, MOVED))


def owed_letters(db: Session, act: str) -> list[OwedLetter]:
    """One letter for each person to whom something happened in the act; changed numbers of seats owe nothing. Three queries."""
    rows = db.exec(
        select(
            Fact.person_id,
            Fact.edition_id,
            Edition.name,
            Edition.slug,
            Edition.place,
            Fact.kind,
            Fact.actor_id,
            Fact.detail,
            Track.slug,
            Track.name,
            Day.on,
            Day.place,
            Track.join_url,
        )
        .join(Edition, col(Edition.id) == Fact.edition_id)
        .join(Track, col(Track.id) == Fact.track_id)
        .join(Day, col(Day.id) == Fact.day_id)
        .where(Fact.act == act, col(Fact.kind).in_(TOLD), col(Fact.person_id).is_not(None))
        .order_by(col(Fact.person_id), col(Fact.id))
    ).all()
    invitations = _invitations(db, act)
    # The letter that invites somebody says what they were registered for.
    told = {letter.person_id for letter in invitations}
    letters = []
    for (person_id, edition_id, name, slug, place), facts in groupby(rows, key=lambda row: tuple(row[:5])):
        text = letter_about(name, [_happened(person_id, slug, place, *fact[5:]) for fact in facts])
        if text is not None and person_id not in told:
            letters.append(OwedLetter(person_id, edition_id, text))
    others = (letters_of_presence, letters_of_practical)
    return [*invitations, *letters, *(letter for owes in others for letter in owes(db, act))]


def _invitations(db: Session, act: str) -> list[OwedLetter]:
    """The link sent to somebody who was added by hand, with what they hold by now. One query, two when there is one."""
    kinds = (AccountFact.INVITED.value, AccountFact.INVITED_AGAIN.value)
    sent = db.exec(select(Fact.detail).where(Fact.act == act, col(Fact.kind).in_(kinds))).first()
    if sent is None:
        return []
    inviter = aliased(Person)
    rows = db.exec(
        select(  # type: ignore[call-overload]
            Invitation.id, Invitation.person_id, Invitation.email, Invitation.expires_at, Edition.id, inviter.name,
            Edition.name, Edition.timezone, Edition.slug, Edition.place, Registration.state, Registration.mode,
            Track.slug, Track.name, Day.on, Day.place,
        )
        .join(Edition, col(Edition.id) == Invitation.edition_id)
        .join(inviter, col(inviter.id) == Invitation.invited_by)
        .join(
            Registration,
            and_(
                col(Registration.person_id) == Invitation.person_id,
                col(Registration.edition_id) == Invitation.edition_id,
                col(Registration.ended_at).is_(None),
            ),
            isouter=True,
        )
        .join(Track, col(Track.id) == Registration.track_id, isouter=True)
        .join(Day, col(Day.id) == Registration.day_id, isouter=True)
        .where(Invitation.id == int(sent["invitation"]), col(Invitation.withdrawn_at).is_(None))
        .order_by(col(Day.on), col(Registration.id))
    ).all()  # fmt: skip
    if not rows:
        return []
    key, person_id, email, expires_at, edition_id, by, edition, zone, slug, place, *_ = rows[0]
    held = places([_held(slug, place, *row[10:]) for row in rows if row[10] is not None])
    return [OwedLetter(person_id, edition_id, invited(by, edition, zone, held, key, expires_at), email)]


def _held(
    edition: str, edition_place: str, state: State, mode: Mode, track: str, track_name: str, on: date, place: str
) -> Happened:
    kind = RegistrationFact.CONFIRMED if state == State.CONFIRMED else RegistrationFact.WAITING
    return Happened(kind, track_name, f"/{edition}/parcours/{track}", on, mode, place or edition_place)


def _happened(
    person_id: int,
    edition: str,
    edition_place: str,
    kind: str,
    actor_id: int | None,
    detail: dict[str, int | str],
    track: str,
    track_name: str,
    on: date,
    place: str,
    join_url: str,
) -> Happened:
    return Happened(
        kind=RegistrationFact(kind),
        track=track_name,
        track_path=f"/{edition}/parcours/{track}",
        on=on,
        mode=Mode(detail["mode"]),
        place=place or edition_place,
        by_team=actor_id != person_id,
        why=Why(detail["reason"]) if "reason" in detail else None,
        join_url=join_url,
    )
