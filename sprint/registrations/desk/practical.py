"""What those who come must know, in the organisers' words."""

from dataclasses import dataclass
from datetime import datetime

from sprint.programme.queries import EditionView
from sprint.registrations.actions import send_practical_again, write_practical
from sprint.registrations.desk.editions import edition_for, edition_to_change
from sprint.registrations.forms import PracticalForm
from sprint.registrations.letters.practical import Information
from sprint.registrations.practical import good_until, reminded_at, sending_again, told_at
from sprint.registrations.queries.practical import information_of, sendings_of, untold_of
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say, say_count

HERE = "desk_practical"


@dataclass(frozen=True)
class Again:
    """What became of the texts since they were sent: how many people have not read them, and why nobody may be told now."""

    stands: Words
    people: int
    against: tuple[Words, ...]


@dataclass(frozen=True)
class PracticalPage:
    """The texts, and when they leave; `again` once they left."""

    edition: EditionView
    form: PracticalForm
    stands: Words
    again: Again | None
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(field.id, str(error)) for field in self.form for error in field.errors]


@page(ORGANISERS, "GET /organisation/{edition:edition}/pratique", HERE)
def desk_practical(visit: Visit, edition: str) -> Show:
    """How to come, hours, food, whom to reach: written once, told to everybody with a seat."""
    found = edition_for(visit, edition)
    told = information_of(visit.db, found.id)
    refusals = tuple(reason.words for reason in visit.refusals)
    again = _again(visit, found, told)
    stands = _stands(found, told, visit.now, is_sent=again is not None)
    return Show("registrations/desk_practical.html", PracticalPage(found, _form(visit, told), stands, again, refusals))


def _again(visit: Visit, edition: EditionView, told: Information) -> Again | None:
    sendings = sendings_of(visit.db, edition.id)
    if not sendings:
        return None
    people = len(untold_of(visit.db, edition.id, told, sendings))
    sent = Moment(sendings[-1].at, edition.calendar.zone)
    stands = say("Le courriel est parti le **%(at)s** : chaque personne attendue a ces textes.", at=sent)
    if not sendings[-1].is_of(told):
        stands = say("Les textes ont changé depuis leur envoi, le **%(at)s**.", at=sent)
    elif people:
        stands = say("Le courriel est parti le **%(at)s** ; des places ont été prises depuis.", at=sent)
    against = sending_again(told, is_sent=True, people=people, calendar=edition.calendar, now=visit.now)
    return Again(stands, people, tuple(one.words for one in against))


def _stands(edition: EditionView, told: Information, now: datetime, *, is_sent: bool) -> Words:
    calendar = edition.calendar
    if not calendar.days:
        return say("Donnez d’abord un jour à l’édition : les courriels partent d’après lui.")
    letter, reminder = (at(told, calendar.days[0], calendar.zone) for at in (told_at, reminded_at))
    reminder = reminder if reminder is not None and now < reminder else None
    if is_sent and reminder is not None:
        return say(
            "Le courriel est parti, le rappel part le **%(reminder)s**.", reminder=Moment(reminder, calendar.zone)
        )
    if is_sent:
        return say("Le courriel est parti.")
    if now >= good_until(calendar.days[0], calendar.zone):
        return say("La première matinée est passée : aucun courriel ne part plus.")
    if letter is not None and letter <= now:
        return say("Le courriel part dans les minutes qui viennent.")
    if letter is not None and reminder is not None:
        both = {"letter": Moment(letter, calendar.zone), "reminder": Moment(reminder, calendar.zone)}
        return say("Le courriel part le **%(letter)s**, le rappel le **%(reminder)s**.", **both)
    if letter is not None:
        return say("Le courriel part le **%(letter)s**, sans rappel.", letter=Moment(letter, calendar.zone))
    if reminder is not None:
        return say("Le rappel part le **%(reminder)s**.", reminder=Moment(reminder, calendar.zone))
    return say("Aucun courriel ne part : les textes se lisent sur la convocation.")


def _form(visit: Visit, told: Information) -> PracticalForm:
    if isinstance(visit.form, PracticalForm):
        return visit.form
    if "acces" in visit.data:
        return PracticalForm(Posted(visit.data))
    return PracticalForm(
        data={
            "acces": told.access,
            "horaires": told.hours,
            "repas": told.food,
            "contact": told.contact,
            "conduite": told.conduct,
            "avant": told.letter_days,
            "veille": told.reminds,
        }
    )


@page(ORGANISERS, "POST /organisation/{edition:edition}/pratique", "write_practical", shows=HERE)
def write(visit: Visit, edition: str) -> Go:
    """Keep the texts, and when they leave."""
    found = edition_to_change(visit, edition)
    form = valid(PracticalForm(Posted(visit.data)))
    changed = write_practical(visit.db, found.id, form.information, visit.now, visit.me.id)
    return Go(HERE, {"edition": edition}, says=say("C’est enregistré.") if changed else None)


@page(ORGANISERS, "POST /organisation/{edition:edition}/pratique/renvoi", "send_practical_again", shows=HERE)
def send_again(visit: Visit, edition: str) -> Go:
    """Write to those who have not read the texts as they are."""
    found = edition_to_change(visit, edition)
    people = send_practical_again(visit.db, found.id, visit.now, visit.me.id)
    says = say_count(
        "C’est fait ; le courriel part à %(number)s personne dans deux minutes.",
        "C’est fait ; le courriel part à %(number)s personnes dans deux minutes.",
        people,
    )
    return Go(HERE, {"edition": edition}, says=says, anchor="envoi")
