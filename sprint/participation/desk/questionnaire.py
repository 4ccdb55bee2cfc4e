"""What organisers ask of those who come: the questions, one question with its answers, to take away or to delete."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.languages import speak
from sprint.participation.actions import (
    Wording,
    add_question,
    close_question,
    note_answers_taken,
    purge_answers,
    revise_question,
)
from sprint.participation.forms import ExportForm, QuestionForm
from sprint.participation.queries.questions import AnswerLine, QuestionLine, answer_lines, question_lines
from sprint.participation.rules.questions import EXPORTS, KINDS, Export
from sprint.participation.tables import QuestionKind
from sprint.programme.queries import EditionView, TrackCard, track_cards
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Plain, Show, page
from sprint.web.sheets import Cell, csv_sheet
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count

EVERYBODY = say("Toutes les personnes inscrites à l’édition")
KEPT_DAYS = 30
HEADS = (say("Nom"), say("Réponse"))


@dataclass(frozen=True)
class Sheet:
    """The form of a question, with the choices of its lists."""

    form: QuestionForm
    kinds: tuple[tuple[str, Words], ...]
    tracks: tuple[tuple[str, Words | str], ...]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What is wrong with what was typed: the field to go to, and the words."""
        return [(field.id, str(error)) for field in self.form for error in field.errors]


@dataclass(frozen=True)
class QuestionnairePage:
    """Every question, and the form of a new one."""

    edition: EditionView
    lines: tuple[QuestionLine, ...]
    sheet: Sheet
    kinds: dict[QuestionKind, Words]
    once: str
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/questionnaire", "desk_questionnaire")
def desk_questionnaire(visit: Visit, edition: str) -> Show:
    """What is asked, of whom, and how many answered."""
    found = edition_for(visit, edition)
    lines = tuple(question_lines(visit.db, found.id))
    form = _typed(visit) or QuestionForm(data={"duree": KEPT_DAYS, "rang": min(len(lines) + 1, 99), "genre": "texte"})
    shown = QuestionnairePage(
        found,
        lines,
        _sheet(form, track_cards(visit.db, found.id)),
        KINDS,
        visit.once(),
        tuple(one.words for one in visit.refusals),
    )
    return Show("participation/desk_questionnaire.html", shown)


def _typed(visit: Visit) -> QuestionForm | None:
    if isinstance(visit.form, QuestionForm):
        return visit.form
    return QuestionForm(Posted(visit.data)) if visit.refusals and "question" in visit.data else None


def _sheet(form: QuestionForm, tracks: Sequence[TrackCard]) -> Sheet:
    kinds = tuple((kind.value, words) for kind, words in KINDS.items())
    return Sheet(form, kinds, (("", EVERYBODY), *((card.slug, card.name) for card in tracks)))


@page(ORGANISERS, "POST /organisation/{edition:edition}/questionnaire", "add_question", shows="desk_questionnaire")
def add(visit: Visit, edition: str) -> Go:
    """Ask one more question."""
    found = edition_to_change(visit, edition)
    form = valid(QuestionForm(Posted(visit.data)))
    wording = _wording(visit, found, form)
    added = add_question(visit.db, found.id, wording, str(form.once.data), visit.now, visit.me.id)
    return Go("desk_questionnaire", {"edition": edition}, says=say("La question est posée.") if added else None)


def _wording(visit: Visit, edition: EditionView, form: QuestionForm) -> Wording:
    tracks = {card.slug: card.id for card in track_cards(visit.db, edition.id)}
    if form.parcours.data and form.parcours.data not in tracks:
        raise HTTPException(404)
    return Wording(
        track_id=tracks.get(form.parcours.data or ""),
        kind=QuestionKind(form.genre.data),
        words=(str(form.question.data), str(form.question_en.data)),
        purpose=(str(form.motif.data), str(form.motif_en.data)),
        options=form.options,
        kept_days=form.duree.data or KEPT_DAYS,
        position=form.rang.data or 1,
        is_required=bool(form.obligatoire.data),
    )


# --- one question


@dataclass(frozen=True)
class QuestionPage:
    """A question, its form as long as it may change, and what may be done with its answers."""

    edition: EditionView
    line: QuestionLine
    sheet: Sheet | None
    kinds: dict[QuestionKind, Words]
    exports: dict[Export, Words]
    export: ExportForm
    once: str
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/questionnaire/{inquiry:int}", "desk_registration_question")
def desk_question(visit: Visit, edition: str, inquiry: int) -> Show:
    """One question."""
    found, line = _found(visit, edition, inquiry)
    may_change = not line.answers and line.closed_at is None
    tracks = track_cards(visit.db, found.id) if may_change else []
    shown = QuestionPage(
        found,
        line,
        _sheet(_typed(visit) or _form(line, tracks), tracks) if may_change else None,
        KINDS,
        EXPORTS,
        visit.form if isinstance(visit.form, ExportForm) else ExportForm(),
        visit.once(),
        tuple(one.words for one in visit.refusals),
    )
    return Show("participation/desk_question.html", shown)


