"""Questions as mentors and organisers answer them, for everybody to read."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView, edition_seen
from sprint.proposals.actions.asking import answer, set_aside
from sprint.proposals.forms import AnswerForm
from sprint.proposals.queries.questions import QuestionLine, answers_in, question_for, questions_for
from sprint.web.audience import REVIEWERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import PER_PAGE, Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say

HERE = "desk_questions"


@dataclass(frozen=True)
class QuestionRow:
    """A question and the form that answers it (with what was typed, when it was refused)."""

    line: QuestionLine
    form: AnswerForm


@dataclass(frozen=True)
class QuestionsPage:
    """What one may answer in an edition."""

    edition: EditionView
    rows: tuple[QuestionRow, ...]
    pages: Pagination
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(REVIEWERS, "GET /organisation/{edition:edition}/questions", HERE)
def questions(visit: Visit, edition: str) -> Show:
    """Those that wait, then those that are answered."""
    found = _edition(visit, edition)
    number = asked_page(visit.request.query_params.get("page"))
    total, lines = questions_for(visit.db, visit.me, found, Pagination(number, 0).offset, PER_PAGE)
    rows = tuple(QuestionRow(line, _form(visit, line)) for line in lines)
    refusals = tuple(reason.words for reason in visit.refusals)
    return Show("proposals/questions.html", QuestionsPage(found, rows, Pagination(number, total), refusals))


def _edition(visit: Visit, slug: str) -> EditionView:
    """An edition in which the person answers, else 404."""
    found = edition_seen(visit.db, slug, visit.me, visit.now)
    if found is None or not answers_in(visit.db, visit.me, found):
        raise HTTPException(404)
    return found


def _form(visit: Visit, line: QuestionLine) -> AnswerForm:
    typed = visit.form if isinstance(visit.form, AnswerForm) and visit.form._prefix == f"q{line.id}-" else None
    return typed or AnswerForm(prefix=f"q{line.id}", data={"reponse": line.answer})


@page(
    REVIEWERS,
    "POST /organisation/{edition:edition}/questions/{asked:int}",
    "answer_question",
    shows=HERE,
)
def reply(visit: Visit, edition: str, asked: int) -> Go:
    """Answer on the page of the track, or set the question aside (`geste=ecarter`)."""
    found = _edition(visit, edition)
    if question_for(visit.db, visit.me, found, asked) is None:
        raise HTTPException(404)
    if visit.data.get("geste") == "ecarter":
        set_aside(visit.db, asked, visit.me.id, visit.now)
        return Go(HERE, {"edition": edition}, says=say("La question est écartée : personne ne la lit plus."))
    form = valid(AnswerForm(Posted(visit.data), prefix=f"q{asked}"))
    answer(visit.db, asked, form.reponse.data or "", visit.me.id, visit.now)
    return Go(HERE, {"edition": edition}, says=say("La réponse est publiée sur la page du parcours."))
