"""The one box of erasing."""

from wtforms import BooleanField
from wtforms.validators import ValidationError

from sprint.languages import gettext
from sprint.web.forms import SprintForm


class ErasureForm(SprintForm):
    """`certain` is ticked by whoever has read what will happen."""

    certain = BooleanField()

    def validate_certain(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(gettext("Cochez la case pour confirmer : rien n’a encore été effacé."))
