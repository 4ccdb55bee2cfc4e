"""Whether people still come: how the answers stand, who has not answered, and when the edition asks."""

from dataclasses import dataclass

from sprint.programme.queries import EditionView
from sprint.registrations.actions import CallWish, remind_presence, settle_presence, vouch_presence
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.forms import PresenceForm, VouchingForm
from sprint.registrations.presence import Call, reminding
from sprint.registrations.queries.presence import (
    AwaitedLine,
    Turnout,
    awaited_lines,
    call_of,
    is_asked,
    last_asked,
    turnout,
)
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say, say_count

HERE = "desk_presence"
USUAL = {"demander": True, "demande": 7, "reponse": 3, "rend": True}
"""What the form proposes where nothing is asked yet."""


@dataclass(frozen=True)
class PresenceDeskPage:
    """The answers, those that are awaited by name, and the settings."""

    edition: EditionView
    call: Call | None
    stands: Words
    turnout: Turnout | None
    rows: tuple[AwaitedLine, ...]
    pages: Pagination
    form: PresenceForm
    may_vouch: bool
    unasked: tuple[Words, ...]
    """Why nobody may be asked again now."""
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/presence", HERE)
def desk_presence(visit: Visit, edition: str) -> Show:
    """Who comes, who has not said so, and when people are asked."""
    found = edition_for(visit, edition)
    call = call_of(visit.db, found)
    number = asked_page(visit.request.query_params.get("page"))
    counts = turnout(visit.db, call) if call and visit.now >= call.asks_at else None
    pages = Pagination(number, counts.awaited if counts else 0)
    shown = PresenceDeskPage(
        found,
        call,
        _stands(visit, call),
        counts,
        tuple(awaited_lines(visit.db, call, pages.offset, pages.per_page)) if call and counts else (),
        pages,
        _form(visit, call),
        not found.calendar.is_over(visit.now),
        _unasked(visit, call, counts),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_presence.html", shown)


def _unasked(visit: Visit, call: Call | None, counts: Turnout | None) -> tuple[Words, ...]:
    if call is None or counts is None:
        return ()
    return tuple(one.words for one in reminding(call, last_asked(visit.db, call), counts.awaited, visit.now))


def _stands(visit: Visit, call: Call | None) -> Words:
    """Where the question stands, in a sentence."""
    if call is None:
        return say("Rien n’est demandé : chaque personne inscrite est attendue.")
    if visit.now < call.asks_at:
        asked = Moment(call.asks_at, call.zone)
        return say(
            "La question partira le **%(at)s**, réponse attendue avant le **%(until)s**.", at=asked, until=call.until
        )
    if not is_asked(visit.db, call):
        return say("La question n’est pas partie à temps pour laisser un jour de réponse : personne ne perd sa place.")
    if visit.now < call.due_at:
        return say("La question est partie ; les réponses sont attendues avant le **%(until)s**.", until=call.until)
    if call.releases:
        return say("L’échéance est passée ; les places sans réponse sont rendues à la liste d’attente.")
    return say("L’échéance est passée ; les places sans réponse restent à leurs personnes.")


def _form(visit: Visit, call: Call | None) -> PresenceForm:
    if isinstance(visit.form, PresenceForm):
        return visit.form
    if "demande" in visit.data:
        return PresenceForm(Posted(visit.data))
    if call is None:
        return PresenceForm(data=USUAL | {"demander": False})
    return PresenceForm(
        data={"demander": True, "demande": call.ask_days, "reponse": call.answer_days, "rend": call.releases}
    )


@page(ORGANISERS, "POST /organisation/{edition:edition}/presence", "settle_presence", shows=HERE)
def settle(visit: Visit, edition: str) -> Go:
    """Say when the edition asks, or that it does not."""
    found = edition_to_change(visit, edition)
    form = valid(PresenceForm(Posted(visit.data)))
    wish = (
        CallWish(form.demande.data or 0, form.reponse.data or 0, bool(form.rend.data)) if form.demander.data else None
    )
    changed = settle_presence(visit.db, found.id, wish, visit.now, visit.me.id)
    return Go(HERE, {"edition": edition}, says=say("C’est enregistré.") if changed else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/presence/confirmation", "vouch_presence", shows=HERE)
def vouch(visit: Visit, edition: str) -> Go:
    """Say for somebody that they come."""
    found = edition_to_change(visit, edition)
    form = valid(VouchingForm(Posted(visit.data)))
    said = vouch_presence(visit.db, form.personne.data or 0, found.id, visit.now, visit.me.id)
    return Go(HERE, {"edition": edition}, says=say("Présence confirmée à sa place.") if said else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/presence/rappel", "remind_presence", shows=HERE)
def remind(visit: Visit, edition: str) -> Go:
    """Ask again those who have not answered, once a day at most."""
    found = edition_to_change(visit, edition)
    people = remind_presence(visit.db, found.id, visit.now, visit.me.id)
    says = say_count(
        "C’est fait ; %(number)s personne reçoit la question à nouveau.",
        "C’est fait ; %(number)s personnes reçoivent la question à nouveau.",
        people,
    )
    return Go(HERE, {"edition": edition}, says=says, anchor="attendues")
