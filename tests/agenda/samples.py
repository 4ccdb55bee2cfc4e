"""How calendars are tried: Ada's own address, a slot of the edition, an opening that lies behind."""

from datetime import timedelta

from sqlmodel import Session, select

from sprint.agenda.rules import FEED
from sprint.programme.tables import Edition, Slot
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.makers import NOW
from tests.people import Five
from tests.samples import Sample

SAMPLES = {
    "edition_calendar": Sample(),
    "opening_calendar": Sample(),
    "track_calendar": Sample(),
    "slot_calendar": Sample(),
    "own_calendar": Sample(),
    "my_calendar": Sample(),
    "renew_calendar": Sample(),
    "desk_agenda": Sample(),
    "cancel_slot": Sample(),
    "restore_slot": Sample(),
    "desk_links": Sample(),
    "set_join_link": Sample(form={"keycloak-lien": "https://visio.example/keycloak"}),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    db.get_one(Edition, five.edition.id).opens_at = NOW - timedelta(days=30)
    settings = Settings(base_url="http://localhost", secret="s" * 32, demo="1")
    slot_id = db.exec(select(Slot.id).where(Slot.edition_id == five.edition.id)).first()
    return {"slot": slot_id, "token": seal(settings, FEED, five.ada.id or 0, 0)}
