"""What the forms of contributions may say."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self

from wtforms import BooleanField, Field, StringField
from wtforms.validators import ValidationError

from sprint.contributions.drafting import OFF_TRACK, OWN_TIME, Typed
from sprint.contributions.recognise import Recognised, looks_like_address, recognise
from sprint.contributions.rules import MOST_LINKS
from sprint.contributions.tables import LONGEST_ADDRESS, LONGEST_TEXT, LONGEST_TITLE, Kind
from sprint.languages import gettext
from sprint.web.forms import SprintForm

TOKEN_LENGTHS = range(8, 41)
MOST_HOURS = 500


def _one_line(text: str | None) -> str:
    """Without line breaks, tabs and signs that show nothing; spaces once."""
    words = " ".join((text or "").split())
    return "".join(sign for sign in words if sign.isprintable() or sign in "\u200d\u200c\xa0\u202f")


def _lines(text: str | None) -> str:
    return "\n".join(_one_line(line) for line in (text or "").strip().splitlines())


class ContentForm(SprintForm):
    """A contribution as it is typed; what is left out is understood or proposed."""

    url = StringField(filters=[_one_line])
    titre = StringField(filters=[_one_line])
    genre = StringField(filters=[_one_line])
    description = StringField(filters=[_lines])
    parcours = StringField(filters=[_one_line])
    date = StringField(filters=[_one_line])
    au_titre_de = StringField(filters=[_one_line])
    duree = StringField(filters=[_one_line])
    autres = StringField(filters=[_lines])
    nommer = BooleanField()
    propose = StringField()
    """What was proposed, as "field:value" of each; what still holds its proposal is proposed anew."""

    def validate_url(self, field: StringField) -> None:
        if len(field.data) > LONGEST_ADDRESS:
            raise ValidationError(gettext("C’est trop long : un lien, ou une phrase."))
        if looks_like_address(field.data) and recognise(field.data) is None:
            raise ValidationError(gettext("Ce n’est pas l’adresse d’une page web publique (https://…)."))

    def validate_titre(self, field: StringField) -> None:
        if len(field.data) > LONGEST_TITLE:
            raise ValidationError(gettext("Le titre tient en 240 signes ; le reste va dans la description."))

    def validate_genre(self, field: StringField) -> None:
        if field.data and field.data not in list(Kind):
            raise ValidationError(gettext("Choisissez une nature de la liste."))

    def validate_description(self, field: StringField) -> None:
        if len(field.data) > LONGEST_TEXT:
            raise ValidationError(gettext("La description tient en 2 000 signes."))

    def validate_date(self, field: StringField) -> None:
        if field.data and _date(field.data) is None:
            raise ValidationError(gettext("Donnez une date, comme 2027-03-16."))

    def validate_au_titre_de(self, field: StringField) -> None:
        if field.data and field.data != OWN_TIME and _number(field.data) is None:
            raise ValidationError(gettext("Choisissez au titre de qui, dans la liste."))

    def validate_duree(self, field: StringField) -> None:
        if field.data and _minutes(field.data) is None:
            raise ValidationError(gettext("Donnez un nombre d’heures, comme 1,5."))

    def validate_autres(self, field: StringField) -> None:
        lines = field.data.split()
        if len(lines) >= MOST_LINKS:
            raise ValidationError(gettext("Dix liens suffisent."))
        if any(recognise(line) is None for line in lines):
            raise ValidationError(gettext("Un lien par ligne, vers une page web publique (https://…)."))

    @property
    def typed(self) -> Typed:
        """What was typed, as far as it can be read."""
        kind = next((kind for kind in Kind if kind.value == self.genre.data), None)
        return Typed(
            self.url.data or "",
            self.titre.data or "",
            kind,
            self.parcours.data or "",
            _date(self.date.data),
            self.au_titre_de.data or "",
        )

    @property
    def untouched(self) -> Self:
        """The same form without what it still holds as proposed: a new link may propose something else."""
        for name in ("titre", "genre", "parcours"):
            field = self._fields[name]
            if f"{name}:{field.data}" in (self.propose.raw_data or ()):
                field.data = ""
        return self

    @property
    def links(self) -> tuple[Recognised, ...]:
        """Every link, each thing once, the first one first."""
        texts = ([self.url.data] if looks_like_address(self.url.data or "") else []) + (self.autres.data or "").split()
        found: dict[str, Recognised] = {}
        for text in texts:
            if link := recognise(text):
                found.setdefault(link.key, link)
        return tuple(found.values())

    @property
    def minutes(self) -> int | None:
        return _minutes(self.duree.data) if self.duree.data else None

    def reject(self, name: str, words: str) -> None:
        """Add an error that only the whole form shows."""
        field: Field = self._fields[name]
        field.errors = [*field.errors, words]  # ty: ignore[invalid-assignment]


class ContributionForm(ContentForm):
    """A contribution to log: the token makes the form count once; without `edition` the likeliest is meant."""

    edition = StringField(filters=[_one_line])
    once = StringField()

    def validate_once(self, field: StringField) -> None:
        text = field.data or ""
        if len(text) not in TOKEN_LENGTHS or not text.replace("-", "").replace("_", "").isalnum():
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class AnswerForm(ContentForm):
    """The contribution put right, and what its author answers."""

    reponse = StringField(filters=[_lines])

    def validate_reponse(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(gettext("Dites en une phrase ce que vous répondez."))
        if len(field.data) > LONGEST_TEXT:
            raise ValidationError(gettext("La réponse tient en 2 000 signes."))


class ReasonForm(SprintForm):
    """Why a contribution is sent back."""

    motif = StringField(filters=[_lines])

    def validate_motif(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(gettext("Donnez le motif : la personne doit savoir quoi corriger."))
        if len(field.data) > LONGEST_TEXT:
            raise ValidationError(gettext("Le motif tient en 2 000 signes."))


def organisation_id(credit: str) -> int | None:
    """The organisation that a choice of « au titre de » names; None for own time."""
    return None if credit == OWN_TIME else _number(credit)


def is_off_track(slug: str) -> bool:
    return slug == OFF_TRACK


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _minutes(text: str) -> int | None:
    try:
        hours = Decimal(text.replace(",", ".").removesuffix("h").strip())
    except InvalidOperation:
        return None
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS:
        return None
    return max(1, round(hours * 60))
