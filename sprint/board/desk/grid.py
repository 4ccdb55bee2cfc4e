"""A day's rooms and slots, half hour by half hour; placing a slot, adding and removing a room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from starlette.exceptions import HTTPException

from sprint.board import rules
from sprint.board.actions import RoomWish, Wish, offer_room, place_slot, remove_room
from sprint.board.forms import DURATIONS, RoomForm, SlotForm, half_hour, reject, summary
from sprint.board.grid import Grid, grid_of
from sprint.board.queries import day_items, names_of_rooms, openings, speakers, stays
from sprint.board.rules import Placed, lasting
from sprint.languages import gettext
from sprint.programme.queries import (
    DayOf,
    EditionView,
    RoomLine,
    SlotLine,
    agenda_slots,
    rooms_of,
    track_called,
    track_cards,
)
from sprint.programme.rules import Deed, room_key
from sprint.programme.tables import SlotKind
from sprint.registrations.desk.editions import edition_for
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Invalid, Visit
from sprint.words import Hours, Words, say

HERE = "desk_grid"
Choices = tuple[tuple[str, Words | str], ...]


@dataclass(frozen=True)
class SlotChoices:
    """What the lists of a slot's form offer."""

    days: Choices
    hours: Choices
    durations: Choices
    rooms: Choices
    kinds: Choices
    tracks: Choices


@dataclass(frozen=True)
class GridPage:
    """One day of an edition; `unplaced` are its slots without room or hour."""

    edition: EditionView
    day: DayOf | None
    grid: Grid | None
    unplaced: tuple[SlotLine, ...]
    rooms: tuple[RoomLine, ...]
    warnings: tuple[Words, ...]
    choices: SlotChoices
    form: SlotForm
    room_form: RoomForm
    once: str
    may_change: bool

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form, self.room_form))


@page(ORGANISERS, "GET /organisation/{edition:edition}/grille", HERE)
def desk_grid(visit: Visit, edition: str) -> Show:
    """The grid of one day, the first to come unless another is asked for."""
    found = edition_for(visit, edition)
    day = asked_day(visit, found)
    slots, rooms = agenda_slots(visit.db, found.id), rooms_of(visit.db, found.id)
    of_day = tuple(slot for slot in slots if day and slot.on == day.on and slot.cancelled_at is None)
    shown = GridPage(
        edition=found,
        day=day,
        grid=grid_of(day.on, openings(rooms), day_items(of_day, day.on)) if day else None,
        unplaced=tuple(slot for slot in of_day if slot.starts is None or not room_key(slot.room)),
        rooms=tuple(one for one in rooms if day and one.day_id == day.id),
        warnings=tuple(warnings_of(visit, found, slots)),
        choices=choices_of(visit, found, rooms, slots),
        form=_slot_form(visit, day),
        room_form=_room_form(visit, day),
        once=visit.once(),
        may_change=found.calendar.allows(Deed.PREPARE, visit.now),
    )
    return Show("board/desk_grid.html", shown)


def asked_day(visit: Visit, edition: EditionView) -> DayOf | None:
    """The day that the form or the address names, else today's or the first to come, else the last; None without days."""
    asked = visit.data.get("jour") or visit.request.query_params.get("jour")
    named = next((day for day in edition.days if day.on.isoformat() == asked), None)
    today = edition.calendar.today(visit.now)
    ahead = next((day for day in edition.days if day.on >= today), None)
    return named or ahead or (edition.days[-1] if edition.days else None)


def warnings_of(visit: Visit, edition: EditionView, slots: Sequence[SlotLine]) -> list[Words]:
    """What the agenda lacks, and which mentor or speaker is expected in two places at once. Five queries at most."""
    placed = [
        Placed(slot.id, slot.on, slot.title, slot.kind, slot.starts, slot.ends)
        for slot in slots
        if slot.cancelled_at is None
    ]
    days = [day.on for day in edition.days]
    expected = stays(visit.db, edition.id, visit.now) + speakers(visit.db, edition.id)
    return rules.lacking(days, placed) + rules.torn(expected)


def choices_of(visit: Visit, edition: EditionView, rooms: Sequence[RoomLine], slots: Sequence[SlotLine]) -> SlotChoices:
    """The lists of a slot's form. One query."""
    tracks = tuple((card.slug, card.name) for card in track_cards(visit.db, edition.id))
    return SlotChoices(
        days=tuple((day.on.isoformat(), say("%(day)s", day=day.on)) for day in edition.days),
        hours=HOURS,
        durations=LASTING,
        rooms=(("", say("Sans salle")), *((name, name) for name in names_of_rooms(rooms, slots))),
        kinds=tuple((kind.value, words) for kind, words in KINDS.items()),
        tracks=(("", say("Aucun : pour tout le monde")), *tracks),
    )


