"""Where one is signed in, and signing out there from here."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException

from sprint.account.pages.offers import brand_of, brands_of
from sprint.account.queries import devices_of
from sprint.account.rules import device_words, how_words
from sprint.sessions import revoke_others, revoke_session
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

ZONE = "Europe/Paris"
"""No edition is at hand here to give its own."""


@dataclass(frozen=True)
class DeviceLine:
    """One open session; `is_here` is the browser that reads this."""

    session_id: int
    words: Words
    how: Words
    since: Moment
    seen: Moment
    is_here: bool


@dataclass(frozen=True)
class DevicesPage:
    """The open sessions, the last seen first."""

    devices: tuple[DeviceLine, ...]


@page(SIGNED_IN, "GET /moi/appareils", "devices")
def devices(visit: Visit) -> Show:
    """One's own open sessions."""
    brands = brands_of(visit.settings)
    lines = tuple(
        DeviceLine(
            device.session_id,
            device_words(device.device),
            how_words(brand_of(device.provider, brands), device.amr),
            _in_paris(device.created_at),
            _in_paris(device.seen_at),
            device.session_id == visit.session_id,
        )
        for device in devices_of(visit.db, visit.me.id, visit.now, visit.settings.session_idle)
    )
    return Show("account/devices.html", DevicesPage(lines))


@page(SIGNED_IN, "POST /moi/appareils/{session:int}/revocation", "revoke_device", shows="devices")
def revoke_device(visit: Visit, session: int) -> Go:
    """Sign one of one's own devices out."""
    if session.bit_length() > 31 or not revoke_session(visit.db, visit.me.id, session, visit.now):
        raise HTTPException(404)
    return Go("devices", says=say("L’appareil est déconnecté."))


@page(SIGNED_IN, "POST /moi/appareils/revocation", "revoke_devices", shows="devices")
def revoke_devices(visit: Visit) -> Go:
    """Sign all of one's own devices out but this one."""
    revoke_others(visit.db, visit.me.id, visit.session_id or 0, visit.now)
    return Go("devices", says=say("Tous les autres appareils sont déconnectés."))


def _in_paris(moment: datetime) -> Moment:
    return Moment(moment, ZONE)
