"""How the routes of proposals are tried. Ada proposes one, which is sent and waits to be read; Barbara accepted to mentor it."""

from sqlmodel import Session

from sprint.proposals.pages.mine import MENTOR
from sprint.proposals.tables import Question
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.makers import NOW
from tests.people import Five
from tests.proposals.stage import CANVAS, a_proposal
from tests.samples import Sample

TOKEN = {"token": seal(Settings(secret="s" * 32, demo="1", base_url="http://localhost"), MENTOR, 1, 0)}
TEAM = "ada barbara"
NOTE = {"mot": "Bravo", "once": "formulaire-essai"}

SAMPLES = {
    "my_proposals": Sample(),
    "begin_proposal": Sample(form={"edition": "sprint-2027", "once": "formulaire-essai"}),
    "my_proposal": Sample(finds=TEAM),
    "save_proposal": Sample(finds=TEAM, form=CANVAS),
    "answer_proposal": Sample(finds=TEAM, form=NOTE),
    "withdraw_proposal": Sample(finds="ada"),
    "dismiss_mentor": Sample(finds=TEAM, params={"person": 2}),
    "invitation": Sample(params=TOKEN),
    "accept_invitation": Sample(params=TOKEN, form={"jour": "2027-03-16"}),
    "desk_proposals": Sample(),
    "desk_proposal": Sample(),
    "note_proposal": Sample(form=NOTE),
    "ask_question": Sample(form={"question": "Quand ?", "once": "formulaire-essai"}),
    "desk_questions": Sample(),
    "answer_question": Sample(form={"q1-reponse": "À dix heures."}),
    "decide_proposal": Sample(form={"geste": "publier"}),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    question = Question(
        track_id=five.onyxia.id or 0, person_id=five.eve.id or 0, words="Quand ?", asked_at=NOW, once="q-1"
    )
    db.add(question)
    db.flush()
    return {"proposal": a_proposal(db, five), "asked": question.id}
