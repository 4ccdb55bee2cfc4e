"""What the forms of accounts may say."""

from email_validator import EmailNotValidError, validate_email
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from sprint.languages import gettext
from sprint.web.forms import SprintForm


class AddressForm(SprintForm):
    """An e-mail address; only ASCII, for not every relay carries more."""

    adresse = StringField(filters=[lambda text: (text or "").strip()], validators=[InputRequired()])

    def validate_adresse(self, field: StringField) -> None:
        try:
            found = validate_email(field.data, allow_smtputf8=False, check_deliverability=False)
        except EmailNotValidError:
            raise ValidationError(
                gettext("Écrivez une adresse électronique complète, comme prenom.nom@exemple.fr.")
            ) from None
        field.data = found.normalized
