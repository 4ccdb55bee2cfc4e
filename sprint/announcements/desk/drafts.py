"""Letters to groups: the list of them, and a new one with how many people it would reach."""

from dataclasses import dataclass

from sprint.announcements.actions import Draft, write_draft
from sprint.announcements.forms import GROUP_FIELDS, GroupForm, NewGroupForm, summary
from sprint.announcements.queries import Narrowing, addressees, group_letters
from sprint.announcements.rules import GROUPS
from sprint.announcements.tables import Group, GroupLetter
from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.queries.groups import Addressee
from sprint.registrations.rules import HOW
from sprint.registrations.tables import Mode
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, ShortDay, Words, say

Choices = tuple[tuple[str, Words | str], ...]


@dataclass(frozen=True)
class Options:
    """What the lists of the form offer."""

    groups: Choices
    tracks: Choices
    days: Choices
    modes: Choices


@dataclass(frozen=True)
class Line:
    """A letter in the list."""

    id: int
    subject: str
    group: Words
    at: Moment | None
    people: int
    is_withdrawn: bool


@dataclass(frozen=True)
class GroupsPage:
    """The letters to groups, and the form of a new one with how many people it would reach."""

    edition: EditionView
    lines: tuple[Line, ...]
    pages: Pagination
    options: Options
    form: GroupForm
    once: str
    reached: tuple[int, int]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form,))


@page(ORGANISERS, "GET /organisation/{edition:edition}/courriers/groupes", "group_letters")
def show_group_letters(visit: Visit, edition: str) -> Show:
    """Letters to groups; `groupe`, `parcours`, `jour` and `mode` choose whom a new one is for."""
    found = edition_for(visit, edition)
    cards = track_cards(visit.db, found.id)
    number = asked_page(visit.request.query_params.get("page"))
    first = Pagination(number, 0)
    total, letters = group_letters(visit.db, found.id, first.offset, first.per_page)
    form = visit.form if isinstance(visit.form, GroupForm) else _asked(visit)
    shown = GroupsPage(
        found,
        tuple(_line(one, found) for one in letters),
        Pagination(number, total),
        options_of(found, cards),
        form,
        visit.once(),
        reached_of(addressees(visit.db, found.id, _narrowing(form, found, cards), visit.now)),
    )
    return Show("announcements/groups.html", shown)


def _asked(visit: Visit) -> GroupForm:
    """The group that the address names."""
    asked = visit.request.query_params
    return GroupForm(data={name: asked.get(name, "")[:80] for name in GROUP_FIELDS})


def _line(one: GroupLetter, edition: EditionView) -> Line:
    at = Moment(one.sent_at, edition.calendar.zone) if one.sent_at else None
    return Line(one.id or 0, one.subject_fr, GROUPS[one.to_group], at, one.people, one.withdrawn_at is not None)


def options_of(edition: EditionView, cards: list[TrackCard]) -> Options:
    """The lists of the form."""
    return Options(
        tuple((group.value, words) for group, words in GROUPS.items()),
        (("", say("Indifférent")), *((card.slug, card.name) for card in cards)),
        (
            ("", say("Indifférent")),
            *((day.on.isoformat(), say("%(day)s", day=ShortDay(day.on))) for day in edition.days),
        ),
        (("", say("Indifférent")), *((mode.value, HOW[mode]) for mode in Mode)),
    )


def _narrowing(form: GroupForm, edition: EditionView, cards: list[TrackCard]) -> Narrowing:
    """What the lists say; what they do not offer is not asked."""
    group = Group(form.groupe.data) if form.groupe.data in list(Group) else Group.EVERYONE
    track = next((card.id for card in cards if card.slug == form.parcours.data), None)
    day = next((day.id for day in edition.days if day.on.isoformat() == form.jour.data), None)
    return Narrowing(group, track, day, Mode(form.mode.data) if form.mode.data in list(Mode) else None)


def reached_of(people: list[Addressee]) -> tuple[int, int]:
    """How many would receive the letter, and how many have no address."""
    reached = sum(one.has_address for one in people)
    return reached, len(people) - reached


@page(ORGANISERS, "POST /organisation/{edition:edition}/courriers/groupes", "write_group_letter", shows="group_letters")
def write(visit: Visit, edition: str) -> Go:
    """Keep a letter, to be read before it is sent."""
    found = edition_to_change(visit, edition)
    form = valid(NewGroupForm(Posted(visit.data)))
    key = write_draft(visit.db, found.id, draft_of(visit, found, form), form.once.data or "", visit.now)
    return Go("group_letter", {"edition": edition, "group": key})


def draft_of(visit: Visit, edition: EditionView, form: GroupForm) -> Draft:
    """What a valid form says."""
    to = _narrowing(form, edition, track_cards(visit.db, edition.id))
    return Draft(to, form.objet.data or "", form.texte.data or "", form.subject.data or "", form.text.data or "")
