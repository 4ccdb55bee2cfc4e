"""A letter to a group, and a notice of the moment, as they are typed."""

from collections.abc import Iterable
from datetime import datetime

from wtforms import Field, IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from sprint.announcements.tables import Group
from sprint.languages import gettext
from sprint.registrations.forms import check_once
from sprint.web.forms import Needed, SprintForm
from sprint.words import say

GROUP_FIELDS = ("groupe", "parcours", "jour", "mode")


class GroupForm(SprintForm):
    """To whom, and what, in both languages."""

    groupe = StringField(validators=[AnyOf(list(Group))])
    parcours = StringField()
    jour = StringField()
    mode = StringField()
    objet = StringField(validators=[Needed(say("Écrivez l’objet, en français.")), Length(max=160)])
    texte = StringField(validators=[Needed(say("Écrivez le texte, en français.")), Length(max=5000)])
    subject = StringField(validators=[Needed(say("Écrivez l’objet, en anglais.")), Length(max=160)])
    text = StringField(validators=[Needed(say("Écrivez le texte, en anglais.")), Length(max=5000)])
    once = StringField()


class NewGroupForm(GroupForm):
    """The first time it is kept, the form counts once."""

    def validate_once(self, field: StringField) -> None:
        check_once(field)


class SendingForm(SprintForm):
    """How many people were announced to receive the letter."""

    prevu = IntegerField(validators=[InputRequired()])


class NoticeForm(SprintForm):
    """A notice in both languages, and until when it stands, by the clocks of the edition."""

    annonce = StringField(validators=[Needed(say("Écrivez l’annonce, en français.")), Length(max=300)])
    notice = StringField(validators=[Needed(say("Écrivez l’annonce, en anglais.")), Length(max=300)])
    fin = StringField()
    once = StringField()

    def validate_fin(self, field: Field) -> None:
        try:
            datetime.fromisoformat(field.data or "")
        except ValueError:
            raise ValidationError(gettext("Écrivez une date et une heure.")) from None

    def validate_once(self, field: StringField) -> None:
        check_once(field)


def summary(forms: Iterable[SprintForm]) -> list[tuple[str, str]]:
    """What is wrong with them: the field to go to, and the words."""
    return [
        (field.id if field.name != "once" else next(iter(form)).id, str(error))
        for form in forms
        for field in form
        for error in field.errors
    ]
