"""How the grid and the board are tried: a room that is offered, a slot in it."""

from datetime import time

from sqlmodel import Session

from sprint.board.tables import BoardEntry
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
TALK = {"sujet": "Une idée", "minutes": "5", "once": "formulaire-2"}

SAMPLES = {
    "board": Sample(),
    "propose_workshop": Sample(form=SLOT, gives=409, but={"ada": 303}),
    "propose_talk": Sample(form=TALK, gives=409, but={"ada": 303}),
    "withdraw_entry": Sample(finds="ada"),
    "desk_board": Sample(),
    "advance_talk": Sample(),
    "remove_entry": Sample(gives=422),
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
    entry = BoardEntry(
        edition_id=five.edition.id,
        person_id=five.ada.id,
        title="Une idée",
        minutes=5,
        proposed_at=NOW,
        once="formulaire-0",
    )
    db.add(entry)
    db.flush()
    return {
        "entry": entry.id,
        "room": a_room(db, day.id).id,
        "board_slot": a_slot(db, five.edition, day=day, title="À placer").id,
    }
