"""The open board: what registered people propose, where it is still free, and the queue of lightning talks."""

from dataclasses import dataclass
from datetime import date, time

from starlette.exceptions import HTTPException

from sprint.board.actions import Wish, propose_talk, propose_workshop, withdraw_entry
from sprint.board.forms import DURATIONS, TALK_MINUTES, TalkForm, WorkshopForm, summary
from sprint.board.queries import EntryLine, entries, is_registered, openings, talks_in_order
from sprint.board.rules import lasting
from sprint.board.running import TalkAt
from sprint.programme.queries import EditionView, edition_seen, rooms_of
from sprint.programme.tables import SlotKind
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Hours, Words, say

HERE = "board"
LONGEST = 120
"""Minutes a proposed workshop may last."""
Choices = tuple[tuple[str, Words | str], ...]


@dataclass(frozen=True)
class ShownEntry:
    """An entry as everybody reads it; `name` where its author chose so. A talk has an hour once a session has room for it."""

    id: int
    title: str
    minutes: int | None
    on: date | None
    starts: time | None
    ends: time | None
    room: str | None
    name: str


@dataclass(frozen=True)
class Own:
    """One's own entry; removed when `reason` says why."""

    id: int
    title: str
    reason: str


@dataclass(frozen=True)
class BoardPage:
    """What is proposed, and the two forms for who may propose. `why_not`: the person is known, but holds no seat."""

    edition: EditionView
    workshops: tuple[ShownEntry, ...]
    talks: tuple[ShownEntry, ...]
    mine: tuple[Own, ...]
    is_over: bool
    may_propose: bool
    form: WorkshopForm
    talk: TalkForm
    onces: tuple[str, str]
    days: Choices
    hours: Choices
    durations: Choices
    rooms: Choices
    minutes: Choices

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form, self.talk))


@page(ANYONE, "GET /{edition:edition}/tableau", HERE)
def board(visit: Visit, edition: str) -> Show:
    """The board of an edition."""
    found = _edition(visit, edition)
    lines, rooms = entries(visit.db, found.id), openings(rooms_of(visit.db, found.id))
    is_over = found.calendar.is_over(visit.now)
    workshops = [shown_entry(line) for line in lines if line.is_live and line.slot_id is not None]
    shown = BoardPage(
        edition=found,
        workshops=tuple(sorted(workshops, key=lambda one: (one.on or date.min, one.starts or time.min))),
        talks=tuple(queue_of(visit, found, lines)),
        mine=tuple(_own(visit, lines)),
        is_over=is_over,
        may_propose=not is_over and visit.member is not None and is_registered(visit.db, visit.member.id, found.id),
        form=_form(visit),
        talk=visit.form if isinstance(visit.form, TalkForm) else _talk(visit),
        onces=(visit.once(), visit.once()),
        days=tuple((day.on.isoformat(), say("%(day)s", day=day.on)) for day in found.days),
        hours=HOURS,
        durations=tuple((str(one), lasting(one)) for one in DURATIONS if one <= LONGEST),
        rooms=tuple(dict.fromkeys((one.name, one.name) for one in rooms if one.is_offered)),
        minutes=tuple((str(one), lasting(one)) for one in TALK_MINUTES),
    )
    return Show("board/board.html", shown)


def _edition(visit: Visit, slug: str) -> EditionView:
    """An edition that exists for the person, else 404."""
    found = edition_seen(visit.db, slug, visit.member, visit.now)
    if found is None:
        raise HTTPException(404)
    return found


def shown_entry(line: EntryLine, at: TalkAt | None = None) -> ShownEntry:
    """An entry as everybody reads it; `at` is where a talk is held."""
    name = line.name if line.named_at is not None else ""
    if at is None:
        return ShownEntry(line.id, line.title, line.minutes, line.on, line.starts, line.ends, line.room, name)
    session = at.session
    return ShownEntry(line.id, line.title, line.minutes, session.on, at.starts, at.ends, session.room, name)


def queue_of(visit: Visit, edition: EditionView, lines: list[EntryLine]) -> list[ShownEntry]:
    """The lightning talks in their order, each with its hour where it has one."""
    order = {one.talk.id: one for one in talks_in_order(visit.db, edition.id)}
    return [shown_entry(line, order.get(line.id)) for line in lines if line.is_live and line.minutes is not None]


def _own(visit: Visit, lines: list[EntryLine]) -> list[Own]:
    member = visit.member
    return [Own(one.id, one.title, one.reason) for one in lines if member is not None and one.person_id == member.id]


def _form(visit: Visit) -> WorkshopForm:
    """What was typed when it was refused."""
    if isinstance(visit.form, WorkshopForm):
        return visit.form
    return WorkshopForm(Posted(visit.data)) if "titre" in visit.data else WorkshopForm(data=START)


def _talk(visit: Visit) -> TalkForm:
    return TalkForm(Posted(visit.data)) if "sujet" in visit.data else TalkForm(data={"minutes": "5"})


# --- what is posted


@page(SIGNED_IN, "POST /{edition:edition}/tableau/ateliers", "propose_workshop", shows=HERE)
def propose_one(visit: Visit, edition: str) -> Go:
    """Propose a workshop where a room is free."""
    found = _edition(visit, edition)
    form = valid(WorkshopForm(Posted(visit.data)))
    wish = Wish(form.titre.data or "", SlotKind.WORKSHOP, form.spot)
    is_named = bool(form.nommer.data)
    once = form.once.data or ""
    done = propose_workshop(visit.db, visit.me.id, found.id, wish, once, visit.now, is_named=is_named)
    return _back(edition, say("Votre atelier est au tableau et dans l’agenda.") if done else None)


@page(SIGNED_IN, "POST /{edition:edition}/tableau/presentations", "propose_talk", shows=HERE)
def propose_another(visit: Visit, edition: str) -> Go:
    """Propose a lightning talk, last in the queue."""
    found = _edition(visit, edition)
    form = valid(TalkForm(Posted(visit.data)))
    title, minutes, once = form.sujet.data or "", int(form.minutes.data or 0), form.once.data or ""
    is_named = bool(form.nommer.data)
    done = propose_talk(visit.db, visit.me.id, found.id, title, minutes, once, visit.now, is_named=is_named)
    return _back(edition, say("Votre présentation est dans la file.") if done else None)


@page(SIGNED_IN, "POST /{edition:edition}/tableau/{entry:int}/retrait", "withdraw_entry", shows=HERE)
def take_back(visit: Visit, edition: str, entry: int) -> Go:
    """Take back what one proposed."""
    found = _edition(visit, edition)
    own = next((one for one in _own(visit, entries(visit.db, found.id)) if one.id == entry), None)
    if own is None:
        raise HTTPException(404)
    done = withdraw_entry(visit.db, own.id, visit.now)
    return _back(edition, say("Votre proposition est reprise ; sa salle est libre.") if done else None)


def _back(edition: str, says: Words | None) -> Go:
    return Go(HERE, {"edition": edition}, says=says)


START = {"duree": "60", "debut": "14:00"}
HOURS: Choices = tuple(
    (f"{hour:02}:{minute:02}", say("%(hour)s", hour=Hours(time(hour, minute))))
    for hour in range(7, 23)
    for minute in (0, 30)
)
