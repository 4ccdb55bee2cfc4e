"""What the forms of the programme may say."""

from datetime import date

from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from sprint.account.rules import SCOPES
from sprint.languages import gettext
from sprint.people.tables import Right, Scope
from sprint.web.forms import SprintForm


def _trimmed(text: str | None) -> str:
    return (text or "").strip()


class RightForm(SprintForm):
    """A right for somebody: who, which, over what ("site" or an edition's number), until which day (ISO, or nothing)."""

    adresse = StringField(filters=[_trimmed], validators=[InputRequired()])
    droit = StringField(filters=[_trimmed], validators=[InputRequired()])
    sur = StringField(filters=[_trimmed])
    fin = StringField(filters=[_trimmed])
    organisme = StringField(filters=[_trimmed])
    """Of which organisation somebody is the relay, by its name; for no other right."""

    def validate_organisme(self, field: StringField) -> None:
        if self.droit.data == Right.RELAY and not field.data:
            raise ValidationError(gettext("Écrivez de quel organisme la personne est le relais."))

    def validate_droit(self, field: StringField) -> None:
        if field.data not in (Right.ORGANISER, Right.RECRUITER, Right.ADMINISTRATOR, Right.RELAY):
            raise ValidationError(gettext("Choisissez un droit."))

    def validate_sur(self, field: StringField) -> None:
        if self.droit.data == Right.RELAY:
            return
        is_edition = field.data.isascii() and field.data.isdigit() and len(field.data) < 10
        if field.data != "site" and not is_edition:
            raise ValidationError(gettext("Choisissez le site ou une édition."))

    def validate_fin(self, field: StringField) -> None:
        try:
            if field.data:
                date.fromisoformat(field.data)
        except ValueError:
            raise ValidationError(gettext("Choisissez une date, ou laissez vide.")) from None

    @property
    def right(self) -> Right:
        return Right(self.droit.data)

    @property
    def scope(self) -> tuple[Scope, int | None]:
        """Over what. A right that makes sense over everything alone is given over everything."""
        if self.sur.data == "site" or Scope.EDITION not in SCOPES[self.right]:
            return Scope.EVERYTHING, None
        return Scope.EDITION, int(self.sur.data)

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.fin.data) if self.fin.data else None
