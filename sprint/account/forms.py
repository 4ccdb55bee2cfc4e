"""What the forms of accounts may say."""

from datetime import date

from email_validator import EmailNotValidError, validate_email
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from sprint.languages import gettext
from sprint.web.forms import SprintForm


class AddressForm(SprintForm):
    """An e-mail address; only ASCII, for not every relay carries more."""

    adresse = StringField(filters=[lambda text: (text or "").strip()])

    def validate_adresse(self, field: StringField) -> None:
        try:
            found = validate_email(field.data, allow_smtputf8=False, check_deliverability=False)
        except EmailNotValidError:
            raise ValidationError(
                gettext("Écrivez une adresse électronique complète, comme prenom.nom@exemple.fr.")
            ) from None
        field.data = found.normalized


def one_line(text: str | None) -> str:
    """What was typed on one line: no control signs, no spare spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())


class NameForm(SprintForm):
    """What one is called, asked when a link sent by e-mail opens a new account."""

    nom = StringField(filters=[one_line], validators=[InputRequired(), Length(max=120)])


class EmployerForm(SprintForm):
    """Where one says one works: an organisation that has a relay, by its number, or a name; nothing takes it back."""

    organisme = StringField(filters=[one_line])
    nom = StringField(filters=[one_line], validators=[Length(max=160)])


class RelayForm(SprintForm):
    """Until which day (ISO) a relay vouches that somebody works in its organisation."""

    fin = StringField(filters=[one_line], validators=[InputRequired()])

    def validate_fin(self, field: StringField) -> None:
        try:
            date.fromisoformat(field.data)
        except ValueError:
            raise ValidationError(gettext("Choisissez une date.")) from None


class VouchingForm(RelayForm):
    """Under which name an employer is known, and whether it is a public body when it is new here."""

    nom = StringField(filters=[one_line], validators=[InputRequired(), Length(max=160)])
    public = BooleanField()
