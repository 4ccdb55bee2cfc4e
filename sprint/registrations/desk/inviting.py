"""People whom the team adds by hand: who was invited, another link, no link any more, and adding one."""

from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException

from sprint.account.actions import Newcomer, invite_again
from sprint.account.queries.invitations import InvitationLine, Invited, invitation_called, invitations_of
from sprint.account.rules.invitations import INVITATION_STATES, InvitationState
from sprint.programme.queries import EditionView, TrackCard, track_called, track_cards
from sprint.refusal import Refusal
from sprint.registrations.actions import Outcome, Wish, add_by_hand, withdraw_from
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.forms import InvitationForm
from sprint.registrations.queries.people import places_of
from sprint.registrations.tables import Mode
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

OF_THEM = {
    "not_public": say(
        "le parcours est réservé au secteur public : indiquez l’employeur public de la personne, que vous attesterez"
    )
}
"""Reasons that the rule words for the person concerned, as the team reads them."""


@dataclass(frozen=True)
class InvitedLine:
    """Somebody who was invited, and what their invitation has become."""

    invitation: InvitationLine
    state: Words
    """With the moment it became so, or until which it waits."""
    may_act: bool
    """Whether the invitation is not accepted: another may be sent."""
    may_withdraw: bool
    has_places: bool


@dataclass(frozen=True)
class InvitationsPage:
    """Who was invited, the latest first."""

    edition: EditionView
    people: tuple[InvitedLine, ...]
    pages: Pagination

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/invitations", "desk_invitations")
def desk_invitations(visit: Visit, edition: str) -> Show:
    """Who was added by hand, and whether they came."""
    found = edition_for(visit, edition)
    number = asked_page(visit.request.query_params.get("page"))
    first = Pagination(number, 0)
    total, lines = invitations_of(visit.db, found.id, first.offset, first.per_page)
    places = places_of(visit.db, found.id, [line.person_id for line in lines])
    people = tuple(_line(visit, found, line, has_places=line.person_id in places) for line in lines)
    return Show(
        "registrations/desk_invitations.html",
        InvitationsPage(found, people, Pagination(number, total)),
    )


def _line(visit: Visit, edition: EditionView, line: InvitationLine, *, has_places: bool) -> InvitedLine:
    state = line.times.state(visit.now)
    return InvitedLine(
        line,
        replace(INVITATION_STATES[state], values={"when": Moment(line.times.of(state), edition.calendar.zone)}),
        state is not InvitationState.ACCEPTED,
        state in (InvitationState.OPEN, InvitationState.LAPSED),
        has_places,
    )


@dataclass(frozen=True)
class AddingPage:
    """The form to add somebody, with what was typed and what is wrong with it."""

    edition: EditionView
    tracks: tuple[TrackCard, ...]
    form: InvitationForm
    once: str
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def track_choices(self) -> list[tuple[str, Words]]:
        """No track at all first."""
        none = ("", say("Aucun : la personne choisira elle-même"))
        return [none, *((track.slug, say("%(track)s", track=track.name)) for track in self.tracks)]

    @property
    def days(self) -> tuple[str, ...]:
        """The days that are ticked, in ISO."""
        return tuple(on.isoformat() for on in self.form.jour.data or ())

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each field that is wrong, and why; the name stands first on the page."""
        wrong = sorted(self.form.errors.items(), key=lambda one: one[0] != "nom")
        return [(name, str(messages[0])) for name, messages in wrong]


@page(ORGANISERS, "GET /organisation/{edition:edition}/invitations/nouvelle", "desk_adding")
def desk_adding(visit: Visit, edition: str) -> Show:
    """Add somebody by hand."""
    found = edition_for(visit, edition)
    typed = visit.form if isinstance(visit.form, InvitationForm) else InvitationForm(Posted(visit.data))
    once = visit.data.get("once")
    shown = AddingPage(
        found,
        tuple(track_cards(visit.db, found.id)),
        typed,
        once if isinstance(once, str) and once else visit.once(),
        tuple(_of_them(reason) for reason in visit.refusals),
    )
    return Show("registrations/desk_adding.html", shown)


def _of_them(reason: Refusal) -> Words:
    return OF_THEM.get(reason.code, reason.words)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/invitations",
    "add_by_hand",
    shows="desk_adding",
    limited="invitation",
)
def add_one(visit: Visit, edition: str) -> Go:
    """Add them, take their places, owe the letter."""
    found = edition_to_change(visit, edition)
    form = valid(InvitationForm(Posted(visit.data)))
    newcomer = Newcomer(form.nom.data, form.adresse.data, form.langue.data, form.employeur.data, form.public.data)
    outcome = add_by_hand(
        visit.db, found.id, newcomer, _wish(visit, found, form), visit.me.id, form.once.data, visit.now
    )
    says = None if outcome.replayed else _said(outcome, newcomer.name)
    return Go("desk_invitations", {"edition": edition}, says=says)


def _wish(visit: Visit, edition: EditionView, form: InvitationForm) -> Wish | None:
    if not form.parcours.data:
        return None
    track = track_called(visit.db, edition.id, form.parcours.data)
    days = {day.on: day.id for day in edition.days}
    if track is None or not set(form.jour.data) <= set(days):
        raise HTTPException(404)
    return Wish(track, [days[on] for on in form.jour.data], Mode(form.mode.data))


def _said(outcome: Outcome, name: str) -> Words:
    if outcome.waiting and outcome.confirmed:
        return say("%(name)s est inscrit·e, en attente pour une partie des jours. L’invitation part.", name=name)
    if outcome.waiting:
        return say("%(name)s est sur la liste d’attente. L’invitation part.", name=name)
    if outcome.confirmed:
        return say("%(name)s est inscrit·e. L’invitation part.", name=name)
    return say("%(name)s est ajouté·e. L’invitation part.", name=name)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/invitations/{invitation:int}/renvoi",
    "send_invitation_again",
    shows="desk_invitations",
    limited="invitation",
)
def send_again(visit: Visit, edition: str, invitation: int) -> Go:
    """Send another link; the one before opens nothing any more."""
    found = edition_to_change(visit, edition)
    is_new = invite_again(visit.db, _invitation(visit, found, invitation).id, visit.me.id, visit.now)
    says = say("Un nouveau lien part ; le précédent n’ouvre plus rien.")
    return Go("desk_invitations", {"edition": edition}, says=says if is_new else None)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/invitations/{invitation:int}/retrait",
    "withdraw_invitation",
    shows="desk_invitations",
)
def withdraw(visit: Visit, edition: str, invitation: int) -> Go:
    """Let the link open nothing any more."""
    found = edition_to_change(visit, edition)
    line = _invitation(visit, found, invitation)
    withdraw_from(visit.db, found.id, line.id, line.person_id, visit.me.id, visit.now)
    says = say("L’invitation est retirée : ce qui était noté de la personne est effacé sous deux jours.")
    return Go("desk_invitations", {"edition": edition}, says=says)


def _invitation(visit: Visit, edition: EditionView, invitation: int) -> Invited:
    """An invitation to this edition, else 404."""
    found = invitation_called(visit.db, invitation)
    if found is None or found.edition_id != edition.id:
        raise HTTPException(404)
    return found
