"""Coming as a team: made, joined by its code, left."""

from starlette.exceptions import HTTPException

from sprint.participation.actions import join_team, leave_team, make_team
from sprint.participation.forms import CodeForm, TeamForm
from sprint.participation.pages.coming import HERE, back, mine
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, page
from sprint.web.visit import Visit
from sprint.words import say


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/equipe", "make_team", shows=HERE)
def make(visit: Visit, edition: str) -> Go:
    """Make a team in one of my tracks."""
    found, _, held = mine(visit, edition)
    form = valid(TeamForm(Posted(visit.data)))
    track_id = next((one.track_id for one in held if one.track_slug == form.parcours.data), None)
    if track_id is None:
        raise HTTPException(404)
    made = make_team(visit.db, visit.me.id, found.id, track_id, str(form.equipe.data), str(form.once.data), visit.now)
    return back(
        edition, say("L’équipe est créée : donnez son code à qui vient avec vous.") if made else None, "en-equipe"
    )


@page(
    SIGNED_IN,
    "POST /moi/inscriptions/{edition:edition}/equipe/code",
    "join_team",
    shows=HERE,
    limited="team_code",
)
def join(visit: Visit, edition: str) -> Go:
    """Join the team whose code I was given."""
    found, _, _ = mine(visit, edition)
    form = valid(CodeForm(Posted(visit.data)))
    team = join_team(visit.db, visit.me.id, found.id, str(form.code.data), visit.now)
    return back(edition, say("Vous êtes dans l’équipe %(team)s.", team=team.name), "en-equipe")


@page(SIGNED_IN, "POST /moi/inscriptions/{edition:edition}/equipe/{team:int}/depart", "leave_team", shows=HERE)
def leave(visit: Visit, edition: str, team: int) -> Go:
    """Leave a team; my seat stays."""
    found, _, _ = mine(visit, edition)
    left = leave_team(visit.db, visit.me.id, found.id, team, visit.now)
    return back(edition, say("Vous avez quitté l’équipe ; votre place reste à vous.") if left else None, "en-equipe")
