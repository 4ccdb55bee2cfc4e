"""A letter to a group: what each reads, one button, and how far it has got."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.exceptions import HTTPException

from sprint.announcements.actions import Mailing, catch_back, revise_draft, send_to_group
from sprint.announcements.desk.drafts import Options, draft_of, options_of, reached_of
from sprint.announcements.forms import GroupForm, SendingForm, summary
from sprint.announcements.letters import Wording, group_letter
from sprint.announcements.queries import addressees, group_letter_of, narrowing_of
from sprint.announcements.rules import GROUPS, withdrawing
from sprint.announcements.tables import GroupLetter
from sprint.notices.queries import states_of_act
from sprint.notices.render import body, domain_of, subject
from sprint.notices.rules import STATES
from sprint.notices.tables import LetterState
from sprint.notices.work.addresses import is_shown_only
from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.rules import HOW
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, ShortDay, Words, say, say_count

HERE = "group_letter"


@dataclass(frozen=True)
class Preview:
    """What one person would receive, in one language."""

    language: str
    subject: str
    text: str


@dataclass(frozen=True)
class GroupLetterPage:
    """One letter: a draft with its previews, or one that was sent with how far it has got."""

    edition: EditionView
    id: int
    group: Words
    narrowed: tuple[Words, ...]
    example: str
    previews: tuple[Preview, ...]
    reached: tuple[int, int]
    options: Options
    form: GroupForm
    sent_at: Moment | None
    is_withdrawn: bool
    may_withdraw: bool
    people: int
    states: dict[LetterState, int]
    is_shown_only: bool

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form,))

    @property
    def left(self) -> int:
        """How many copies have left."""
        return self.states.get(LetterState.POSTED, 0)

    @property
    def others(self) -> list[tuple[LetterState, Words, int]]:
        """How many have not, by state."""
        return [
            (state, words, self.states[state])
            for state, words in STATES.items()
            if state != LetterState.POSTED and self.states.get(state)
        ]


@page(ORGANISERS, "GET /organisation/{edition:edition}/courriers/groupes/{group:int}", HERE)
def show_group_letter(visit: Visit, edition: str, group: int) -> Show:
    """A letter as one of its readers would receive it; once sent, how far it has got."""
    found = edition_for(visit, edition)
    letter = _letter(visit, found, group)
    cards = track_cards(visit.db, found.id)
    people = addressees(visit.db, found.id, narrowing_of(letter), visit.now)
    reader = next((one.name for one in people if one.has_address), visit.me.name)
    delay = timedelta(seconds=visit.settings.letter_delay_seconds)
    shown = GroupLetterPage(
        found,
        group,
        GROUPS[letter.to_group],
        tuple(_narrowed(letter, found, cards)),
        reader,
        tuple(_preview(visit, letter, found, reader, language) for language in ("fr", "en")),
        reached_of(people),
        options_of(found, cards),
        visit.form if isinstance(visit.form, GroupForm) else _form(letter, found, cards),
        Moment(letter.sent_at, found.calendar.zone) if letter.sent_at else None,
        letter.withdrawn_at is not None,
        not withdrawing(letter.sent_at, letter.withdrawn_at, delay, visit.now),
        letter.people,
        states_of_act(visit.db, letter.act) if letter.act else {},
        is_shown_only(visit.settings),
    )
    return Show("announcements/group.html", shown)


def _letter(visit: Visit, edition: EditionView, key: int) -> GroupLetter:
    found = group_letter_of(visit.db, edition.id, key)
    if found is None:
        raise HTTPException(404)
    return found


def _narrowed(letter: GroupLetter, edition: EditionView, cards: list[TrackCard]) -> list[Words]:
    names = [say("%(track)s", track=card.name) for card in cards if card.id == letter.track_id]
    days = [say("%(day)s", day=ShortDay(day.on)) for day in edition.days if day.id == letter.day_id]
    return [*names, *days, *([HOW[letter.mode]] if letter.mode else [])]


def _preview(visit: Visit, letter: GroupLetter, edition: EditionView, reader: str, language: str) -> Preview:
    wording = Wording(letter.to_group, letter.subject_fr, letter.body_fr, letter.subject_en, letter.body_en)
    text = group_letter(wording, edition.name, reader, language)
    return Preview(language, subject(text, language), body(text, language, visit.settings, "txt"))


def _form(letter: GroupLetter, edition: EditionView, cards: list[TrackCard]) -> GroupForm:
    values = {
        "groupe": letter.to_group.value,
        "parcours": next((card.slug for card in cards if card.id == letter.track_id), ""),
        "jour": next((day.on.isoformat() for day in edition.days if day.id == letter.day_id), ""),
        "mode": letter.mode.value if letter.mode else "",
        "objet": letter.subject_fr,
        "texte": letter.body_fr,
        "subject": letter.subject_en,
        "text": letter.body_en,
    }
    return GroupForm(data=values)


@page(
    ORGANISERS, "POST /organisation/{edition:edition}/courriers/groupes/{group:int}", "revise_group_letter", shows=HERE
)
def revise(visit: Visit, edition: str, group: int) -> Go:
    """Change a draft."""
    found = edition_to_change(visit, edition)
    letter = _letter(visit, found, group)
    form = valid(GroupForm(Posted(visit.data)))
    revise_draft(visit.db, letter.id or 0, draft_of(visit, found, form), visit.now)
    return _back(edition, group, say("C’est enregistré."))


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/courriers/groupes/{group:int}/envoi",
    "send_group_letter",
    shows=HERE,
)
def send(visit: Visit, edition: str, group: int) -> Go:
    """Send a letter to everybody it was announced to."""
    found = edition_to_change(visit, edition)
    letter = _letter(visit, found, group)
    form = valid(SendingForm(Posted(visit.data)))
    people = send_to_group(
        visit.db, found, letter.id or 0, form.prevu.data or 0, _mailing(visit), visit.now, visit.me.id
    )
    says = say_count(
        "Ce courrier part vers %(number)s personne ; vous pouvez encore le rattraper.",
        "Ce courrier part vers %(number)s personnes ; vous pouvez encore le rattraper.",
        people,
    )
    return _back(edition, group, says)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/courriers/groupes/{group:int}/rappel",
    "catch_group_letter_back",
    shows=HERE,
)
def catch(visit: Visit, edition: str, group: int) -> Go:
    """Take a letter back before it leaves."""
    found = edition_for(visit, edition)
    letter = _letter(visit, found, group)
    catch_back(visit.db, letter.id or 0, _mailing(visit), visit.now, visit.me.id)
    return _back(edition, group, say("Ce courrier est rattrapé : personne ne le recevra."))


def _mailing(visit: Visit) -> Mailing:
    return Mailing(domain_of(visit.settings.mail_from), timedelta(seconds=visit.settings.letter_delay_seconds))


def _back(edition: str, group: int, says: Words) -> Go:
    return Go(HERE, {"edition": edition, "group": group}, says=says)