def _found(visit: Visit, edition: str, inquiry: int) -> tuple[EditionView, QuestionLine]:
    """A question of an edition the person organises, else 404."""
    found = edition_for(visit, edition)
    line = next(iter(question_lines(visit.db, found.id, inquiry)), None)
    if line is None:
        raise HTTPException(404)
    return found, line


def _form(line: QuestionLine, tracks: Sequence[TrackCard]) -> QuestionForm:
    asked = line.asked
    options = [one.french if one.french == one.english else f"{one.french} | {one.english}" for one in asked.options]
    return QuestionForm(
        data={
            "question": asked.words.french,
            "question_en": asked.words.english,
            "motif": asked.purpose.french,
            "motif_en": asked.purpose.english,
            "genre": asked.kind.value,
            "reponses": "\n".join(options),
            "parcours": next((card.slug for card in tracks if card.id == asked.track_id), ""),
            "obligatoire": asked.is_required,
            "duree": asked.kept_days,
            "rang": line.position,
        }
    )


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/questionnaire/{inquiry:int}",
    "revise_question",
    shows="desk_registration_question",
)
def revise(visit: Visit, edition: str, inquiry: int) -> Go:
    """Word a question otherwise, as long as nobody answered."""
    found, _ = _found(visit, edition, inquiry)
    form = valid(QuestionForm(Posted(visit.data)))
    changed = revise_question(visit.db, found.id, inquiry, _wording(visit, found, form), visit.now, visit.me.id)
    return Go("desk_questionnaire", {"edition": edition}, says=say("C’est enregistré.") if changed else None)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/questionnaire/{inquiry:int}/fermeture",
    "close_question",
    shows="desk_registration_question",
)
def close(visit: Visit, edition: str, inquiry: int) -> Go:
    """Ask it no more."""
    found, _ = _found(visit, edition, inquiry)
    gone = close_question(visit.db, found.id, inquiry, visit.now, visit.me.id)
    says = say("La question est retirée.") if gone else say("La question est fermée ; ses réponses sont gardées.")
    return Go("desk_questionnaire", {"edition": edition}, says=says)


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/questionnaire/{inquiry:int}/effacement",
    "purge_answers",
    shows="desk_registration_question",
)
def purge(visit: Visit, edition: str, inquiry: int) -> Go:
    """Delete its answers now."""
    found, _ = _found(visit, edition, inquiry)
    gone = purge_answers(visit.db, found.id, inquiry, visit.now, visit.me.id)
    says = say_count("%(number)s réponse effacée.", "%(number)s réponses effacées.", gone)
    return Go("desk_questionnaire", {"edition": edition}, says=says if gone else say("Il n’y avait rien à effacer."))


# --- taking answers away


def answer_sheet(visit: Visit, edition: str, inquiry: int) -> Plain | None:
    """The answers as a sheet, with names only to prepare the edition; None when nobody said what for."""
    found, line = _found(visit, edition, inquiry)
    motive = visit.data.get("motif")
    if motive not in list(Export):
        return None
    rows = _rows(answer_lines(visit.db, inquiry), with_names=motive == Export.PREPARE)
    heads = [speak(head) for head in HEADS[0 if motive == Export.PREPARE else 1 :]]
    return csv_sheet(f"reponses-{found.slug}-{line.asked.id}", heads, rows)


def _rows(lines: Iterator[AnswerLine], *, with_names: bool) -> Iterator[list[Cell]]:
    said = ((one.name, one.given.words or ", ".join(one.given.chosen)) for one in lines)
    # Without names, in the order of the answers: that of the names would tell them again.
    return (list(row) for row in said) if with_names else ([answer] for answer in sorted(text for _, text in said))


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/questionnaire/{inquiry:int}/export",
    "export_answers",
    shows="desk_registration_question",
    gathers=answer_sheet,
)
def export(visit: Visit, edition: str, inquiry: int) -> Plain:
    """Hand the answers out once it is written down what for."""
    found, line = _found(visit, edition, inquiry)
    form = valid(ExportForm(Posted(visit.data)))
    note_answers_taken(visit.db, found.id, inquiry, Export(form.motif.data), line.answers, visit.now, visit.me.id)
    sheet: Plain = visit.gathered
    return sheet
