"""Who may log, correct, withdraw, accept or send back, and why not. Every rule gives all its reasons."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sprint.contributions.tables import Kind, State
from sprint.people.rules import Member
from sprint.people.tables import Right, Scope
from sprint.programme.rules import Calendar, Deed
from sprint.refusal import Refusal
from sprint.words import Moment, Words, say

RULES = 1
"""The version of these rules, kept with what was accepted under them."""
GRACE = timedelta(days=14)
"""How long after its last day an edition still takes contributions; those are late, and an organiser decides on them."""
EARLIEST = timedelta(days=365)
"""Work may be dated up to a year before the first day: preparing counts."""
MOST_WAITING = 100
"""Contributions one person may have waiting for an answer in an edition."""
MOST_LINKS = 10
FEW = 5
"""Fewer people than this are not counted in public."""

KINDS: dict[Kind, Words] = {
    Kind.CODE: say("Code"),
    Kind.SECURITY: say("Correctif de sécurité"),
    Kind.REVIEW: say("Relecture"),
    Kind.REPORT: say("Anomalie signalée ou triée"),
    Kind.TEST: say("Test ou essai d’installation"),
    Kind.DOCUMENTATION: say("Documentation"),
    Kind.TRANSLATION: say("Traduction"),
    Kind.ACCESSIBILITY: say("Accessibilité"),
    Kind.DESIGN: say("Conception graphique ou ergonomique"),
    Kind.DATA: say("Données et communs"),
    Kind.TRAINING: say("Formation et mentorat"),
    Kind.FACILITATION: say("Animation"),
    Kind.GOVERNANCE: say("Gouvernance, droit, licence"),
    Kind.RELEASE: say("Ouverture d’un code source"),
}

STATES: dict[State, Words] = {
    State.PROPOSED: say("En relecture"),
    State.ACCEPTED: say("Acceptée"),
    State.SENT_BACK: say("Renvoyée"),
    State.WITHDRAWN: say("Retirée"),
}


@dataclass(frozen=True)
class Employer:
    """An organisation the person works or worked for, both days included."""

    organisation_id: int
    name: str
    since_on: date
    until_on: date | None

    def covers(self, on: date) -> bool:
        return self.since_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class Case:
    """A contribution as far as the rules care."""

    id: int
    title: str
    edition_id: int
    track_id: int | None
    state: State
    is_late: bool
    was_answered: bool
    author_ids: tuple[int, ...]


# --- when


def closes_at(calendar: Calendar) -> datetime:
    """Until when contributions are taken."""
    return calendar.ends_at + GRACE


def takes_contributions(calendar: Calendar, now: datetime) -> bool:
    """Whether one may log now: from the opening of registration until the days of grace are over."""
    return not window(calendar, now)


def is_late(logged_at: datetime, calendar: Calendar) -> bool:
    """Logged after the last day."""
    return logged_at >= calendar.ends_at


def window(calendar: Calendar, now: datetime) -> list[Refusal]:
    """Contributions are not taken yet, or no longer."""
    if not calendar.allows(Deed.READ, now):
        return [Refusal("draft", say("cette édition n’est pas encore annoncée"))]
    if not calendar.days:
        return [Refusal("no_days", say("les dates de cette édition ne sont pas encore connues"))]
    if calendar.opens_at is not None and now < calendar.opens_at:
        opens = Moment(calendar.opens_at, calendar.zone)
        return [Refusal("not_yet_open", say("les contributions se notent à partir du %(moment)s", moment=opens))]
    if now >= closes_at(calendar) or not calendar.allows(Deed.PREPARE, now):
        last = closes_at(calendar).astimezone(ZoneInfo(calendar.zone)).date() - timedelta(days=1)
        words = say("les contributions se notaient jusqu’au %(day)s ; écrivez à l’équipe du sprint", day=last)
        return [Refusal("closed", words)]
    return []


def dated(done_on: date, calendar: Calendar, now: datetime) -> list[Refusal]:
    """What is logged has been done, for this sprint."""
    if done_on > calendar.today(now):
        return [Refusal("not_done_yet", say("la date est à venir : notez ce qui est fait"), "date")]
    if calendar.days and done_on < calendar.days[0] - EARLIEST:
        return [Refusal("too_old", say("la date est trop ancienne pour cette édition"), "date")]
    return []


def credited(organisation_id: int | None, employers: Iterable[Employer], done_on: date) -> list[Refusal]:
    """One credits an administration one worked for on that day, or nobody."""
    if organisation_id is None or any(
        one.organisation_id == organisation_id and one.covers(done_on) for one in employers
    ):
        return []
    words = say("vous ne travailliez pas pour cette administration %(day)s", day=done_on)
    return [Refusal("not_employed", words, "au_titre_de")]


# --- authors


def logging(
    calendar: Calendar,
    done_on: date,
    organisation_id: int | None,
    employers: Sequence[Employer],
    waiting: int,
    now: datetime,
) -> list[Refusal]:
    """Why a contribution may not be logged; `waiting` is how many of the person's wait for an answer."""
    reasons = window(calendar, now) + dated(done_on, calendar, now) + credited(organisation_id, employers, done_on)
    if waiting >= MOST_WAITING:
        reasons.append(Refusal("too_many", say("trop de vos contributions attendent une réponse : revenez plus tard")))
    return reasons


