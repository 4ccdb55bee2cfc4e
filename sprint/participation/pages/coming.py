"""My coming to an edition: what to accept, pictures, meals and needs. Each may be changed as long as it serves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from sprint.participation.actions import accept_conduct, answer, choose, tell_care, withdraw_care
from sprint.participation.forms import (
    CareForm,
    ChoicesForm,
    CodeForm,
    QuestionField,
    TeamForm,
    question_fields,
    typed_answers,
)
from sprint.participation.queries import Own, own_of
from sprint.participation.queries.questions import answers_of, open_questions
from sprint.participation.queries.teams import MyTeam, my_teams
from sprint.participation.rules import IMAGES, MEALS, NEEDS
from sprint.participation.rules.questions import asked_of
from sprint.participation.tables import Images, Need
from sprint.programme.queries import EditionView, edition_seen
from sprint.registrations.queries import held_by
from sprint.registrations.rules import Held
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, SprintForm, clean, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say

HERE = "my_coming"
Typed = TypeVar("Typed", bound=SprintForm)
NOT_SAID = say("Choisissez un repas")


@dataclass(frozen=True)
class Teams:
    """My teams, and the tracks where I may still make one or join one."""

    mine: tuple[tuple[str, MyTeam], ...]
    """With the name of their track."""
    open_tracks: tuple[tuple[str, str], ...]
    team: TeamForm
    code: CodeForm

    @property
    def is_typed(self) -> bool:
        """Whether a form was sent, and refused: then it must be in view."""
        return bool(self.team.errors or self.code.errors or self.team.equipe.data or self.code.code.data)


@dataclass(frozen=True)
class ComingPage:
    """What I said of my coming, with the forms to say otherwise."""

    edition: EditionView
    comes: bool
    is_over: bool
    asks_conduct: bool
    """The code of conduct has a version I did not accept yet."""
    questions: tuple[QuestionField, ...]
    choices: ChoicesForm
    care: CareForm
    says_care: bool
    images: Mapping[Images, Words]
    meals: tuple[tuple[str, Words], ...]
    needs: Mapping[Need, Words]
    teams: Teams
    once: str
    refusals: tuple[Words, ...]

    @property
    def forms(self) -> tuple[SprintForm, ...]:
        return (self.choices, self.care, self.teams.team, self.teams.code)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What is wrong with what was typed: the field to go to, and the words."""
        typed = [(field.id, str(error)) for form in self.forms for field in form for error in field.errors]
        return [(one.asked.field, one.error) for one in self.questions if one.error] + typed


@page(SIGNED_IN, "GET /moi/inscriptions/{edition:edition}", HERE)
def my_coming(visit: Visit, edition: str) -> Show:
    """What I said of my coming."""
    found, own, held = mine(visit, edition)
    comes = bool(held)
    shown = ComingPage(
        found,
        comes,
        found.calendar.is_over(visit.now),
        comes and found.conduct_version not in (*own.accepted, ""),
        _questions(visit, found.id, {one.track_id for one in held}),
        _typed(visit, ChoicesForm, "image") or _choices(own),
        _typed(visit, CareForm, "repas") or _care(own),
        own.says_care,
        IMAGES,
        (("", NOT_SAID), *((meal.value, words) for meal, words in MEALS.items())),
        NEEDS,
        _teams(visit, found.id, held),
        visit.once(),
        tuple(reason.words for reason in visit.refusals if not reason.place.startswith("q")),
    )
    return Show("participation/coming.html", shown)


def _teams(visit: Visit, edition_id: int, held: tuple[Held, ...]) -> Teams:
    mine = my_teams(visit.db, visit.me.id, edition_id) if held else {}
    names = {one.track_id: one.track_name for one in held}
    return Teams(
        tuple((names[track_id], team) for track_id, team in mine.items() if track_id in names),
        tuple(dict.fromkeys((one.track_slug, one.track_name) for one in held if one.track_id not in mine)),
        _typed(visit, TeamForm, "equipe") or TeamForm(),
        _typed(visit, CodeForm, "code") or CodeForm(),
    )


