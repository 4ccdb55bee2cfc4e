"""The tracks: what each is, needs and offers to begin with."""

from urllib.parse import urlsplit

from sprint.catalogue.rules import canonical_url, host_and_path
from sprint.preparation.reading.days import Dates, capacities_in
from sprint.preparation.reading.strict import Spot, twins
from sprint.preparation.shape import TrackPart
from sprint.programme.tables import TRACK_SLUG, Audience
from sprint.words import say

SLUG, NAME, ORGANISATION, LANGUAGE = 80, 160, 160, 20
OBJECTIVE, DESCRIPTION, NEEDS = 400, 8_000, 2_000
LABEL, LABELS = 60, 30
TRACKS = 500
TASK, TASK_DETAIL, TASKS = 200, 60, 20
URL, HOST, PATH, REPOSITORIES = 500, 120, 380, 30

KEYS = (
    *("organisation", "objective", "description", "keywords", "repositories", "skills"),
    *("verbs", "needs", "first_tasks", "audience", "language", "capacities"),
)


def tracks_in(spot: Spot, dates: Dates) -> tuple[TrackPart, ...]:
    spots = spot.items(TRACKS)
    tracks = tuple(_track(each, dates) for each in spots)
    slugs = ((track.slug or None, each.at("slug")) for track, each in zip(tracks, spots, strict=True))
    for twin, first in twins(slugs):
        twin.refuse("twice", say("ce nom d’adresse est déjà pris : %(first)s", first=first))
    return tracks


def _track(spot: Spot, dates: Dates) -> TrackPart:
    given = spot.keys(("slug", "name"), KEYS)
    slug = say("doit être fait de minuscules sans accent et de chiffres, séparés par des tirets")
    return TrackPart(
        slug=given["slug"].matching(TRACK_SLUG, SLUG, slug) or "",
        name=given["name"].text(NAME) or "",
        organisation=given["organisation"].text(ORGANISATION, empty=True),
        objective=given["objective"].text(OBJECTIVE, lines=True, empty=True),
        description=given["description"].text(DESCRIPTION, lines=True, empty=True),
        needs=_needs(given["needs"]),
        language=given["language"].text(LANGUAGE),
        audience=given["audience"].one_of(Audience),
        keywords=_labels(given["keywords"]),
        skills=_labels(given["skills"]),
        verbs=_labels(given["verbs"]),
        first_tasks=_first_tasks(given["first_tasks"]),
        repositories=_repositories(given["repositories"]),
        capacities=capacities_in(given["capacities"], None, dates),
    )


def _labels(spot: Spot) -> list[str] | None:
    """Short texts; one given twice is kept once."""
    if spot.is_absent:
        return None
    texts = [each.text(LABEL) for each in spot.items(LABELS)]
    return list(dict.fromkeys(text for text in texts if text))


def _needs(spot: Spot) -> str | None:
    if not isinstance(spot.value, list):
        return spot.text(NEEDS, lines=True, empty=True)
    texts = [each.text(NEEDS) for each in spot.items()]
    listed = "\n".join(f"- {text}" for text in texts if text)
    return Spot(listed, spot.place, spot.faults).text(NEEDS, lines=True, empty=True)


def _first_tasks(spot: Spot) -> list[dict[str, str]] | None:
    return None if spot.is_absent else [_first_task(each) for each in spot.items(TASKS)]


def _first_task(spot: Spot) -> dict[str, str]:
    if isinstance(spot.value, str):
        return {"title": spot.text(TASK) or ""}
    given = spot.keys(("title",), ("url", "level", "duration"))
    texts = {
        "title": given["title"].text(TASK),
        "url": _web_address(given["url"]),
        "level": given["level"].text(TASK_DETAIL, empty=True),
        "duration": given["duration"].text(TASK_DETAIL, empty=True),
    }
    return {name: text for name, text in texts.items() if text}


def _web_address(spot: Spot) -> str | None:
    address = spot.text(URL)
    if address is None or _is_web_address(address):
        return address
    spot.refuse("url", say("doit être une adresse https://…"))
    return None


def _is_web_address(text: str) -> bool:
    """People will follow it: nothing but the web, nothing that could leave its attribute."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and "." in (parts.hostname or "")
        and not any(sign.isspace() or sign in "<>\"'`\\" for sign in text)
    )


def _repositories(spot: Spot) -> tuple[str, ...] | None:
    """Canonical addresses; two that mean the same repository are one."""
    if spot.is_absent:
        return None
    urls = [_repository(each) for each in spot.items(REPOSITORIES)]
    return tuple(dict.fromkeys(url for url in urls if url))


def _repository(spot: Spot) -> str | None:
    text = spot.text(URL)
    if text is None:
        return None
    url = canonical_url(text)
    if url is None:
        spot.refuse("url", say("doit être l’adresse https://… d’un dépôt sur une forge"))
        return None
    host, path = host_and_path(url)
    if len(url) > URL or len(host) > HOST or len(path) > PATH:
        spot.refuse("too_long", say("cette adresse de dépôt est trop longue"))
        return None
    return url
