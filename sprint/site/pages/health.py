"""Whether the service answers, for whoever watches it."""

from sqlmodel import select

from sprint.web.audience import ANYONE
from sprint.web.page import Plain, page
from sprint.web.visit import Visit


@page(ANYONE, "GET /sante", "health")
def health(visit: Visit) -> Plain:
    """200 when the database answers; the frame says 503 when it does not."""
    visit.db.exec(select(1)).one()
    return Plain("ok\n", "text/plain", headers={"Cache-Control": "no-store"})
