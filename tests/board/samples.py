"""How the grid and the board are tried: a room that is offered, a slot in it."""

from datetime import time

from sqlmodel import Session

from sprint.programme.tables import Room
from tests.makers import NOW, a_slot, days_of
from tests.people import Five
from tests.samples import Sample

SLOT = {
    "titre": "Atelier",
    "genre": "atelier",
    "jour": "2027-03-16",
    "debut": "14:00",
    "duree": "60",
    "salle": "Salle A",
    "once": "formulaire-1",
}
ROOM = {"nom": "Salle B", "jours": "2027-03-16", "ouvre": "09:00", "ferme": "18:00"}

SAMPLES = {
    "desk_grid": Sample(),
    "place_slot": Sample(form=SLOT),
    "offer_room": Sample(form=ROOM),
    "remove_room": Sample(),
    "desk_slot": Sample(),
    "move_slot": Sample(form=SLOT),
}


def a_room(db: Session, day_id: int | None, name: str = "Salle A", *, is_offered: bool = True) -> Room:
    """A room from 9 to 18 h."""
    row = Room(day_id=day_id, name=name, key=name.casefold(), opens=time(9), closes=time(18))
    row.offered_at = NOW if is_offered else None
    db.add(row)
    db.flush()
    return row


def rows(db: Session, five: Five) -> dict[str, object]:
    day = days_of(db, five.edition)[0]
    return {"room": a_room(db, day.id).id, "board_slot": a_slot(db, five.edition, day=day, title="À placer").id}
