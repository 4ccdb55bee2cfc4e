"""What an organiser may say of a track's online room."""

from wtforms import StringField
from wtforms.validators import Length, ValidationError

from sprint.languages import gettext
from sprint.web.forms import SprintForm
from sprint.web.links import is_https

LONGEST = 400


class JoinLinkForm(SprintForm):
    """An https address, or nothing for none."""

    lien = StringField(validators=[Length(max=LONGEST)], filters=[lambda text: (text or "").strip()])

    def validate_lien(self, field: StringField) -> None:
        text = field.data or ""
        if text and not is_https(text):
            raise ValidationError(gettext("Donnez une adresse complète, qui commence par https://, ou rien."))
