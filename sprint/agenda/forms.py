"""What an organiser may say of a track's online room."""

from urllib.parse import urlsplit

from wtforms import StringField
from wtforms.validators import Length, ValidationError

from sprint.languages import gettext
from sprint.web.forms import SprintForm

LONGEST = 400


class JoinLinkForm(SprintForm):
    """An https address, or nothing for none."""

    lien = StringField(validators=[Length(max=LONGEST)], filters=[lambda text: (text or "").strip()])

    def validate_lien(self, field: StringField) -> None:
        text = field.data or ""
        if text and not _is_address(text):
            raise ValidationError(gettext("Donnez une adresse complète, qui commence par https://, ou rien."))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_plain = text.isprintable() and not any(sign.isspace() or sign in '<>"' for sign in text)
        return parts.scheme == "https" and bool(parts.hostname) and is_plain
    except ValueError:
        return False
