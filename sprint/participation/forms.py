"""What the forms about one's coming may say: words of closed lists, answers to what is asked, questions themselves."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from sprint.languages import gettext, speak
from sprint.participation.rules import Purpose
from sprint.participation.rules.questions import Asked, Export, Given, Typed
from sprint.participation.tables import Images, Meal, Need, QuestionKind
from sprint.refusal import Refusal
from sprint.registrations.forms import TOKEN_LENGTHS
from sprint.web.forms import Posted, SprintForm

MOST_KEPT = 365
MOST_OPTIONS = 30
_FIELD = re.compile(r"q([1-9][0-9]{0,8})")


class _NeedsField(StringField):
    """Every `besoin` of the form; a word that is none is left out."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [need for need in Need if need.value in valuelist]


class ChoicesForm(SprintForm):
    """Image rights (nothing: not said) and one's name in public results."""

    image = StringField()
    nommer = BooleanField()

    def validate_image(self, field: StringField) -> None:
        if field.data and field.data not in list(Images):
            raise ValidationError(gettext("Choisissez oui ou non."))

    @property
    def images(self) -> Images | None:
        return Images(self.image.data) if self.image.data else None


class CareForm(SprintForm):
    """A meal (nothing: not said), needs, and the consent to keep them."""

    repas = StringField()
    besoin = _NeedsField()
    accord = BooleanField()

    def validate_repas(self, field: StringField) -> None:
        if field.data and field.data not in list(Meal):
            raise ValidationError(gettext("Choisissez un repas de la liste."))

    @property
    def meal(self) -> Meal | None:
        return Meal(self.repas.data) if self.repas.data else None


class TeamForm(SprintForm):
    """A team to make in a track."""

    equipe = StringField(validators=[InputRequired(), Length(max=60)], filters=[lambda text: (text or "").strip()])
    parcours = StringField()
    once = StringField()

    def validate_once(self, field: StringField) -> None:
        if len(field.data or "") not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class CodeForm(SprintForm):
    """The code of a team to join."""

    code = StringField(validators=[InputRequired(), Length(max=20)])


class PurposeForm(SprintForm):
    """Why an organiser reads names."""

    motif = StringField()

    def validate_motif(self, field: StringField) -> None:
        if field.data not in list(Purpose):
            raise ValidationError(gettext("Dites pourquoi vous lisez ces noms."))


# --- answers


@dataclass(frozen=True)
class QuestionField:
    """A question in a form, with what stands in it and what is wrong with that."""

    asked: Asked
    typed: tuple[str, ...]
    error: str


def typed_answers(data: FormData) -> Typed:
    """What a form answers, by question."""
    posted = Posted(data)
    return {int(found[1]): posted.getlist(name) for name in posted if (found := _FIELD.fullmatch(name))}


def question_fields(
    asked: Iterable[Asked], known: Mapping[int, Given], data: FormData, refusals: Collection[Refusal]
) -> tuple[QuestionField, ...]:
    """The questions with what was typed when that was refused, else with what was answered before."""
    typed = typed_answers(data)
    wrong = {one.place: speak(one.words) for one in refusals}
    return tuple(
        QuestionField(
            one,
            tuple(typed.get(one.id, ())) if data else known.get(one.id, Given()).typed(one),
            wrong.get(one.field, ""),
        )
        for one in asked
    )


# --- questions


def _stripped(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _line(*, longest: int = 240) -> StringField:
    return StringField(validators=[InputRequired(), Length(max=longest)], filters=[_stripped])


class QuestionForm(SprintForm):
    """A question as organisers word it; `reponses` holds an option a line, « français | English »."""

    question = _line()
    question_en = _line()
    motif = _line()
    motif_en = _line()
    genre = StringField()
    reponses = StringField(filters=[_stripped])
    parcours = StringField()
    obligatoire = BooleanField()
    duree = IntegerField(validators=[InputRequired(), NumberRange(1, MOST_KEPT)])
    rang = IntegerField(validators=[InputRequired(), NumberRange(1, 99)])
    once = StringField()

    def validate_genre(self, field: StringField) -> None:
        if field.data not in list(QuestionKind):
            raise ValidationError(gettext("Choisissez comment on répond."))

    def validate_reponses(self, field: StringField) -> None:
        french = [one for one, _ in self.options]
        if len(french) > MOST_OPTIONS or any(len(part) > 120 for pair in self.options for part in pair):
            raise ValidationError(gettext("Trente réponses au plus, de cent vingt signes au plus."))
        if len(set(french)) < len(french) or not all(part for pair in self.options for part in pair):
            raise ValidationError(gettext("Chaque réponse une seule fois, dans les deux langues : français | English."))

    def validate_once(self, field: StringField) -> None:
        if len(field.data or "") not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Each line in French and in English; what has one text only is the same in both."""
        lines = (line.strip() for line in (self.reponses.data or "").splitlines())
        pairs = (line.partition("|") for line in lines if line)
        return tuple((one.strip(), other.strip() if bar else one.strip()) for one, bar, other in pairs)


class ExportForm(SprintForm):
    """Why answers leave the site."""

    motif = StringField()

    def validate_motif(self, field: StringField) -> None:
        if field.data not in list(Export):
            raise ValidationError(gettext("Dites pourquoi vous téléchargez ces réponses."))
