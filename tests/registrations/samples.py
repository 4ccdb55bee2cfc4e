"""How the routes of registrations are tried. Ada holds a seat in keycloak both days; one is left; she alone is an agent."""

from tests.samples import Sample

DAY = {"jour": "2027-03-16", "mode": "site", "once": "formulaire-essai"}

SAMPLES = {
    "desk": Sample(),
    "desk_edition": Sample(),
    "desk_people": Sample(),
    "desk_track": Sample(),
    "set_seats": Sample(form=DAY | {"2027-03-16-site-places": "3"}),
    "register": Sample(form=DAY, but={"ada": 409}),
    "cancel": Sample(form=DAY),
    # Only who holds a seat that day exchanges it, and onyxia is reserved to agents.
    "change": Sample(form=DAY, params={"track": "onyxia"}, gives=409, but={"ada": 303}),
}
