"""What a registration form may say: days, a mode, its token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError

from sprint.account.forms import AddressForm, one_line
from sprint.languages import LANGUAGES, gettext
from sprint.registrations.access import Form, Purpose
from sprint.registrations.letters.practical import Information
from sprint.registrations.presence import MOST_DAYS
from sprint.registrations.rules import ACCEPTS, CANCELS, MOVES, Why
from sprint.registrations.tables import Mode, State
from sprint.web.forms import Needed, SprintForm
from sprint.words import say

MOST_SEATS = 5000
MOST_OPENED = 500
"""Seats one may add to each line at once."""
TOKEN_LENGTHS = range(8, 41)


class _DaysField(StringField):
    """Every `jour` of the form, as dates."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = sorted({date.fromisoformat(value) for value in valuelist})
        except ValueError:
            self.data = []


def check_once(field: StringField) -> None:
    """The token of a form; raises ValidationError for what none of ours ever held."""
    text = field.data or ""
    if len(text) not in TOKEN_LENGTHS or not text.replace("-", "").replace("_", "").isalnum():
        raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class DaysForm(SprintForm):
    """Days of a track to act on; `jour` repeats and holds ISO days."""

    jour = _DaysField()

    def validate_jour(self, field: _DaysField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choisissez au moins un jour."))


class RegistrationForm(DaysForm):
    """Days, how one comes, and the token that makes the form count once."""

    mode = StringField()
    once = StringField()

    def validate_mode(self, field: StringField) -> None:
        if field.data not in list(Mode):
            raise ValidationError(gettext("Choisissez sur place ou à distance."))

    def validate_once(self, field: StringField) -> None:
        check_once(field)


class InvitationForm(AddressForm, RegistrationForm):
    """Somebody to add by hand; days and mode count when a track is chosen."""

    nom = StringField(filters=[one_line], validators=[Needed(say("Écrivez son prénom et son nom.")), Length(max=120)])
    langue = StringField(default="fr")
    employeur = StringField(filters=[one_line], validators=[Length(max=160)])
    public = BooleanField()
    parcours = StringField(default="")

    def validate_langue(self, field: StringField) -> None:
        if field.data not in LANGUAGES:
            raise ValidationError(gettext("Choisissez une langue."))

    def validate_jour(self, field: _DaysField) -> None:
        if self.parcours.data:
            super().validate_jour(field)

    def validate_mode(self, field: StringField) -> None:
        if self.parcours.data:
            super().validate_mode(field)


class SeatsForm(SprintForm):
    """One number of seats, and what was announced of it."""

    places = IntegerField(validators=[Optional(), NumberRange(0, MOST_SEATS)])
    prevu = IntegerField(validators=[Optional()])
    """How many of those who wait were announced to get one; None: that was not asked yet."""


@dataclass(frozen=True)
class OpenedLine:
    """What a track offers on a day in a mode, with the seats it had when the page was shown."""

    track: str
    on: date
    mode: Mode
    seats: int

    @property
    def value(self) -> str:
        """As the field holds it."""
        return f"{self.track}.{self.on.isoformat()}.{self.mode.value}.{self.seats}"


def opened_line(value: str) -> OpenedLine:
    """A line read back; raises ValueError for anything else."""
    track, on, mode, seats = value.split(".")
    return OpenedLine(track, date.fromisoformat(on), Mode(mode), int(seats))


class _LinesField(StringField):
    """Every `ligne` of the form."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [opened_line(value) for value in valuelist]


class _NumbersField(StringField):
    """Every value of the field, as numbers of rows."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = sorted({int(value) for value in valuelist})


def _check_why(field: StringField, allowed: Sequence[Why]) -> None:
    if field.data not in allowed:
        raise ValidationError(gettext("Choisissez un motif : il est donné à la personne."))


class CancellingForm(SprintForm):
    """Registrations the team cancels, why, and how many people were announced to get a seat."""

    inscription = _NumbersField()
    motif = StringField()
    prevu = IntegerField(validators=[InputRequired()])

    def validate_inscription(self, field: _NumbersField) -> None:
        if not field.data or not all(0 < number < 2**31 for number in field.data):
            raise ValidationError(gettext("Choisissez au moins une inscription."))

    def validate_motif(self, field: StringField) -> None:
        _check_why(field, CANCELS)


@dataclass(frozen=True)
class Goal:
    """Where somebody is to go, with what was announced of it: a seat or a place in the queue, and how many others get one."""

    place: str
    """Track, day and mode."""
    state: State
    foreseen: int


def goal_of(value: str) -> Goal:
    """A choice of the list read back; raises ValueError for anything else."""
    place, state, foreseen = value.rsplit(".", 2)
    return Goal(place, State(state), int(foreseen))


class _GoalField(StringField):
    """One of the places one can go to; what no list of ours holds is no choice."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = goal_of(valuelist[0])
        except (IndexError, ValueError):
            self.data = None


class MovingForm(SprintForm):
    """Where somebody is moved with what was announced of it, and why."""

    vers = _GoalField()
    motif = StringField()
    once = StringField()

    def validate_vers(self, field: _GoalField) -> None:
        if field.data is None:
            raise ValidationError(gettext("Choisissez où déplacer la personne."))

    def validate_motif(self, field: StringField) -> None:
        _check_why(field, MOVES)

    def validate_once(self, field: StringField) -> None:
        check_once(field)


class AcceptingForm(SprintForm):
    """Why somebody who waits is given a seat, what was announced of it, and whether the order was knowingly set aside."""

    motif = StringField()
    places = IntegerField(validators=[InputRequired()])
    devant = IntegerField(validators=[InputRequired()])
    prevu = IntegerField(validators=[InputRequired()])
    passe = BooleanField()

    def validate_motif(self, field: StringField) -> None:
        _check_why(field, ACCEPTS)


class AccessForm(SprintForm):
    """A day, what the list for the door is for, and as what it is handed out."""

    jour = StringField()
    motif = StringField()
    forme = StringField(default=Form.SHEET.value, validators=[AnyOf(list(Form))])

    def validate_motif(self, field: StringField) -> None:
        if field.data not in list(Purpose):
            raise ValidationError(gettext("Dites à quoi la liste sert."))


def reject(form: SprintForm, name: str, words: str) -> None:
    """Add an error that only the whole form shows."""
    field = form._fields[name]
    field.errors = [*field.errors, words]


class ResumingForm(SprintForm):
    """How many people were announced to get one of the seats kept during the pause."""

    prevu = IntegerField(validators=[InputRequired()])


class OpeningForm(SprintForm):
    """Seats to add to each line, and how many people were announced to get one."""

    ligne = _LinesField()
    places = IntegerField(validators=[InputRequired(), NumberRange(1, MOST_OPENED)])
    prevu = IntegerField(validators=[InputRequired()])

    def validate_ligne(self, field: _LinesField) -> None:
        if not field.data:
            raise ValidationError(gettext("Cochez au moins un parcours."))


def _if_asked(form: SprintForm, field: IntegerField) -> None:
    """What a box that is not ticked would have said is not read."""
    if not form["demander"].data:
        field.errors = ()
        raise StopValidation


class PresenceForm(SprintForm):
    """Whether people are asked if they come: so many days before the first one, answers until so many days before it."""

    demander = BooleanField()
    demande = IntegerField(validators=[_if_asked, InputRequired(), NumberRange(1, MOST_DAYS)])
    reponse = IntegerField(validators=[_if_asked, InputRequired(), NumberRange(0, MOST_DAYS - 1)])
    rend = BooleanField()


class VouchingForm(SprintForm):
    """Somebody an organiser answers for."""

    personne = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)])


def _stripped(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _paragraph(longest: int) -> TextAreaField:
    return TextAreaField(validators=[Length(max=longest)], filters=[_stripped])


class PracticalForm(SprintForm):
    """What those who come must know, and how many days before it is written to them (nothing: it is not)."""

    acces = _paragraph(2000)
    horaires = _paragraph(600)
    repas = _paragraph(1000)
    contact = StringField(validators=[Length(max=400)], filters=[_stripped])
    conduite = _paragraph(1000)
    avant = IntegerField(validators=[Optional(), NumberRange(1, MOST_DAYS)])
    veille = BooleanField()

    @property
    def information(self) -> Information:
        """What a valid form says."""
        return Information(
            self.acces.data or "",
            self.horaires.data or "",
            self.repas.data or "",
            self.contact.data or "",
            self.conduite.data or "",
            self.avant.data,
            bool(self.veille.data),
        )