def _slot_form(visit: Visit, day: DayOf | None) -> SlotForm:
    """What was typed when it was refused, else the half hour and the room that the address names."""
    if isinstance(visit.form, SlotForm):
        return visit.form
    if "titre" in visit.data:
        return SlotForm(Posted(visit.data))
    asked = visit.request.query_params
    hour = asked.get("heure") if half_hour(asked.get("heure")) else "09:30"
    values = {"jour": day.on.isoformat() if day else "", "debut": hour, "salle": asked.get("salle", "")[:120]}
    return SlotForm(data={"duree": "60", "genre": SlotKind.WORKSHOP.value, **values})


def _room_form(visit: Visit, day: DayOf | None) -> RoomForm:
    if isinstance(visit.form, RoomForm):
        return visit.form
    if "nom" in visit.data:
        return RoomForm(Posted(visit.data))
    days = [day.on.isoformat()] if day else []
    return RoomForm(data={"jours": days, "ouvre": "09:00", "ferme": "18:00", "propose": False})


# --- what is posted


@page(ORGANISERS, "POST /organisation/{edition:edition}/grille/creneaux", "place_slot", shows=HERE)
def place(visit: Visit, edition: str) -> Go:
    """Place a new slot."""
    found = edition_for(visit, edition)
    form = valid(SlotForm(Posted(visit.data)))
    placed = place_slot(visit.db, found.id, wish_of(visit, found, form), form.once.data or "", visit.now, visit.me.id)
    says = say("Créneau ajouté : il est dans l’agenda et dans les calendriers.")
    return back(edition, form.jour.data or "", says if placed else None)


def wish_of(visit: Visit, edition: EditionView, form: SlotForm) -> Wish:
    """What a valid form asks for; Invalid when its track is none of the edition's."""
    slug = form.parcours.data or ""
    track = track_called(visit.db, edition.id, slug) if slug else None
    if slug and track is None:
        reject(form, "parcours", gettext("Choisissez un parcours de la liste."))
        raise Invalid(form)
    return Wish(form.titre.data or "", SlotKind(form.genre.data), form.spot, track.id if track else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/grille/salles", "offer_room", shows=HERE)
def add_room(visit: Visit, edition: str) -> Go:
    """Add a room to days, or change its hours there."""
    found = edition_for(visit, edition)
    form = valid(RoomForm(Posted(visit.data)))
    days = {day.on.isoformat(): day.id for day in found.days}
    wanted = [days[on] for on in form.jours.data or () if on in days]
    if not wanted:
        raise HTTPException(404)
    changed = offer_room(visit.db, found.id, wanted, _room_wish(form), visit.now, visit.me.id)
    return back(edition, (form.jours.data or [""])[0], say("Salle enregistrée.") if changed else None)


def _room_wish(form: RoomForm) -> RoomWish:
    opens, closes = half_hour(form.ouvre.data) or time(0), half_hour(form.ferme.data) or time(0)
    return RoomWish(form.nom.data or "", opens, closes, bool(form.propose.data))


@page(ORGANISERS, "POST /organisation/{edition:edition}/grille/salles/{room:int}/retrait", "remove_room", shows=HERE)
def take_room_away(visit: Visit, edition: str, room: int) -> Go:
    """Take a room from its day."""
    found = edition_for(visit, edition)
    known = next((one for one in rooms_of(visit.db, found.id) if one.id == room), None)
    if known is None:
        raise HTTPException(404)
    remove_room(visit.db, found.id, known.id, visit.now, visit.me.id)
    return back(edition, known.on.isoformat(), say("Salle retirée de ce jour."))


def back(edition: str, day: str, says: Words | None) -> Go:
    """To the grid of a day, whose address is asked for as it was."""
    return Go(HERE, {"edition": edition}, says=says, question={"jour": day} if day else {})


# --- words

HOURS: Choices = tuple(
    (f"{hour:02}:{minute:02}", say("%(hour)s", hour=Hours(time(hour, minute))))
    for hour in range(24)
    for minute in (0, 30)
)
LASTING: Choices = tuple((str(minutes), lasting(minutes)) for minutes in DURATIONS)
KINDS: dict[SlotKind, Words] = {
    SlotKind.PLENARY: say("Ouverture ou plénière"),
    SlotKind.WORKSHOP: say("Atelier"),
    SlotKind.TALK: say("Présentation"),
    SlotKind.LIGHTNING_TALK: say("Présentations courtes"),
    SlotKind.SHOWCASE: say("Restitution"),
    SlotKind.BREAK: say("Pause"),
}
