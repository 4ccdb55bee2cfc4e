"""How the site looks for this browser: a cookie, rendered by the server."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.web.audience import ANYONE
from sprint.web.cookies import THEME, THEMES
from sprint.web.page import Go, SetCookie, Show, page
from sprint.web.visit import Visit, local_path
from sprint.words import Words, say

YEAR = 365 * 24 * 3600
LABELS: dict[str, Words] = {
    "system": say("Comme mon appareil"),
    "light": say("Thème clair"),
    "dark": say("Thème sombre"),
}


@dataclass(frozen=True)
class DisplayPage:
    """The three themes, and where one came from."""

    themes: dict[str, Words]
    back_to: str


@page(ANYONE, "GET /affichage", "display")
def display(visit: Visit) -> Show:
    """Choose a theme."""
    return Show("site/display.html", DisplayPage(LABELS, local_path(visit.request.query_params.get("retour", ""))))


@page(ANYONE, "POST /affichage", "set_display", shows="display")
def set_display(visit: Visit) -> Go:
    """Keep the choice in a cookie for a year."""
    theme = str(visit.data.get("theme", ""))
    if theme not in THEMES:
        raise HTTPException(422)
    return Go("home", cookies=(SetCookie(THEME, theme, YEAR),), address=local_path(str(visit.data.get("retour", ""))))
