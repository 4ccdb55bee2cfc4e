"""What the forms of the pool may say. Free texts hold no address and no link: a recruiter must not meet a name by chance."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from sprint.languages import gettext
from sprint.talents.rules.joining import DEFAULTS, FIELDS, Portrait
from sprint.talents.tables import (
    LONGEST_HEADLINE,
    LONGEST_LINE,
    LONGEST_REASON,
    LONGEST_WORD,
    MOST_EXCLUSIONS,
    MOST_LANGUAGES,
    MOST_SKILLS,
    Contract,
    Purpose,
    Region,
    Visibility,
)
from sprint.web.forms import SprintForm

Closed = TypeVar("Closed", Purpose, Contract)
_LINK = re.compile(r"@|://|www\.|\b[\w-]+\.(?:fr|com|org|eu)\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
NOW = "maintenant"


def no_address(_form: Form, field: Field) -> None:
    """Refuses what looks like an address or a link."""
    if _LINK.search(field.data or ""):
        raise ValidationError(gettext("N’écrivez ici ni adresse ni lien : ils pourraient révéler votre nom."))


def a_token(_form: Form, field: Field) -> None:
    """Refuses what is no token of ours."""
    if not re.fullmatch(r"[\w-]{8,40}", field.data or "", re.ASCII):
        raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class _Several(StringField):
    """Every value of a name, as it came."""

    data: list[str]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = list(dict.fromkeys(valuelist))


def _split(text: str | None, most: int) -> tuple[str, ...]:
    """Words between commas, semicolons or line ends, said once each whatever their case."""
    said: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text or ""):
        words = " ".join(part.split())
        said.setdefault(words.lower(), words)
    return tuple(words for key, words in said.items() if key)[: most + 1]


class PortraitForm(SprintForm):
    """What somebody says of themselves, who reads it, and what they agree to; `qui_…` says who reads each field."""

    but = _Several(default=[])
    titre = StringField(validators=[DataRequired(), Length(max=LONGEST_HEADLINE), no_address])
    competences = StringField(validators=[Length(max=MOST_SKILLS * (LONGEST_WORD + 2)), no_address])
    langues = StringField(validators=[Length(max=MOST_LANGUAGES * (LONGEST_WORD + 2)), no_address])
    region = StringField()
    contrat = _Several(default=[])
    disponible = StringField()
    contribution = _Several(default=[])
    exclusions = TextAreaField(validators=[Length(max=MOST_EXCLUSIONS * 160)])
    apercu = StringField()
    qui_name = StringField()
    qui_employer = StringField()
    qui_orcid = StringField()
    qui_headline = StringField()
    qui_skills = StringField()
    qui_region = StringField()
    qui_contracts = StringField()
    qui_languages = StringField()

    def validate_competences(self, field: StringField) -> None:
        _few_and_short(field, MOST_SKILLS)

    def validate_langues(self, field: StringField) -> None:
        _few_and_short(field, MOST_LANGUAGES)

    def validate_exclusions(self, _field: TextAreaField) -> None:
        if len(self.excluded) > MOST_EXCLUSIONS:
            raise ValidationError(gettext("%(number)s exclusions au plus.") % {"number": MOST_EXCLUSIONS})

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        return _closed(Purpose, self.but.data)

    @property
    def excluded(self) -> tuple[str, ...]:
        """What is excluded, as it was written: names and domains."""
        return tuple(one.removeprefix("@") for one in _split(self.exclusions.data, MOST_EXCLUSIONS))

    def reader(self, field: str) -> Visibility:
        """Who was chosen to read a field; by default, as for everybody."""
        return next((one for one in Visibility if one.value == self[f"qui_{field}"].data), DEFAULTS[field])

    def portrait(self, today: date, organisation_ids: Sequence[int]) -> Portrait:
        """What the form says, whatever of it holds."""
        return Portrait(
            headline=(self.titre.data or "").strip()[:LONGEST_HEADLINE],
            skills=_split(self.competences.data, MOST_SKILLS)[:MOST_SKILLS],
            languages=_split(self.langues.data, MOST_LANGUAGES)[:MOST_LANGUAGES],
            region=next((one for one in Region if one.value == self.region.data), None),
            contracts=_closed(Contract, self.contrat.data),
            available_on=_free_on(self.disponible.data or "", today),
            readers=tuple((field, self.reader(field)) for field in FIELDS),
            organisation_ids=tuple(organisation_ids),
            domains=tuple(one.lower() for one in self.excluded if is_domain(one)),
            contribution_ids=tuple(int(one) for one in self.contribution.data if re.fullmatch(r"[0-9]{1,9}", one)),
        )


def _few_and_short(field: StringField, most: int) -> None:
    parts = _split(field.data, most)
    if len(parts) > most:
        raise ValidationError(gettext("%(number)s au plus, séparées par des virgules.") % {"number": most})
    if any(len(part) > LONGEST_WORD for part in parts):
        raise ValidationError(gettext("%(number)s caractères au plus entre deux virgules.") % {"number": LONGEST_WORD})


def _closed(kind: type[Closed], values: Sequence[str]) -> tuple[Closed, ...]:
    return tuple(one for one in kind if one.value in values)


def is_domain(text: str) -> bool:
    """Whether an exclusion is a mail domain rather than an organisation's name."""
    return _DOMAIN.fullmatch(text.lower()) is not None


def _free_on(text: str, today: date) -> date | None:
    if text == NOW:
        return today
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


class ReasonForm(SprintForm):
    """Why a recruiter searches: those whose profile is opened read it."""

    motif = StringField(validators=[DataRequired(), Length(min=5, max=LONGEST_REASON)])
    once = StringField(validators=[a_token])


class ProposalForm(SprintForm):
    """A contact request."""

    poste = StringField(validators=[DataRequired(), Length(max=LONGEST_LINE)])
    contrat = StringField(validators=[DataRequired(), Length(max=LONGEST_LINE)])
    lieu = StringField(validators=[DataRequired(), Length(max=LONGEST_LINE)])
    raison = TextAreaField(validators=[DataRequired(), Length(max=1000)])
    once = StringField(validators=[a_token])