def _questions(visit: Visit, edition_id: int, tracks: set[int]) -> tuple[QuestionField, ...]:
    """What is asked of me, with my answers or what I typed."""
    asked = asked_of(open_questions(visit.db, edition_id), tracks) if tracks else []
    known = answers_of(visit.db, visit.me.id, [one.id for one in asked])
    is_typed = bool(typed_answers(visit.data)) or any(one.place.startswith("q") for one in visit.refusals)
    return question_fields(asked, known, visit.data if is_typed else FormData(), visit.refusals)


def mine(visit: Visit, edition: str) -> tuple[EditionView, Own, tuple[Held, ...]]:
    """An edition I come to, or of which something of mine is kept, and my days there; else 404."""
    found = edition_seen(visit.db, edition, visit.member, visit.now)
    if found is None:
        raise HTTPException(404)
    held = held_by(visit.db, visit.me.id, found.id)
    own = own_of(visit.db, visit.me.id, found.id)
    if not held and own.is_empty:
        raise HTTPException(404)
    return found, own, held


def _typed(visit: Visit, kind: type[Typed], field: str) -> Typed | None:
    """What was typed, when it was refused by the form or by a rule."""
    if isinstance(visit.form, kind):
        return visit.form
    return kind(Posted(visit.data)) if visit.refusals and field in visit.data else None


def _choices(own: Own) -> ChoicesForm:
    return ChoicesForm(data={"image": own.images.value if own.images else "", "nommer": own.is_named})


def _care(own: Own) -> CareForm:
    return CareForm(
        data={"repas": own.meal.value if own.meal else "", "besoin": sorted(own.needs), "accord": own.says_care}
    )


# --- what is posted


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/choix", "choose_images", shows=HERE)
def say_choices(visit: Visit, edition: str) -> Go:
    """Say whether I may be seen, and named."""
    found, _, _ = mine(visit, edition)
    form = valid(ChoicesForm(Posted(visit.data)))
    changed = choose(visit.db, visit.me.id, found.id, form.images, visit.now, is_named=bool(form.nommer.data))
    return back(edition, say("C’est enregistré.") if changed else None)


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/charte", "accept_conduct", shows=HERE)
def accept(visit: Visit, edition: str) -> Go:
    """Accept the code of conduct in force."""
    found, _, _ = mine(visit, edition)
    accept_conduct(visit.db, visit.me.id, found, clean(str(visit.data.get("charte", ""))), visit.now)
    return back(edition, say("Merci : la charte de conduite est acceptée."))


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/reponses", "answer_questions", shows=HERE)
def say_answers(visit: Visit, edition: str) -> Go:
    """Answer what is asked of me; what I leave empty is taken back."""
    found, _, _ = mine(visit, edition)
    changed = answer(visit.db, visit.me.id, found.id, typed_answers(visit.data), visit.now)
    return back(edition, say("Merci, c’est enregistré.") if changed else None)


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/accueil", "tell_care", shows=HERE)
def say_care(visit: Visit, edition: str) -> Go:
    """Say what I eat and need."""
    found, _, _ = mine(visit, edition)
    form = valid(CareForm(Posted(visit.data)))
    changed = tell_care(
        visit.db, visit.me.id, found, form.meal, form.besoin.data or (), visit.now, consents=bool(form.accord.data)
    )
    return back(edition, say("C’est enregistré.") if changed else None, "accueil")


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/accueil/retrait", "withdraw_care", shows=HERE)
def takeback(visit: Visit, edition: str) -> Go:
    """Withdraw my consent: what I said is deleted."""
    found, _, _ = mine(visit, edition)
    changed = withdraw_care(visit.db, visit.me.id, found.id, visit.now)
    return back(edition, say("Votre accord est retiré, et votre réponse est effacée.") if changed else None, "accueil")


def back(edition: str, says: Words | None, anchor: str = "") -> Go:
    """To my coming, at one of its parts."""
    return Go(HERE, {"edition": edition}, says=says, anchor=anchor)
