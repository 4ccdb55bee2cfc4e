"""Calendars by address, kept by their readers until they change; one's own has an address only its owner is shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from starlette.exceptions import HTTPException

from sprint import languages
from sprint.agenda.actions import renew_feed
from sprint.agenda.queries import files
from sprint.agenda.queries.rows import FeedOwner, feed_owner
from sprint.agenda.rules import FEED
from sprint.agenda.writing import Written, written
from sprint.programme.queries import editions, seen_by
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.page import Go, Plain, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import say


@page(ANYONE, "GET /{edition:edition}/agenda.ics", "edition_calendar")
def edition_calendar(visit: Visit, edition: str) -> Plain:
    """The edition and its timed slots."""
    return _public(visit, edition, visit.kept(files.edition_sent, *_reader(visit), edition), edition)


@page(ANYONE, "GET /{edition:edition}/ouverture.ics", "opening_calendar")
def opening_calendar(visit: Visit, edition: str) -> Plain:
    """The moment registration opens."""
    found = visit.kept(files.opening_sent, *_reader(visit), edition)
    return _public(visit, edition, found, f"{edition}-ouverture")


@page(ANYONE, "GET /{edition:edition}/parcours/{track:slug}.ics", "track_calendar")
def track_calendar(visit: Visit, edition: str, track: str) -> Plain:
    """The slots of a track."""
    found = visit.kept(files.track_sent, *_reader(visit), edition, track)
    return _public(visit, edition, found, f"{edition}-{track}")


@page(ANYONE, "GET /{edition:edition}/creneaux/{slot:int}.ics", "slot_calendar")
def slot_calendar(visit: Visit, edition: str, slot: int) -> Plain:
    """One slot."""
    found = visit.kept(files.slot_sent, *_reader(visit), edition, slot)
    return _public(visit, edition, found, f"{edition}-{slot}")


def _reader(visit: Visit) -> tuple[str, str]:
    """What a calendar's words and addresses depend on."""
    return visit.settings.base_url, visit.language


def _public(visit: Visit, edition: str, found: Written | None, name: str) -> Plain:
    seen = seen_by(visit.kept(editions), None, visit.now)
    if found is None or all(view.slug != edition for view in seen):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return _answer(visit, found, "public, no-cache", name)


@page(ANYONE, "GET /agenda/{token:key}.ics", "own_calendar")
def own_calendar(visit: Visit, token: str) -> Plain:
    """One's own days, for whoever holds the address: an old address is like one that never was."""
    key = sealed_key(token)
    owner = feed_owner(visit.db, key) if key is not None else None
    generation = owner.generation if owner else 0
    # Asked even when there is nobody: how long the answer takes tells nothing.
    if not is_sealed(visit.settings, FEED, key or 0, generation, token) or owner is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return _own(visit, owner)


@page(SIGNED_IN, "GET /moi/agenda.ics", "my_calendar")
def my_calendar(visit: Visit) -> Plain:
    """The same for its owner, signed in: a file to add by hand."""
    return _own(visit, FeedOwner(visit.me.id, visit.language, 0))


@page(SIGNED_IN, "POST /moi/calendrier/renouvellement", "renew_calendar", shows="mine")
def renew_calendar(visit: Visit) -> Go:
    """Give one's own calendar a new address; the former leads nowhere from now on."""
    renew_feed(visit.db, visit.me.id, visit.now)
    says = say("Votre calendrier a une nouvelle adresse : abonnez-vous à nouveau, l’ancienne ne mène plus nulle part.")
    return Go("mine", says=says, anchor="calendrier")


def _own(visit: Visit, owner: FeedOwner) -> Plain:
    with languages.using(owner.language):
        found = written(files.own_file(visit.db, owner), visit.settings.base_url)
    return _answer(visit, found, "private, no-cache", "mon-sprint")


def _answer(visit: Visit, found: Written, cache_control: str, name: str) -> Plain:
    """The calendar, or 304 when the reader has it already."""
    headers = {"ETag": found.tag, "Cache-Control": cache_control}
    if cache_control.startswith("private"):
        headers["X-Robots-Tag"] = "noindex"
    changed_at = _whole_seconds(found, visit.now)
    if changed_at is not None:
        headers["Last-Modified"] = format_datetime(changed_at, usegmt=True)
    if _is_known(visit, found.tag, changed_at):
        return Plain(b"", "text/calendar", HTTPStatus.NOT_MODIFIED, headers)
    headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return Plain(found.body, "text/calendar", headers=headers)


def _whole_seconds(found: Written, now: datetime) -> datetime | None:
    """When it last changed, unless that was just now: a second change in the same second must not go unseen."""
    changed_at = found.changed_at.replace(microsecond=0) if found.changed_at else None
    return changed_at if changed_at and (now - changed_at).total_seconds() > 1 else None


def _is_known(visit: Visit, tag: str, changed_at: datetime | None) -> bool:
    """RFC 9110, 13.1: a tag decides alone; without one, the date does."""
    asked: Callable[[str], str | None] = visit.request.headers.get
    tags = asked("if-none-match")
    if tags is not None:
        known = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return "*" in known or tag.removeprefix("W/") in known
    since = _moment(asked("if-modified-since"))
    return since is not None and changed_at is not None and changed_at <= since


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
