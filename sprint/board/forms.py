"""What is placed, where and when; which rooms there are."""

import re
from collections.abc import Iterable
from datetime import date, time

from wtforms import BooleanField, Field, SelectMultipleField, StringField
from wtforms.validators import Length, ValidationError

from sprint.board.rules import LONGEST_ROOM, Spot, ends_of
from sprint.languages import gettext
from sprint.programme.rules import HALF_HOUR, minute_of, room_key
from sprint.programme.tables import SlotKind
from sprint.web.forms import Needed, SprintForm
from sprint.words import say

DURATIONS = tuple(range(HALF_HOUR, 8 * 60 + 1, HALF_HOUR))
"""Minutes a slot may last: the half hours of a working day."""
TOKEN_LENGTHS = range(8, 41)


def one_line(text: str | None) -> str:
    """Without line breaks and signs that show nothing; spaces once."""
    words = " ".join((text or "").split())
    return "".join(sign for sign in words if sign.isprintable())


def half_hour(text: str | None) -> time | None:
    """The half hour that is written so ("09:30"), else None."""
    if re.fullmatch(r"([01][0-9]|2[0-3]):(00|30)", text or ""):
        return time.fromisoformat(str(text))
    return None


class SpotForm(SprintForm):
    """A day, an hour, how long and a room."""

    jour = StringField()
    debut = StringField()
    duree = StringField()
    salle = StringField(validators=[Length(max=LONGEST_ROOM)], filters=[one_line])

    def validate_jour(self, field: Field) -> None:
        try:
            date.fromisoformat(field.data or "")
        except ValueError:
            raise ValidationError(gettext("Choisissez un jour de la liste.")) from None

    def validate_debut(self, field: Field) -> None:
        if half_hour(field.data) is None:
            raise ValidationError(gettext("Choisissez une demi-heure de la liste."))

    def validate_duree(self, field: Field) -> None:
        if field.data not in [str(minutes) for minutes in DURATIONS]:
            raise ValidationError(gettext("Choisissez une durée de la liste."))
        starts = half_hour(self.debut.data)
        if starts is not None and ends_of(starts, int(field.data)) is None:
            raise ValidationError(gettext("Le créneau se termine avant minuit."))

    @property
    def spot(self) -> Spot:
        """Where a valid form wants it."""
        starts = half_hour(self.debut.data)
        ends = ends_of(starts, int(self.duree.data or 0)) if starts else None
        if starts is None or ends is None:
            raise ValueError("only a valid form has a spot")
        return Spot(date.fromisoformat(self.jour.data or ""), starts, ends, self.salle.data or "")


def reject(form: SprintForm, name: str, words: str) -> None:
    """Add an error that only the whole form shows."""
    field: Field = form._fields[name]
    field.errors = [*field.errors, words]  # ty: ignore[invalid-assignment]


class SlotForm(SpotForm):
    """A slot as organisers place it."""

    titre = StringField(validators=[Needed(say("Écrivez un titre.")), Length(max=240)], filters=[one_line])
    genre = StringField()
    parcours = StringField()
    once = StringField()

    def validate_genre(self, field: Field) -> None:
        if field.data not in list(SlotKind):
            raise ValidationError(gettext("Choisissez ce qui a lieu, dans la liste."))

    def validate_once(self, field: Field) -> None:
        if len(field.data or "") not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Le formulaire est incomplet : rechargez la page."))


class RoomForm(SprintForm):
    """A room, on which days and from when to when; `propose` lets registered people propose in it."""

    nom = StringField(
        validators=[Needed(say("Écrivez le nom de la salle.")), Length(max=LONGEST_ROOM)], filters=[one_line]
    )
    jours = SelectMultipleField(validate_choice=False, choices=[])
    ouvre = StringField()
    ferme = StringField()
    propose = BooleanField()

    def validate_nom(self, field: Field) -> None:
        if field.data and not room_key(field.data):
            raise ValidationError(gettext("Ce n’est pas une salle : plusieurs choses s’y passent à la fois."))

    def validate_jours(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Choisissez au moins un jour."))

    def validate_ouvre(self, field: Field) -> None:
        if half_hour(field.data) is None:
            raise ValidationError(gettext("Choisissez une demi-heure de la liste."))

    def validate_ferme(self, field: Field) -> None:
        opens, closes = half_hour(self.ouvre.data), half_hour(field.data)
        if closes is None:
            raise ValidationError(gettext("Choisissez une demi-heure de la liste."))
        if opens is not None and minute_of(closes) <= minute_of(opens):
            raise ValidationError(gettext("La salle ferme après avoir ouvert."))


TALK_MINUTES = (3, 5, 10)


class WorkshopForm(SpotForm):
    """A workshop as a registered person proposes it."""

    titre = StringField(validators=[Needed(say("Écrivez un titre.")), Length(max=240)], filters=[one_line])
    nommer = BooleanField()
    once = StringField()

    def validate_once(self, field: Field) -> None:
        if len(field.data or "") not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Le formulaire est incomplet : rechargez la page."))


class TalkForm(SprintForm):
    """A lightning talk as a registered person proposes it."""

    sujet = StringField(validators=[Needed(say("Écrivez de quoi vous parlerez.")), Length(max=240)], filters=[one_line])
    minutes = StringField()
    nommer = BooleanField()
    once = StringField()

    def validate_minutes(self, field: Field) -> None:
        if field.data not in [str(minutes) for minutes in TALK_MINUTES]:
            raise ValidationError(gettext("Choisissez une durée de la liste."))

    def validate_once(self, field: Field) -> None:
        if len(field.data or "") not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Le formulaire est incomplet : rechargez la page."))


class RemovalForm(SprintForm):
    """Why something is taken off the board."""

    motif = StringField(validators=[Needed(say("Écrivez pourquoi.")), Length(max=400)], filters=[one_line])


def summary(forms: Iterable[SprintForm | None]) -> list[tuple[str, str]]:
    """What is wrong with them: the field to go to, and the words."""
    return [
        # What belongs to no field that one sees stands at the first.
        (field.id if field.name != "once" else next(iter(form)).id, str(error))
        for form in forms
        if form
        for field in form
        for error in field.errors
    ]
