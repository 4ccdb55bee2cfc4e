"""When a letter to a group may leave or be caught back, and how long a notice may stand. Pure."""

from datetime import datetime, timedelta

from sprint.announcements.tables import Group
from sprint.refusal import Refusal
from sprint.words import Words, say, say_count

LONGEST_NOTICE = timedelta(days=3)

GROUPS: dict[Group, Words] = {
    Group.EVERYONE: say("toutes les personnes inscrites ou en attente, et les mentors"),
    Group.CONFIRMED: say("les personnes inscrites"),
    Group.WAITING: say("les personnes en attente"),
    Group.MENTORS: say("les mentors"),
}
BECAUSE: dict[Group, Words] = {
    Group.EVERYONE: say("Vous recevez ce courrier parce que vous participez à %(edition)s."),
    Group.CONFIRMED: say("Vous recevez ce courrier parce que vous êtes inscrit·e à %(edition)s."),
    Group.WAITING: say("Vous recevez ce courrier parce que vous attendez une place à %(edition)s."),
    Group.MENTORS: say("Vous recevez ce courrier parce que vous encadrez un parcours de %(edition)s."),
}
"""Said at the foot: such a letter is part of taking part, one does not unsubscribe from it."""


def sending(sent_at: datetime | None, people: int, foreseen: int) -> list[Refusal]:
    """A letter leaves once, to as many people as were read."""
    if sent_at is not None:
        return [Refusal("sent", say("ce courrier est déjà parti"))]
    if people == 0:
        return [Refusal("nobody", say("personne ne recevrait ce courrier : changez le groupe"))]
    if people != foreseen:
        words = say_count(
            "le groupe a changé entre-temps : %(number)s personne recevrait ce courrier, relisez puis envoyez",
            "le groupe a changé entre-temps : %(number)s personnes recevraient ce courrier, relisez puis envoyez",
            people,
        )
        return [Refusal("changed_meanwhile", words)]
    return []


def withdrawing(
    sent_at: datetime | None, withdrawn_at: datetime | None, delay: timedelta, now: datetime
) -> list[Refusal]:
    """A letter is caught back before its first copy leaves."""
    if sent_at is None or withdrawn_at is not None:
        return [Refusal("not_sent", say("ce courrier n’est pas en route"))]
    if now >= sent_at + delay:
        return [Refusal("left", say("ce courrier part déjà : il ne se rattrape plus"))]
    return []


def saying(ends_at: datetime, now: datetime) -> list[Refusal]:
    """A notice has an end, soon enough that nobody reads yesterday's."""
    if ends_at <= now:
        return [Refusal("past", say("cette heure est passée"), "fin")]
    if ends_at > now + LONGEST_NOTICE:
        return [Refusal("too_long", say("une annonce du moment dure trois jours au plus"), "fin")]
    return []
