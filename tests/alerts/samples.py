"""How the routes of alerts are tried: registration is open, there is nothing to wait for; one address waits for the next edition."""

from sqlmodel import Session

from sprint.alerts.letters import CONFIRM, STOP
from sprint.alerts.tables import Alert
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.makers import NOW
from tests.people import Five
from tests.samples import Sample

SAMPLES = {
    "alert": Sample(),
    "edition_alert": Sample(),
    "ask_alert": Sample(form={"adresse": "grace@example.org"}, gives=409),
    "ask_edition_alert": Sample(form={"adresse": "grace@example.org"}, gives=409),
    "alert_me": Sample(gives=409),
    "alert_me_of_edition": Sample(gives=409),
    "alert_me_no_more": Sample(),
    "alert_me_of_edition_no_more": Sample(),
    "alert_link": Sample(),
    "confirm_alert": Sample(),
    "alert_stop": Sample(),
    "stop_alert": Sample(),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    made = Alert(email="grace@example.org", mailbox="grace@example.org", language="fr", asked_at=NOW)
    db.add(made)
    db.flush()
    settings = Settings(base_url="http://localhost", secret="s" * 32, demo="1")
    return {"alert": seal(settings, CONFIRM, made.id, 0), "stopped_alert": seal(settings, STOP, made.id, 0)}
