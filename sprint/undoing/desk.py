"""What the team did, read once more: what taking it back does to whom, one button, or every reason why it is too late."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.desk.undoing import lasting
from sprint.registrations.doings import BACK, done_to, told
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.queries.undoing import act_numbered, later_than
from sprint.registrations.undoing import Did, TeamAct, is_undone, undoing
from sprint.undoing.actions import take_back
from sprint.web.audience import ORGANISERS
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

HERE = "desk_change"


@dataclass(frozen=True)
class Step:
    """One thing that was done: to whom or what, where, and what taking it back does."""

    name: str
    where: Words
    done: Words
    back: Words


@dataclass(frozen=True)
class ChangePage:
    """One act of the team."""

    edition: EditionView
    number: int
    says: Words
    at: Moment
    until: datetime
    letters: int
    steps: tuple[Step, ...]
    is_undone: bool
    against: tuple[Words, ...]
    """Why it cannot be taken back, as far as that is known without trying."""
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def may_undo(self) -> bool:
        """Whether there is a button to press, and so a reason to say what it does."""
        return not (self.refusals or self.is_undone or self.against)


@page(ORGANISERS, "GET /organisation/{edition:edition}/changements/{change:int}", HERE)
def desk_change(visit: Visit, edition: str, change: int) -> Show:
    """What was done, and what taking it back does."""
    found = edition_for(visit, edition)
    act = _act(visit, found, change)
    later, lasts = later_than(visit.db, found.id, act), lasting(visit)
    zone = found.calendar.zone
    shown = ChangePage(
        found,
        act.number,
        told(act),
        Moment(act.at, zone),
        Moment(act.at + lasts, zone).local,
        act.letters,
        tuple(Step(one.person, one.where, done_to(one), BACK[RegistrationFact(one.kind)]) for one in act.traces),
        is_undone(act, later),
        tuple(one.words for one in undoing(act, later, lasts, visit.now)),
        tuple(one.words for one in visit.refusals),
    )
    return Show("undoing/change.html", shown)


def _act(visit: Visit, edition: EditionView, number: int) -> TeamAct:
    found = act_numbered(visit.db, edition.id, number)
    if found is None:
        raise HTTPException(404)
    return found


@page(ORGANISERS, "POST /organisation/{edition:edition}/changements/{change:int}/retour", "undo_change", shows=HERE)
def undo_change(visit: Visit, edition: str, change: int) -> Go:
    """Take it back; nobody is told, for nobody was."""
    found = edition_to_change(visit, edition)
    act = _act(visit, found, change)
    done = take_back(visit.db, found.id, act, lasting(visit), visit.now, visit.me.id)
    says = say("C’est annulé : tout est comme avant, et personne ne reçoit de courriel.")
    return _back(edition, act, says if done else say("C’était déjà fait."))


def _back(edition: str, act: TeamAct, says: Words) -> Go:
    """To the page where one sees that all is as before."""
    people, tracks = list(act.subjects), {one.track_slug for one in act.by_hand}
    if act.did == Did.SEATS and len(tracks) == 1:
        (track,) = tracks
        where = ("desk_track", {"edition": edition, "track": track}) if track else ("desk_days", {"edition": edition})
        return Go(*where, says=says)
    if act.did == Did.SEATS:
        return Go("desk_edition", {"edition": edition}, says=says)
    if len(people) == 1:
        return Go("desk_person", {"edition": edition, "person": people[0]}, says=says)
    return Go("desk_people", {"edition": edition}, says=says)
