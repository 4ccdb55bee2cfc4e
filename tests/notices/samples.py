"""How the routes of letters are tried: one letter to Ada given up by the relay, and one that left."""

from datetime import timedelta

from sqlmodel import Session, select

from sprint.jobs import Job
from sprint.journal import new_act
from sprint.letter import LetterText, Link, OwedLetter
from sprint.notices.actions import owe_letters
from sprint.notices.queries import POSTING
from sprint.notices.render import STOP
from sprint.notices.tables import Letter
from sprint.settings import Settings
from sprint.web.sealed import seal
from sprint.words import say
from tests.makers import NOW
from tests.people import Five
from tests.samples import Sample

SAMPLES = {
    "letter_preview": Sample(params={"letter": "pratique"}),
    "letters": Sample(),
    "letter": Sample(),
    "send_letter_again": Sample(),
    "my_letters": Sample(),
    "choose_letters": Sample(form={"genre": "reminder", "recevoir": "0"}),
    "stop_link": Sample(),
    "stop_by_link": Sample(),
    "my_letter": Sample(finds="ada"),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    text = LetterText(
        purpose="registered",
        subject=say("Inscription confirmée"),
        opening=say("Vous êtes inscrite."),
        items=(),
        notes=(),
        action=Link(say("Voir mes jours"), "/moi"),
        signature=say("L’équipe du sprint"),
    )
    owed = OwedLetter(five.ada.id or 0, five.edition.id, text)
    owe_letters(db, new_act(), [owed], "example.org", NOW, timedelta())
    letter_id = db.exec(select(Letter.id)).one()
    job = db.exec(select(Job).where(Job.kind == POSTING, Job.key == str(letter_id))).one()
    job.dead_at = NOW
    owe_letters(db, new_act(), [owed], "example.org", NOW, timedelta())
    received = db.exec(select(Letter).where(Letter.id != letter_id)).one()
    received.posted_at = NOW
    stoppable = Letter(
        act=new_act(),
        person_id=five.ada.id or 0,
        purpose="reminder",
        message_id="<reminder@example.org>",
        owed_at=NOW,
        posted_at=NOW,
    )
    db.add(stoppable)
    db.flush()
    settings = Settings(base_url="http://localhost", secret="s" * 32, demo="1")
    return {"letter": letter_id, "received": received.id, "stop": seal(settings, STOP, stoppable.id or 0, 0)}
