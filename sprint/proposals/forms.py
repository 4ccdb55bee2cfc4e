"""What teams and organisers may write of a proposal. A draft holds whatever fits; what it lacks is said by the rules."""

from collections.abc import Sequence
from datetime import date

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from sprint.catalogue.rules import canonical_url
from sprint.catalogue.tables import ProjectKind
from sprint.languages import gettext
from sprint.programme.tables import Audience, Openness
from sprint.proposals.canvas import LONGEST, LONGEST_LABEL, MOST_LINES, ONE_A_LINE, YES, Part, lines_of, seats_part
from sprint.registrations.forms import MOST_SEATS, TOKEN_LENGTHS
from sprint.registrations.tables import Mode
from sprint.web.forms import Posted, SprintForm
from sprint.web.links import is_https

CHOICES: dict[Part, frozenset[str]] = {
    Part.KIND: frozenset(ProjectKind),
    Part.AUDIENCE: frozenset(Audience),
    Part.LANGUAGE: frozenset({"fr", "en"}),
    Part.OPENNESS: frozenset({"", *Openness}),
    Part.SUPPORTED: frozenset({"", YES}),
}
LABELS = frozenset({Part.KEYWORDS, Part.SKILLS})
ADDRESSES = frozenset({Part.JOIN_URL, Part.CHAT_URL, Part.CONTRIBUTING})
TESTED_BY = "essaye_par"
LONGEST_NAME = 160
LONGEST_NOTE = 2000


def _stripped(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


class NoteForm(SprintForm):
    """A word to the team, or to the organisers."""

    mot = StringField(filters=[_stripped])
    once = StringField(filters=[_stripped])

    def validate_mot(self, field: Field) -> None:
        if len(field.data) > LONGEST_NOTE:
            raise ValidationError(gettext("Deux mille signes suffisent."))

    def validate_once(self, field: Field) -> None:
        if len(field.data) not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class DecisionForm(SprintForm):
    """Why it is sent back or declined."""

    raison = StringField(filters=[_stripped])
    once = StringField(filters=[_stripped])

    def validate_raison(self, field: Field) -> None:
        if len(field.data) > LONGEST_NOTE:
            raise ValidationError(gettext("Deux mille signes suffisent."))

    def validate_once(self, field: Field) -> None:
        if len(field.data) not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class CanvasForm(SprintForm):
    """The canvas as typed. `wrong` says by field what does not fit; `texts` holds what is kept."""

    def __init__(self, posted: Posted, days: Sequence[date]) -> None:
        super().__init__()
        names = [part.value for part in Part] + [seats_part(on, mode) for on in days for mode in Mode]
        self.texts = {name: text for name in names if (text := _stripped(_first(posted, name)))}
        self.tested_by = " ".join(_first(posted, TESTED_BY).split())
        self.wrong: dict[str, list[str]] = {}
        for part in Part:
            self._check(part, self.texts.get(part.value, ""))
        for on in days:
            for mode in Mode:
                self._check_seats(seats_part(on, mode))
        if len(self.tested_by) > LONGEST_NAME:
            self._wrong(TESTED_BY, gettext("C’est trop long."))

    @property
    def name(self) -> str:
        return self.texts.get(Part.NAME.value, "")

    def _wrong(self, name: str, words: str) -> None:
        self.wrong.setdefault(name, []).append(words)

    def _check(self, part: Part, text: str) -> None:
        if len(text) > LONGEST.get(part, 400):
            self._wrong(
                part.value, gettext("C’est trop long : %(most)s signes au plus.") % {"most": LONGEST.get(part, 400)}
            )
        if part in CHOICES and text and text not in CHOICES[part]:
            self._wrong(part.value, gettext("Choisissez dans la liste."))
        if part in ADDRESSES and text and not is_https(text):
            self._wrong(part.value, gettext("Donnez une adresse complète, qui commence par https://, ou rien."))
        if part is Part.TESTED_ON and text and not _is_day(text):
            self._wrong(part.value, gettext("Donnez une date, comme 2027-03-16."))
        if part in ONE_A_LINE:
            self._check_lines(part, lines_of(text))

    def _check_lines(self, part: Part, lines: list[str]) -> None:
        if len(lines) > MOST_LINES:
            self._wrong(part.value, gettext("Trente lignes suffisent."))
        if part in LABELS and any(len(line) > LONGEST_LABEL for line in lines):
            self._wrong(part.value, gettext("Quelques mots par ligne : soixante signes au plus."))
        if part is Part.REPOSITORIES and any(canonical_url(line) is None or len(line) > 400 for line in lines):
            self._wrong(part.value, gettext("Une adresse de dépôt par ligne, qui commence par https://."))
        if part is Part.GUIDES and not all(is_https(line) for line in lines):
            self._wrong(part.value, gettext("Un lien par ligne, qui commence par https://."))
        if part is Part.TASKS and not all(_is_task(line) for line in lines):
            self._wrong(part.value, gettext("Une tâche par ligne ; après une barre |, son adresse https://."))

    def _check_seats(self, name: str) -> None:
        text = self.texts.get(name, "")
        if text and not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= MOST_SEATS):
            self._wrong(name, gettext("Donnez un nombre de places, ou rien."))


def _first(posted: Posted, name: str) -> str:
    return next(iter(posted.getlist(name)), "")


def _is_day(text: str) -> bool:
    try:
        return 2000 <= date.fromisoformat(text).year < 2100
    except ValueError:
        return False


def _is_task(line: str) -> bool:
    title, bar, url = line.rpartition("|")
    return len(line) <= 600 and (not bar or (bool(title.strip()) and is_https(url.strip())))


class MentorForm(SprintForm):
    """The days on which a mentor will be there; `jour` repeats."""

    jour = StringField()

    def days(self, known: Sequence[date]) -> list[date]:
        """Those ticked, among the days there are."""
        ticked = self.jour.raw_data or []
        return [on for on in known if on.isoformat() in ticked]


class AskingForm(SprintForm):
    """A question to a track."""

    question = StringField(filters=[_stripped], validators=[Length(max=600)])
    once = StringField(filters=[_stripped])

    def validate_once(self, field: Field) -> None:
        if len(field.data) not in TOKEN_LENGTHS:
            raise ValidationError(gettext("Ce formulaire est trop ancien : rechargez la page."))


class AnswerForm(SprintForm):
    """An answer for everybody."""

    reponse = TextAreaField(filters=[_stripped], validators=[Length(max=LONGEST_NOTE)])
