"""Who mentors a track: named among the people who come to it, and relieved again."""

from starlette.exceptions import HTTPException

from sprint.account.actions import grant_right, revoke_right
from sprint.people.tables import Right, Scope
from sprint.registrations.desk.editions import edition_to_change
from sprint.registrations.desk.tracks import track_for
from sprint.registrations.queries.people import people_of_track
from sprint.web.audience import ORGANISERS
from sprint.web.page import Go, page
from sprint.web.visit import Visit
from sprint.words import say


@page(
    ORGANISERS, "POST /organisation/{edition:edition}/parcours/{track:slug}/mentors", "add_mentor", shows="desk_track"
)
def add_mentor(visit: Visit, edition: str, track: str) -> Go:
    """Entrust somebody who comes to the track with it."""
    edition_to_change(visit, edition)
    _, offered = track_for(visit, edition, track)
    asked = visit.data.get("personne")
    names = {str(person): name for person, name in people_of_track(visit.db, offered.id or 0)}
    if not isinstance(asked, str) or asked not in names:
        raise HTTPException(404)
    grant_right(visit.db, int(asked), Right.MENTOR, Scope.TRACK, offered.id, None, visit.now, visit.me.id)
    says = say("%(name)s accompagne désormais ce parcours : dites-le-lui, aucun courriel ne part.", name=names[asked])
    return Go("desk_track", {"edition": edition, "track": track}, says=says, anchor="mentors")


@page(
    ORGANISERS,
    "POST /organisation/{edition:edition}/parcours/{track:slug}/mentors/{person:int}/retrait",
    "remove_mentor",
    shows="desk_track",
)
def remove_mentor(visit: Visit, edition: str, track: str, person: int) -> Go:
    """Relieve somebody of the track; from the next request on they see no more of it than others."""
    _, offered = track_for(visit, edition, track)
    revoke_right(visit.db, person, Right.MENTOR, Scope.TRACK, offered.id, visit.now, visit.me.id)
    return Go("desk_track", {"edition": edition, "track": track}, says=say("C’est retiré."), anchor="mentors")
