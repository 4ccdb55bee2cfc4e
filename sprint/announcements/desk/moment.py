"""What is true for now: a notice on the home page and on everybody's own page, until its hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from sprint.announcements.actions import announce, take_down
from sprint.announcements.forms import NoticeForm, summary
from sprint.announcements.queries import Notice, notice_of, notices
from sprint.programme.queries import EditionView
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

HERE = "moment"
LISTED = 20
USUAL = timedelta(hours=2)


@dataclass(frozen=True)
class MomentPage:
    """The notices that stand, the latest ones that do not, and the form of a new one."""

    edition: EditionView
    standing: tuple[tuple[Notice, Moment], ...]
    past: tuple[tuple[Notice, Moment], ...]
    form: NoticeForm
    once: str

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary((self.form,))


@page(ORGANISERS, "GET /organisation/{edition:edition}/annonces", HERE)
def show_moment(visit: Visit, edition: str) -> Show:
    """What stands now, and what one may say."""
    found = edition_for(visit, edition)
    zone = found.calendar.zone
    every = [(one, Moment(one.taken_down_at or one.ends_at, zone)) for one in notices(visit.db, found.id, LISTED)]
    shown = MomentPage(
        found,
        tuple(pair for pair in every if pair[0].stands(visit.now)),
        tuple(pair for pair in every if not pair[0].stands(visit.now)),
        visit.form if isinstance(visit.form, NoticeForm) else _form(visit, zone),
        visit.once(),
    )
    return Show("announcements/moment.html", shown)


def _form(visit: Visit, zone: str) -> NoticeForm:
    """What was typed when it was refused, else an end in two hours."""
    if "annonce" in visit.data:
        return NoticeForm(Posted(visit.data))
    end = (visit.now + USUAL).astimezone(ZoneInfo(zone)).replace(minute=0)
    return NoticeForm(data={"fin": end.strftime("%Y-%m-%dT%H:%M")})


@page(ORGANISERS, "POST /organisation/{edition:edition}/annonces", "announce", shows=HERE)
def say_now(visit: Visit, edition: str) -> Go:
    """Show a notice until its hour."""
    found = edition_to_change(visit, edition)
    form = valid(NoticeForm(Posted(visit.data)))
    ends_at = datetime.fromisoformat(form.fin.data or "").replace(tzinfo=ZoneInfo(found.calendar.zone))
    words = (form.annonce.data or "", form.notice.data or "")
    done = announce(visit.db, found.id, words, ends_at, form.once.data or "", visit.now, visit.me.id)
    return _back(edition, say("L’annonce est affichée sur l’accueil et dans « Mon sprint ».") if done else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/annonces/{notice:int}/retrait", "take_down", shows=HERE)
def stop_saying(visit: Visit, edition: str, notice: int) -> Go:
    """Show a notice no more."""
    found = edition_for(visit, edition)
    if not notice_of(visit.db, found.id, notice):
        raise HTTPException(404)
    done = take_down(visit.db, notice, visit.now, visit.me.id)
    return _back(edition, say("L’annonce est retirée.") if done else None)


def _back(edition: str, says: Words | None) -> Go:
    return Go(HERE, {"edition": edition}, says=says)
