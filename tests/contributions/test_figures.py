"""What is counted of an edition, and what is told of people when they are few."""

from datetime import date, datetime

from sprint.contributions.actions import withdraw
from sprint.contributions.queries import accepted_by, figures_of_edition, to_complete
from sprint.contributions.tables import Kind, State
from sprint.database import Database
from sprint.programme.queries import editions
from sprint.registrations.queries import held_by
from tests.contributions.stage import a_contribution, accepted
from tests.makers import FIRST_DAY, NOW, a_person, an_affiliation, an_organisation
from tests.people import Five


def test_figures_count_what_is_accepted_and_hide_few_people(database: Database, five: Five) -> None:
    with database.writing() as db:
        insee, ign = an_organisation(db, slug="insee", name="Insee"), an_organisation(db, slug="ign", name="IGN")
        ones = []
        for number in range(6):
            person = a_person(db, name=f"Personne {number}")
            at = insee if number < 5 else ign
            an_affiliation(db, person=person, organisation=at)
            ones.append(a_contribution(db, person, five.onyxia, kind=Kind.CODE, organisation_id=at.id))
        own = a_contribution(db, five.eve, five.keycloak, kind=Kind.TEST)
        gone = a_contribution(db, five.eve, five.keycloak)
        a_contribution(db, five.ada, five.onyxia)
        accepted(db, five.claude, five.onyxia, *ones, own, gone)
        withdraw(db, five.eve.id or 0, gone, NOW)
    with database.reading() as db:
        found = figures_of_edition(db, five.edition.id or 0)
    assert found.states == {State.PROPOSED: 1, State.ACCEPTED: 7, State.SENT_BACK: 0, State.WITHDRAWN: 1}
    assert {kind: number for kind, number in found.kinds.items() if number} == {Kind.CODE: 6, Kind.TEST: 1}
    assert [(one.slug, one.number) for one in found.tracks] == [("onyxia", 6), ("keycloak", 1)]
    assert [(one.name, one.number, one.people) for one in found.credits] == [
        ("IGN", 1, None),
        ("Insee", 5, None),
        ("", 1, None),
    ]
    assert (found.months, found.people, found.organisations) == ({date(2027, 1, 1): 7}, 7, 2)
    assert (found.number("onyxia", Kind.CODE), found.number("onyxia", Kind.TEST)) == (6, 0)


def test_accepted_contributions_of_a_person_are_hers_alone(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, title="Guide")
        other = a_contribution(db, five.eve, five.onyxia)
        a_contribution(db, five.ada, five.onyxia)
        accepted(db, five.claude, five.onyxia, one, other)
    with database.reading() as db:
        (found,) = accepted_by(db, five.ada.id or 0)
    assert (found.id, found.title, found.edition, found.track) == (one, "Guide", "Sprint 2027", "Documenter Onyxia")


def test_a_day_over_with_nothing_noted_is_to_complete(database: Database, five: Five) -> None:
    ada = five.ada.id or 0
    evening, next_day = NOW.replace(month=3, day=FIRST_DAY.day), NOW.replace(month=3, day=FIRST_DAY.day + 1)

    def quiet(person_id: int, at: datetime) -> list[str]:
        with database.reading() as db:
            found = to_complete(db, person_id, editions(db), held_by(db, person_id), at)
        return [view.slug for view in found.quiet]

    assert quiet(ada, evening) == []
    assert quiet(ada, next_day) == ["sprint-2027"]
    assert quiet(ada, NOW.replace(month=4, day=20)) == []
    assert quiet(five.eve.id or 0, next_day) == []
    with database.writing() as db:
        a_contribution(db, five.ada, five.onyxia)
    assert quiet(ada, next_day) == []
