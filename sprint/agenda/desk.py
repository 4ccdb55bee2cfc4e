"""The agenda as organisers keep it: which slots take place, where tracks meet online."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from sprint.agenda.forms import JoinLinkForm
from sprint.agenda.queries.rows import OnlineRoom, online_rooms, slot_with
from sprint.programme.actions import cancel_slot, give_join_link, restore_slot
from sprint.programme.queries import EditionView, SlotLine, agenda_slots, edition_of_organiser, track_called
from sprint.programme.rules import still_prepared
from sprint.refusal import Refused
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say

NOT_FOUND = HTTPException(HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class DeskAgendaPage:
    """One page of the slots of an edition, cancelled ones too, in order."""

    edition: EditionView
    slots: tuple[SlotLine, ...]
    pages: Pagination

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/agenda", "desk_agenda")
def desk_agenda(visit: Visit, edition: str) -> Show:
    """The slots, to cancel and to restore."""
    found = _edition(visit, edition)
    slots = agenda_slots(visit.db, found.id)
    pages = Pagination(asked_page(visit.request.query_params.get("page")), len(slots))
    shown = tuple(slots[pages.offset : pages.offset + pages.per_page])
    return Show("agenda/desk_agenda.html", DeskAgendaPage(found, shown, pages))


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/creneaux/{slot:int}/annulation",
    "cancel_slot",
    shows="desk_agenda",
)
def call_off(visit: Visit, edition: str, slot: int) -> Go:
    """Say that a slot does not take place; calendars that hold it are told."""
    changed = cancel_slot(visit.db, _slot(visit, edition, slot), visit.me.id, visit.now)
    says = say("Créneau annulé : il reste dans l’agenda, barré, et les calendriers abonnés l’apprennent.")
    return _back(edition, says if changed else None)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/creneaux/{slot:int}/retablissement",
    "restore_slot",
    shows="desk_agenda",
)
def call_on(visit: Visit, edition: str, slot: int) -> Go:
    """Say that a cancelled slot takes place after all."""
    changed = restore_slot(visit.db, _slot(visit, edition, slot), visit.me.id, visit.now)
    return _back(edition, say("Créneau rétabli.") if changed else None)


def _back(edition: str, says: Words | None) -> Go:
    return Go("desk_agenda", {"edition": edition}, says=says)


def _edition(visit: Visit, slug: str) -> EditionView:
    """An edition the person organises, else 404."""
    found = edition_of_organiser(visit.db, visit.me, slug)
    if found is None:
        raise NOT_FOUND
    return found


def _to_change(visit: Visit, slug: str) -> EditionView:
    """An edition the person organises and may still change, else 404 or the reason why not."""
    found = _edition(visit, slug)
    reasons = still_prepared(found.calendar, visit.now)
    if reasons:
        raise Refused(*reasons)
    return found


def _slot(visit: Visit, edition: str, slot_id: int) -> int:
    """The id of a slot of an edition the person organises, else 404."""
    found = _to_change(visit, edition)
    if slot_with(visit.db, found.id, slot_id) is None:
        raise NOT_FOUND
    return slot_id


# --- where tracks meet online


@dataclass(frozen=True)
class RoomRow:
    """A track and the form that says where it meets (with what was typed, when it was refused)."""

    room: OnlineRoom
    form: JoinLinkForm


@dataclass(frozen=True)
class DeskLinksPage:
    """The online rooms of an edition's tracks."""

    edition: EditionView
    rows: tuple[RoomRow, ...]
    pages: Pagination

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/visio", "desk_links")
def desk_links(visit: Visit, edition: str) -> Show:
    """Where each track meets online."""
    found = _edition(visit, edition)
    rooms = online_rooms(visit.db, found.id)
    pages = Pagination(asked_page(visit.request.query_params.get("page")), len(rooms))
    typed = visit.form if isinstance(visit.form, JoinLinkForm) else None
    if typed is not None:
        # What was refused is shown, on whichever page it stands.
        pages = Pagination(1, len(rooms), per_page=max(1, len(rooms)))
    shown = rooms[pages.offset : pages.offset + pages.per_page]
    return Show("agenda/desk_links.html", DeskLinksPage(found, tuple(_row(room, typed) for room in shown), pages))


def _row(room: OnlineRoom, typed: JoinLinkForm | None) -> RoomRow:
    own = typed if typed is not None and typed._prefix == f"{room.slug}-" else None
    return RoomRow(room, own or JoinLinkForm(prefix=room.slug, data={"lien": room.join_url}))


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/parcours/{track:slug}/visio",
    "set_join_link",
    shows="desk_links",
)
def set_join_link(visit: Visit, edition: str, track: str) -> Go:
    """Say where a track meets online: those who have a seat, and organisers, are shown it from now on."""
    found = _to_change(visit, edition)
    offered = track_called(visit.db, found.id, track)
    if offered is None:
        raise NOT_FOUND
    form = valid(JoinLinkForm(Posted(visit.data), prefix=track))
    changed = give_join_link(visit.db, offered, form.lien.data, visit.me.id, visit.now)
    says = say("%(track)s : lien enregistré. Les personnes qui ont une place le voient.", track=offered.name)
    removed = say("%(track)s : lien retiré.", track=offered.name)
    return Go("desk_links", {"edition": edition}, says=(says if form.lien.data else removed) if changed else None)
