"""The whole file, and what it says of the edition itself."""

from zoneinfo import ZoneInfo, available_timezones

from sprint.preparation import rules
from sprint.preparation.reading.days import days_in
from sprint.preparation.reading.places import place_in
from sprint.preparation.reading.slots import slots_in
from sprint.preparation.reading.source import read_json
from sprint.preparation.reading.strict import NO_DAY, Spot
from sprint.preparation.reading.tracks import tracks_in
from sprint.preparation.shape import EditionFile, EditionPart
from sprint.programme.tables import EDITION_SLUG
from sprint.refusal import Refused
from sprint.words import say

SLUG, NAME, ZONE = 80, 160, 60


def read_edition(content: bytes) -> EditionFile:
    """The edition in a JSON file. Raises Refused with the place and the reason of every fault."""
    return edition_of(read_json(content))


def edition_of(values: object) -> EditionFile:
    """The edition in plain values, as JSON gives them. Raises Refused as `read_edition` does."""
    root = Spot("" if values is None else values, "", [])
    parts = root.keys(("edition", "days"), ("tracks", "slots"))
    edition = _edition(parts["edition"])
    days = days_in(parts["days"])
    dates = {day.on for day in days}
    dates = None if NO_DAY in dates or not dates else dates
    tracks = tracks_in(parts["tracks"], dates)
    slots = slots_in(parts["slots"], dates)
    if root.faults:
        raise Refused(*root.faults)
    return EditionFile(edition, days, tracks, slots)


def _edition(spot: Spot) -> EditionPart:
    given = spot.keys(("slug", "name", "timezone"), ("place", "opens_at", "closes_at"))
    slug_words = say("doit contenir une année (20..), des minuscules sans accent, des chiffres et des tirets seulement")
    slug, name = given["slug"].matching(EDITION_SLUG, SLUG, slug_words), given["name"].text(NAME)
    zone = _zone(given["timezone"])
    place, address = place_in(given["place"])
    opens_at, closes_at = given["opens_at"].moment(zone), given["closes_at"].moment(zone)
    spot.faults.extend(rules.in_order(opens_at, closes_at, given["closes_at"].place))
    return EditionPart(
        slug=slug or "",
        name=name or "",
        timezone=zone.key if zone else "",
        place=place,
        address=address,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def _zone(spot: Spot) -> ZoneInfo | None:
    name = spot.text(ZONE)
    if name is None:
        return None
    if name not in available_timezones() or name in ("localtime", "Factory"):
        spot.refuse("timezone", say("n’est pas un fuseau horaire connu, comme Europe/Paris"))
        return None
    return ZoneInfo(name)
