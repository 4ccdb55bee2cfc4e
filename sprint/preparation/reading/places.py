"""Where an edition or one of its days takes place: a text, or an object that names the parts of an address."""

from sprint.preparation.reading.strict import Spot

PLACE, ADDRESS, ASIDE = 160, 240, 1_000


def place_in(spot: Spot) -> tuple[str | None, str | None]:
    """Name and address; a place given as a text has no address, and says so."""
    if not isinstance(spot.value, dict):
        place = spot.text(PLACE, empty=True)
        return place, None if place is None else ""
    parts = spot.keys(("name",), ("organisation", "street", "postcode", "city", "room", "note", "osm_node"))
    parts["osm_node"].number(1, 10**15)
    for name in ("organisation", "room", "note"):
        parts[name].text(ASIDE, lines=True, empty=True)
    street, postcode, city = (parts[name].text(ADDRESS, empty=True) or "" for name in ("street", "postcode", "city"))
    address = ", ".join(filter(None, (street, f"{postcode} {city}".strip())))
    return parts["name"].text(PLACE), Spot(address, spot.place, spot.faults).text(ADDRESS, empty=True)
