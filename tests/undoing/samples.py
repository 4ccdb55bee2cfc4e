"""How the routes of taking back are tried: a seat was added to onyxia this very moment."""

from sqlmodel import Session, col, select

from sprint.journal import Fact, new_act
from sprint.registrations.actions import Seats, set_seats
from sprint.registrations.tables import Mode
from tests.makers import NOW, days_of
from tests.people import Five
from tests.samples import Sample

SAMPLES = {"desk_change": Sample(), "undo_change": Sample()}


def rows(db: Session, five: Five) -> dict[str, object]:
    _, wednesday = days_of(db, five.edition)
    wish = Seats(five.onyxia.id, wednesday.id or 0, Mode.REMOTE, 11)
    set_seats(db, five.edition.id or 0, [wish], NOW, act=new_act(), actor_id=five.claude.id)
    return {"change": db.exec(select(Fact.id).order_by(col(Fact.id).desc())).first()}
