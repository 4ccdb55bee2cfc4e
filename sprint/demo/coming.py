"""What some people of the demonstration say about their coming: one question, one meal, one need, one team; one invitation;
whether they still come, which several have not said.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from sprint.account.actions import Newcomer
from sprint.participation.actions import Wording, add_question, answer, make_team, tell_care
from sprint.participation.queries.questions import open_questions
from sprint.participation.tables import Meal, Need, QuestionKind
from sprint.programme.queries import EditionView
from sprint.registrations.actions import CallWish, add_by_hand, ask_presence, confirm_presence, settle_presence
from sprint.registrations.presence import ASKED_AT
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


COMING = (
    VEGETARIAN,
    "gaetan-hnaweko",
    "bastien-oyarzun",
    "theodore-amsallag",
    "jean-eudes-sabourdy",
    "augustin-pommerolle",
    "emilienne-vautrey",
)
"""Who said since that they come. Claude is asked too, and sees it on the page one opens first."""
ANSWER_DAYS = 3


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


def ask_whether_they_come(db: Session, edition: EditionView, by_key: dict[str, int], now: datetime) -> None:
    """The edition asked this morning, or yesterday where it is not nine yet; all who were registered by then are asked."""
    zone = ZoneInfo(edition.calendar.zone)
    local = now.astimezone(zone)
    asked_on = local.date() if local.time() >= ASKED_AT else local.date() - timedelta(days=1)
    asked_at = datetime.combine(asked_on, ASKED_AT, zone)
    wish = CallWish((edition.calendar.days[0] - asked_on).days, ANSWER_DAYS, releases=True)
    settle_presence(db, edition.id, wish, asked_at - timedelta(days=1), by_key["claude"])
    ask_presence(db, edition.id, asked_at)
    for key in COMING:
        confirm_presence(db, by_key[key], edition.id, now)
