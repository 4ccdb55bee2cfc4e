"""What some people of the demonstration say about their coming: one question, one meal, one need, one team; one invitation."""

from datetime import datetime, timedelta

from sqlmodel import Session

from sprint.account.actions import Newcomer
from sprint.participation.actions import Wording, add_question, answer, make_team, tell_care
from sprint.participation.queries.questions import open_questions
from sprint.participation.tables import Meal, Need, QuestionKind
from sprint.programme.queries import EditionView
from sprint.registrations.actions import add_by_hand
from sprint.registrations.queries import held_by

VEGETARIAN = "solange-pruvost-diarra"
ANSWERS = ((VEGETARIAN, "0"), ("gaetan-hnaweko", "0"), ("sacha-birnbaumer", "1"))
"""Who answers which of the options, by number."""
ASKED = Wording(
    track_id=None,
    kind=QuestionKind.YES_NO,
    words=("Avez-vous besoin d’un ordinateur sur place ?", "Do you need a computer on site?"),
    purpose=("Pour en réserver le bon nombre.", "To book the right number of them."),
    options=(),
    kept_days=30,
    position=1,
    is_required=False,
)


INVITED = Newcomer("Lamine Ouédraogo", "lamine.ouedraogo@agents.example", "fr")
"""Added by hand, who has not opened their link yet."""


def build_coming(db: Session, edition: EditionView, by_key: dict[str, int], now: datetime) -> None:
    """Through the real actions, as everything else."""
    add_question(db, edition.id, ASKED, "demo-question-1", now, by_key["claude"])
    (question,) = open_questions(db, edition.id)
    for key, number in ANSWERS:
        answer(db, by_key[key], edition.id, {question.id: [number]}, now)
    (first, *_) = held_by(db, by_key[VEGETARIAN], edition.id)
    make_team(db, by_key[VEGETARIAN], edition.id, first.track_id, "Les Relecteurs du mardi", "demo-team-1", now)
    tell_care(db, by_key[VEGETARIAN], edition, Meal.VEGETARIAN, (Need.CAPTIONS,), now, consents=True)
    add_by_hand(db, edition.id, INVITED, None, by_key["claude"], "demo-invitation-1", now - timedelta(days=1))