def already_noted(taken: Sequence[str], kind: Kind) -> list[Refusal]:
    """Links that serve another contribution of the same kind in this edition; whose is nobody else's business."""
    words = say(
        "ce lien est déjà noté dans cette édition comme « %(kind)s » ; s’il s’agit aussi de votre travail, "
        "choisissez une autre nature, ou écrivez à l’équipe du sprint",
        kind=KINDS[kind],
    )
    return [Refusal("already_noted", words, "url") for _ in taken[:1]]


def correcting(case: Case) -> list[Refusal]:
    """What waits for a decision can be corrected; what was sent back is corrected by answering."""
    return [] if case.state == State.PROPOSED else [_stands(case)]


def answering(case: Case) -> list[Refusal]:
    """What was sent back is answered once."""
    if case.state != State.SENT_BACK:
        return [_stands(case)]
    if case.was_answered:
        return [Refusal("answered", say("vous avez déjà répondu une fois : écrivez à l’équipe du sprint"))]
    return []


def withdrawing(case: Case) -> list[Refusal]:
    """Its author may withdraw a contribution at any time; one that has several authors is theirs together."""
    if case.state == State.WITHDRAWN:
        return [_stands(case)]
    if case.state == State.ACCEPTED and len(case.author_ids) > 1:
        return [Refusal("shared", say("d’autres personnes en sont aussi les auteurs : écrivez à l’équipe du sprint"))]
    return []


def naming(case: Case) -> list[Refusal]:
    """A name shown or hidden belongs to a contribution that still stands."""
    return [_stands(case)] if case.state == State.WITHDRAWN else []


# --- mentors and organisers


def organises(member: Member, edition_id: int) -> bool:
    return member.holds_over(Right.ORGANISER, Scope.EDITION, edition_id)


def mentors(member: Member, track_id: int | None) -> bool:
    return track_id is not None and member.holds_over(Right.MENTOR, Scope.TRACK, track_id)


def reviews(member: Member, case: Case) -> bool:
    """Whether the contribution is one that this person may read as a mentor or an organiser."""
    return organises(member, case.edition_id) or mentors(member, case.track_id)


def deciding(case: Case, member: Member) -> list[Refusal]:
    """Why this person may not accept the contribution or send it back."""
    reasons = []
    if case.state != State.PROPOSED:
        reasons.append(_stands(case))
    if member.id in case.author_ids:
        words = say("« %(title)s » est de vous : quelqu’un d’autre doit la relire", title=case.title)
        reasons.append(Refusal("own", words, str(case.id)))
    if case.is_late and not organises(member, case.edition_id):
        words = say("« %(title)s » est en retard : l’équipe du sprint en décide", title=case.title)
        reasons.append(Refusal("late", words, str(case.id)))
    return reasons


def _stands(case: Case) -> Refusal:
    words = say("« %(title)s » : %(state)s", title=case.title, state=_NOW[case.state])
    return Refusal(f"is_{case.state}", words, str(case.id))


_NOW: dict[State, Words] = {
    State.PROPOSED: say("attend d’être relue"),
    State.ACCEPTED: say("est déjà acceptée"),
    State.SENT_BACK: say("est renvoyée à son auteur ou autrice"),
    State.WITHDRAWN: say("est retirée"),
}


# --- figures


def hide_few(people: dict[str, int]) -> dict[str, int | None]:
    """Counts of people with the small ones hidden (None), and as many more as it takes for the hidden ones to be many together.

    Else a sum would give them away. Nought is no secret.
    """
    hidden = {name for name, number in people.items() if 0 < number < FEW}
    while hidden and sum(people[name] for name in hidden) < FEW:
        others = [(number, name) for name, number in people.items() if number and name not in hidden]
        if not others:
            break
        hidden.add(min(others)[1])
    return {name: None if name in hidden else number for name, number in people.items()}


def sorting_key(text: str) -> str:
    """A text as a French list sorts it: without accents nor case."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()
