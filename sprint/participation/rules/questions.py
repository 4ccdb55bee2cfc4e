"""What is asked of those who come: who answers what, what is an answer, when a question may still change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sprint.participation.tables import QuestionKind
from sprint.refusal import Refusal
from sprint.words import Both, Words, say, say_count

LONGEST = 2000
"""Characters of an answer."""
YES_NO = (Both("Oui", "Yes"), Both("Non", "No"))
KINDS: dict[QuestionKind, Words] = {
    QuestionKind.TEXT: say("Un texte"),
    QuestionKind.YES_NO: say("Oui ou non"),
    QuestionKind.CHOICE: say("Une réponse d’une liste"),
    QuestionKind.SEVERAL: say("Plusieurs réponses d’une liste"),
}


class Export(StrEnum):
    """Why answers leave the site; the value is the word of the form."""

    PREPARE = "preparer"
    REPORT = "rendre-compte"


EXPORTS: dict[Export, Words] = {
    Export.PREPARE: say("Préparer l’édition, avec les noms"),
    Export.REPORT: say("Rendre compte, sans les noms"),
}


@dataclass(frozen=True)
class Asked:
    """A question as rules and pages see it; without `track_id` it is asked of everybody who comes to the edition."""

    id: int
    track_id: int | None
    kind: QuestionKind
    words: Both
    purpose: Both
    options: tuple[Both, ...]
    is_required: bool
    kept_days: int

    @property
    def field(self) -> str:
        """The name of its field in every form."""
        return f"q{self.id}"

    @property
    def label(self) -> Words:
        """The question, in the language of who reads it."""
        return say("%(question)s", question=self.words)

    @property
    def hint(self) -> Words:
        """Why it is asked, and how long answers are kept."""
        return say_count(
            "%(purpose)s Effacé un jour après l’édition.",
            "%(purpose)s Effacé %(number)s jours après l’édition.",
            self.kept_days,
            purpose=self.purpose,
        )

    @property
    def options_said(self) -> tuple[Words, ...]:
        """The possible answers, in the language of who reads them."""
        return tuple(say("%(option)s", option=one) for one in self.choices)

    @property
    def choices(self) -> tuple[Both, ...]:
        return YES_NO if self.kind == QuestionKind.YES_NO else self.options


@dataclass(frozen=True)
class Given:
    """An answer: words, or the French texts of what was chosen."""

    words: str = ""
    chosen: tuple[str, ...] = ()

    def typed(self, asked: Asked) -> tuple[str, ...]:
        """As the form of the question would have typed it."""
        if asked.kind == QuestionKind.TEXT:
            return (self.words,) if self.words else ()
        return tuple(str(number) for number, one in enumerate(asked.choices) if one.french in self.chosen)


Typed = Mapping[int, Sequence[str]]
"""What a form holds, by question."""


def at_registration(
    questions: Iterable[Asked], track_id: int, *, answered: Collection[int], comes: bool, is_on_track: bool
) -> list[Asked]:
    """What registering for a track cannot do without: the required questions of the edition for who comes anew, those of the
    track for who comes to it anew. The others wait on one's own page.
    """
    return [
        one
        for one in questions
        if one.is_required
        and one.id not in answered
        and ((one.track_id is None and not comes) or (one.track_id == track_id and not is_on_track))
    ]


def asked_of(questions: Iterable[Asked], track_ids: Collection[int]) -> list[Asked]:
    """The questions for who comes to these tracks of the edition."""
    return [one for one in questions if one.track_id is None or one.track_id in track_ids]


def answering(questions: Sequence[Asked], typed: Typed) -> tuple[dict[int, Given | None], list[Refusal]]:
    """What a form answers to each question (None: nothing), and every reason for which it does not hold."""
    given: dict[int, Given | None] = {}
    reasons: list[Refusal] = []
    for one in questions:
        answer = _read(one, typed.get(one.id, ()))
        if isinstance(answer, Refusal):
            reasons.append(answer)
        elif answer is None and one.is_required:
            reasons.append(Refusal("unanswered", say("répondez à « %(question)s »", question=one.words), one.field))
        else:
            given[one.id] = answer
    return given, reasons


def _read(asked: Asked, texts: Sequence[str]) -> Given | Refusal | None:
    if asked.kind == QuestionKind.TEXT:
        words = " ".join(texts).strip()
        if len(words) > LONGEST:
            said = say("« %(question)s » : %(most)s caractères au plus", question=asked.words, most=LONGEST)
            return Refusal("too_long", said, asked.field)
        return Given(words) if words else None
    numbers = {text for text in texts if text}
    known = {str(number): one.french for number, one in enumerate(asked.choices)}
    several = asked.kind == QuestionKind.SEVERAL
    if not numbers <= known.keys() or (len(numbers) > 1 and not several):
        said = say("« %(question)s » : choisissez dans la liste", question=asked.words)
        return Refusal("not_an_option", said, asked.field)
    return Given(chosen=tuple(text for number, text in known.items() if number in numbers)) if numbers else None


def asking(kind: QuestionKind, options: int) -> list[Refusal]:
    """A list has at least two answers, and nothing else has any."""
    if kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL) and options < 2:
        return [Refusal("no_options", say("donnez au moins deux réponses possibles, une par ligne"), "reponses")]
    return []


def revising(answers: int, *, is_closed: bool) -> list[Refusal]:
    """A question somebody answered, or that is closed, is not worded otherwise."""
    reasons = []
    if answers:
        words = say_count(
            "%(number)s personne y a répondu : fermez-la et posez-en une autre",
            "%(number)s personnes y ont répondu : fermez-la et posez-en une autre",
            answers,
        )
        reasons.append(Refusal("answered", words))
    if is_closed:
        reasons.append(Refusal("closed", say("la question est fermée")))
    return reasons
