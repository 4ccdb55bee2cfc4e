"""What a registration form may say: days, a mode, its token."""

from collections.abc import Sequence
from datetime import date

from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from sprint.languages import gettext
from sprint.registrations.tables import Mode
from sprint.web.forms import SprintForm

MOST_SEATS = 5000
TOKEN_LENGTHS = range(8, 41)


class _DaysField(StringField):
    """Every `jour` of the form, as dates."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = sorted({date.fromisoformat(value) for value in valuelist})
        except ValueError:
            self.data = []


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
        text = field.data or ""
        if len(text) not in TOKEN_LENGTHS or not text.replace("-", "").replace("_", "").isalnum():
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class SeatsForm(SprintForm):
    """One number of seats."""

    places = IntegerField(validators=[Optional(), NumberRange(0, MOST_SEATS)])
