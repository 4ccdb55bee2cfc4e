"""What an organiser says of an edition: its name, where and when, for whom."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from wtforms import Field, StringField
from wtforms.validators import Length, ValidationError

from sprint.languages import gettext
from sprint.preparation.cloning import Taken
from sprint.programme.tables import EDITION_SLUG, Audience
from sprint.web.forms import Needed, SprintForm
from sprint.web.links import is_https
from sprint.words import Words, say

ZONES = (
    "Europe/Paris",
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Miquelon",
    "Indian/Mayotte",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)
"""The zones of the Republic: an edition shows all its hours in one of them, named."""


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _text(longest: int, needed: Words | None = None) -> StringField:
    return StringField(validators=[*([Needed(needed)] if needed else []), Length(max=longest)], filters=[_stripped])


def local_text(moment: datetime | None, zone: str) -> str:
    """As a field of the browser holds a moment: the hour there, without its zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if moment else ""


def moment_of(text: str, zone: str) -> datetime | None:
    """The moment of an hour of a zone; None for nothing. ValueError for what is no hour, or one that the clocks leap over."""
    if not text:
        return None
    wall = datetime.fromisoformat(text)
    if wall.tzinfo is not None or not 2000 <= wall.year < 2100:
        raise ValueError(text)
    moment = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise ValueError(text)
    return moment


class EditionForm(SprintForm):
    """An edition in one page; its moments are hours of `fuseau`. The same hour twice, in autumn, is the first."""

    nom = _text(160, say("Écrivez le nom de l’édition."))
    lieu = _text(160)
    adresse = _text(240)
    fuseau = _text(60, say("Choisissez un fuseau horaire."))
    public = StringField()
    annonce = _text(20)
    ouverture = _text(20)
    cloture = _text(20)
    charte = _text(400)
    version = _text(40)

    def validate_fuseau(self, field: Field) -> None:
        if field.data not in ZONES:
            raise ValidationError(gettext("Choisissez un fuseau horaire de la liste."))

    def validate_public(self, field: Field) -> None:
        if field.data not in list(Audience):
            raise ValidationError(gettext("Choisissez à qui l’édition s’adresse."))

    def validate_annonce(self, field: Field) -> None:
        self._check(field)

    def validate_ouverture(self, field: Field) -> None:
        self._check(field)

    def validate_cloture(self, field: Field) -> None:
        self._check(field)

    def validate_charte(self, field: Field) -> None:
        if field.data and not is_https(field.data):
            raise ValidationError(gettext("Donnez une adresse complète, qui commence par https://, ou rien."))
        if bool(field.data) != bool(self.version.data):
            raise ValidationError(gettext("Donnez l’adresse de la charte avec sa version, ou ni l’une ni l’autre."))

    def _check(self, field: Field) -> None:
        try:
            moment_of(field.data, self.fuseau.data if self.fuseau.data in ZONES else ZONES[0])
        except ValueError:
            message = gettext("Donnez un jour et une heure qui existent, comme 2027-01-12T10:00, ou rien.")
            raise ValidationError(message) from None

    @property
    def values(self) -> dict[str, object]:
        """The columns of the edition that a valid form gives."""
        zone = str(self.fuseau.data)
        return {
            "name": self.nom.data,
            "place": self.lieu.data,
            "address": self.adresse.data,
            "timezone": zone,
            "audience": Audience(self.public.data),
            "announced_at": moment_of(self.annonce.data or "", zone),
            "opens_at": moment_of(self.ouverture.data or "", zone),
            "closes_at": moment_of(self.cloture.data or "", zone),
            "conduct_url": self.charte.data,
            "conduct_version": self.version.data,
        }


class DayForm(SprintForm):
    """A day of an edition and where it takes place, when that is another place."""

    jour = StringField(filters=[_stripped])
    lieu = _text(160)

    def validate_jour(self, field: Field) -> None:
        if day_of(field.data) is None:
            raise ValidationError(gettext("Choisissez un jour."))


class _TakenField(StringField):
    """Every `reprend` of the form; a word that is no box is left out."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [one for one in Taken if one.value in valuelist]


class CloneForm(SprintForm):
    """The edition that comes after one."""

    nom = _text(160, say("Écrivez le nom de l’édition."))
    adresse = StringField(validators=[Needed(say("Écrivez une adresse courte.")), Length(max=80)], filters=[_stripped])
    jour = StringField(filters=[_stripped])
    reprend = _TakenField()

    def validate_adresse(self, field: Field) -> None:
        if field.data and not re.fullmatch(EDITION_SLUG, field.data):
            message = gettext("Des minuscules sans accent, des chiffres et des tirets, avec l’année : sprint-2028.")
            raise ValidationError(message)

    def validate_jour(self, field: Field) -> None:
        if day_of(field.data) is None:
            raise ValidationError(gettext("Choisissez un jour."))


def day_of(text: str | None) -> date | None:
    """An ISO day of this century."""
    try:
        on = date.fromisoformat(text or "")
    except ValueError:
        return None
    return on if 2000 <= on.year < 2100 else None


def summary(forms: Iterable[SprintForm]) -> list[tuple[str, str]]:
    """What is wrong with them: the field to go to, and the words."""
    return [(field.id, str(error)) for form in forms for field in form for error in field.errors]
