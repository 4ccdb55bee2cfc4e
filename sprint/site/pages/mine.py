"""One's own sprint: the next thing, what follows, what lies behind; and the days one can change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sprint.agenda.queries.rows import feed_owner
from sprint.agenda.rules import FEED
from sprint.announcements.queries import Notice, standing_notices
from sprint.contributions.queries import to_complete
from sprint.contributions.rules import takes_contributions
from sprint.notices.queries import latest_letters_of
from sprint.participation.queries import Said, said_of
from sprint.programme.queries import EditionView, editions, seen_by, slots_of_days
from sprint.programme.rules import is_over
from sprint.registrations.presence import Call
from sprint.registrations.queries import held_by, join_links, queue_places
from sprint.registrations.queries.presence import open_call
from sprint.registrations.rules import Held
from sprint.registrations.tables import State
from sprint.site.rules.timeline import Mine, Timeline, timeline
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Show, page
from sprint.web.sealed import seal
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count

BEHIND = 6
"""Lines of what lies behind; the rest is on the pages they lead to."""


@dataclass(frozen=True)
class Behind:
    """Something that lies behind: a day of mine, a letter, a contribution to complete (it has no day, and stands first).

    `route` and `params` name its page; a title may be words.
    """

    on: date | None
    title: Words | str
    note: Words
    route: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class MyCalendar:
    """The addresses of my calendar: for a browser, and for programs that subscribe."""

    https: str
    webcal: str


@dataclass(frozen=True)
class MinePage:
    """My sprint. `day` and `of` say which day of the sprint it is today, nought when it is none."""

    today: date
    day: int
    of: int
    timeline: Timeline
    behind: tuple[Behind, ...]
    calendar: MyCalendar
    open_edition: EditionView | None
    has_days_ahead: bool
    notices: tuple[Notice, ...]
    """What the organisers of my editions say for now."""
    called: tuple[EditionView, ...]
    """Editions to come in which I have a seat: each has a convocation."""
    presence: Call | None
    """What an edition asks of me now: whether I come."""
    noting: EditionView | None
    """An edition I have a day in that takes contributions and has begun, or is over for less than the days of grace."""


@page(SIGNED_IN, "GET /moi", "mine")
def mine(visit: Visit) -> Show:
    """Today, next, before."""
    seen = seen_by(visit.kept(editions), None, visit.now)
    every = sorted((view for view in seen if view.days), key=lambda view: view.calendar.days)
    held = held_by(visit.db, visit.me.id)
    mine_editions = {one.edition_id for one in held}
    own = [view for view in every if view.id in mine_editions]
    seated = {one.edition_id for one in held if one.state == State.CONFIRMED}
    tracks = {one.track_id for one in held}
    here = Mine(
        held,
        queue_places(visit.db, visit.me.id, tracks),
        slots_of_days(visit.db, mine_editions, tracks),
        join_links(visit.db, visit.me.id),
    )
    ahead = [view for view in every if visit.now < view.calendar.ends_at]
    running = next((view for view in own if view.calendar.today(visit.now) in view.calendar.days), None)
    today = running or (ahead or every or [None])[0]
    shown = MinePage(
        today.calendar.today(visit.now) if today else visit.now.date(),
        running.calendar.days.index(running.calendar.today(visit.now)) + 1 if running else 0,
        len(running.calendar.days) if running else 0,
        timeline(own, here, visit.now),
        _behind(visit, own, held),
        _calendar(visit),
        next((view for view in ahead if view.calendar.is_open(visit.now)), ahead[0] if ahead else None),
        any(view.id in mine_editions for view in ahead),
        _notices(visit, [view for view in ahead if view.id in mine_editions]),
        tuple(view for view in ahead if view.id in seated),
        open_call(visit.db, visit.me.id, own, visit.now),
        next((view for view in reversed(own) if _takes_mine(view, held, visit)), None),
    )
    return Show("site/mine.html", shown)


def _notices(visit: Visit, own: Sequence[EditionView]) -> tuple[Notice, ...]:
    return tuple(standing_notices(visit.db, [view.id for view in own], visit.now)) if own else ()


def _takes_mine(view: EditionView, held: Sequence[Held], visit: Visit) -> bool:
    has_begun = view.calendar.days[0] <= view.calendar.today(visit.now)
    has_seat = any(one.edition_id == view.id and one.state == State.CONFIRMED for one in held)
    return has_begun and has_seat and takes_contributions(view.calendar, visit.now)


def _behind(visit: Visit, own: Sequence[EditionView], held: Sequence[Held]) -> tuple[Behind, ...]:
    """What waits for my answer, then days I came and letters I received, the latest first."""
    views = {view.id: view for view in own}
    days = [_day(views[one.edition_id], one) for one in held if _is_behind(views, one, visit)]
    letters = [
        Behind(
            letter.posted_at.astimezone(ZoneInfo(letter.zone)).date(),
            letter.text.subject if letter.text else say("Texte effacé"),
            say("Courrier reçu"),
            "my_letter",
            {"received": letter.id},
        )
        for letter in latest_letters_of(visit.db, visit.me.id, BEHIND // 2)
    ]
    dated = sorted([*days, *letters], key=lambda line: line.on or date.min, reverse=True)
    return (*_to_say(visit, own, held), *_to_complete(visit, own, held)[:BEHIND], *dated[:BEHIND])


def _to_say(visit: Visit, own: Sequence[EditionView], held: Sequence[Held]) -> list[Behind]:
    """Of editions I come to that are not over: the code of conduct in a version I did not accept, questions that want an answer."""
    coming = {view.id: view for view in own if not view.calendar.is_over(visit.now)}
    tracks = {one.track_id for one in held if one.edition_id in coming}
    said = said_of(visit.db, visit.me.id, coming, tracks) if coming else Said()
    title = say("Lire et accepter la charte de conduite")
    to_accept = [
        _said_there(title, view)
        for view in coming.values()
        if view.conduct_version and (view.id, view.conduct_version) not in said.accepted
    ]
    return to_accept + [_said_there(_unanswered(number), coming[key]) for key, number in said.unanswered.items()]


def _said_there(title: Words, view: EditionView) -> Behind:
    return Behind(None, title, say("%(edition)s", edition=view.name), "my_coming", {"edition": view.slug})


def _unanswered(number: int) -> Words:
    return say_count(
        "Répondre à une question de l’inscription",
        "Répondre à %(number)s questions de l’inscription",
        number,
    )


def _to_complete(visit: Visit, own: Sequence[EditionView], held: Sequence[Held]) -> list[Behind]:
    """What was sent back to me, then editions in which I had a day and noted nothing."""
    left = to_complete(visit.db, visit.me.id, own, held, visit.now)
    sent_back = [
        Behind(None, one.title, say("Une contribution à compléter"), "correction", {"contribution": one.id})
        for one in left.sent_back
    ]
    title = say("Noter ce que vous avez fait")
    return sent_back + [
        Behind(None, title, say("%(edition)s", edition=view.name), "my_contributions") for view in left.quiet
    ]


def _is_behind(views: dict[int, EditionView], one: Held, visit: Visit) -> bool:
    view = views.get(one.edition_id)
    return view is not None and one.state == State.CONFIRMED and is_over(one.on, view.calendar, visit.now)


def _day(view: EditionView, one: Held) -> Behind:
    where = {"edition": view.slug, "track": one.track_slug}
    return Behind(one.on, one.track_name, say("%(edition)s", edition=view.name), "track", where)


def _calendar(visit: Visit) -> MyCalendar:
    owner = feed_owner(visit.db, visit.me.id)
    path = f"/agenda/{seal(visit.settings, FEED, visit.me.id, owner.generation if owner else 0)}.ics"
    base = visit.settings.base_url
    return MyCalendar(base + path, "webcal" + base.removeprefix("https").removeprefix("http") + path)
