"""Rights given on the desk: by whom, to whom, over what; a recruiter's waits for a second person; all of it written down."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from sprint.account.actions import confirm_grant, entrust, grant_right, relieve
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.queries import member
from sprint.people.rules import MAY, Member, Permission
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.refusal import Refused
from tests.browser import Browser
from tests.makers import NOW, a_grant, a_person, an_edition
from tests.people import Five
from tests.queries import recorded

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
HERE = "/organisation/droits"


def an_administrator(database: Database, name: str = "Anne Admin") -> Person:
    with database.writing() as db:
        person = a_person(db, name=name)
        a_grant(db, person=person, right=Right.ADMINISTRATOR)
    return person


def another_organiser(database: Database, five: Five) -> Person:
    with database.writing() as db:
        person = a_person(db, name="Olga Organise")
        a_grant(db, person=person, right=Right.ORGANISER, over=five.edition)
    return person


def as_member(database: Database, person: Person) -> Member:
    with database.reading() as db:
        found = member(db, person.id or 0, NOW)
    assert found is not None
    return found


def refused(act: Callable[[], object]) -> list[str]:
    try:
        act()
    except Refused as error:
        return [reason.code for reason in error.reasons]
    return []


def recruiter(database: Database, five: Five) -> int:
    """Claude gives Eve a recruiter's right, which waits: the grant."""
    with database.writing() as db:
        entrust(
            db, as_member(database, five.claude), five.eve.id or 0, Right.RECRUITER, Scope.EVERYTHING, None, None, NOW
        )
        return db.exec(select(Grant.id).where(Grant.person_id == five.eve.id)).one() or 0


def confirms(database: Database, person: Person, grant: int) -> list[str]:
    def act() -> None:
        with database.writing() as db:
            assert confirm_grant(db, as_member(database, person), grant, NOW)

    return refused(act)


# --- a recruiter's right


def test_a_recruiters_right_counts_only_once_another_organiser_confirms_it(five: Five, database: Database) -> None:
    grant = recruiter(database, five)
    assert not as_member(database, five.eve).holds(Right.RECRUITER)
    assert confirms(database, another_organiser(database, five), grant) == []
    assert as_member(database, five.eve).holds(Right.RECRUITER)


def test_an_administrator_confirms_it_as_well(five: Five, database: Database) -> None:
    assert confirms(database, an_administrator(database), recruiter(database, five)) == []
    assert as_member(database, five.eve).holds(Right.RECRUITER)


def test_neither_whoever_gave_it_nor_whoever_is_to_hold_it_confirms_it(five: Five, database: Database) -> None:
    grant = recruiter(database, five)
    assert confirms(database, five.claude, grant) == ["given_by_oneself"]
    with database.writing() as db:
        grant_right(db, five.eve.id or 0, Right.ORGANISER, Scope.EDITION, five.edition.id, None, NOW, None)
    assert confirms(database, five.eve, grant) == ["to_oneself"]
    assert confirms(database, five.barbara, grant) == ["not_yours_to_confirm"]
    assert not as_member(database, five.eve).holds(Right.RECRUITER)


def test_a_recruiters_right_ends_within_a_year(five: Five, database: Database) -> None:
    grant = recruiter(database, five)
    with database.reading() as db:
        assert db.get_one(Grant, grant).until_at == NOW + timedelta(days=366)
    with database.writing() as db, pytest.raises(Refused, match="too_long"):
        grant_right(db, five.ada.id or 0, Right.RECRUITER, Scope.EVERYTHING, None, NOW + timedelta(days=367), NOW, None)


def test_what_was_given_confirmed_and_taken_back_is_written_down(five: Five, database: Database) -> None:
    grant, other = recruiter(database, five), another_organiser(database, five)
    confirms(database, other, grant)
    with database.writing() as db:
        assert relieve(db, as_member(database, five.claude), grant, NOW)
        told = db.exec(
            select(Fact.kind, Fact.actor_id, Fact.person_id).where(Fact.kind.startswith("account.right"))  # type: ignore[attr-defined]
        ).all()
    eve = five.eve.id
    assert told == [
        ("account.right_granted", five.claude.id, eve),
        ("account.right_confirmed", other.id, eve),
        ("account.right_revoked", five.claude.id, eve),
    ]


# --- what one may give


def test_an_organiser_gives_rights_over_their_edition_and_no_other(five: Five, database: Database) -> None:
    with database.writing() as db:
        other = an_edition(db, slug="sprint-2028", name="Sprint 2028")
    claude = as_member(database, five.claude)

    def gives(right: Right, scope: Scope, over: int | None, to: Person = five.eve) -> list[str]:
        def act() -> None:
            with database.writing() as db:
                entrust(db, claude, to.id or 0, right, scope, over, None, NOW)

        return refused(act)

    assert gives(Right.ORGANISER, Scope.EDITION, other.id) == ["not_yours_to_give"]
    assert gives(Right.ORGANISER, Scope.EVERYTHING, None) == ["not_yours_to_give"]
    assert gives(Right.ADMINISTRATOR, Scope.EVERYTHING, None) == ["not_yours_to_give"]
    assert gives(Right.RECRUITER, Scope.EVERYTHING, None, to=five.claude) == ["to_oneself"]
    assert gives(Right.ORGANISER, Scope.EDITION, five.edition.id) == []


def test_the_table_of_permissions_names_each_of_the_five(five: Five, database: Database) -> None:
    people = {name: as_member(database, five.called(name)) for name in ("ada", "barbara", "claude", "denise", "eve")}
    people["anne"] = as_member(database, an_administrator(database))
    may = {
        permission.name: " ".join(name for name, one in people.items() if MAY[permission](one))
        for permission in Permission
    }
    assert may == {
        "TAKE_PART": "ada barbara claude denise eve anne",
        "REVIEW": "barbara claude",
        "ORGANISE": "claude",
        "RECRUIT": "denise",
        "ENTRUST": "claude anne",
        "VOUCH": "claude anne",
    }


# --- the page


def test_an_organiser_gives_and_another_confirms_on_the_page(five: Five, database: Database, browser: Open) -> None:
    other = another_organiser(database, five)
    one = browser(five.claude).open(HERE)
    one.submit("Donner ce droit", adresse="Eve@example.org", droit="recruiter", sur="site", fin="2027-06-30")
    assert (one.status, "doit le confirmer" in one.text, "À confirmer" in one.text) == (200, True, True)
    assert "Confirmer" not in one.texts("button")
    second = browser(other).open(HERE)
    assert "Un droit attend votre confirmation" in second.text
    second.submit("Confirmer")
    assert "il compte dès maintenant" in second.text
    assert as_member(database, five.eve).holds(Right.RECRUITER)


def test_whoever_never_came_is_given_nothing(five: Five, database: Database, browser: Open) -> None:
    one = browser(five.claude).open(HERE)
    for address in ("nobody@example.org", str(five.eve.id)):
        one.post(HERE, adresse=address, droit="recruiter", sur="site")
        assert (one.status, "doit d’abord se connecter une fois" in one.text) == (409, True)


def test_what_the_form_does_not_offer_is_refused(five: Five, database: Database, browser: Open) -> None:
    one = browser(five.claude)
    for wrong in (
        {"droit": "mentor"},
        {"droit": "x"},
        {"sur": "x"},
        {"sur": "9" * 20},
        {"fin": "demain"},
        {"adresse": ""},
    ):
        data = {"adresse": "eve@example.org", "droit": "organiser", "sur": str(five.edition.id)} | wrong
        assert one.post(HERE, **data).status == 422, wrong
    assert one.post(HERE, adresse="eve@example.org", droit="organiser", sur="999999").status == 404
    assert one.post(HERE, adresse="eve@example.org", droit="organiser", sur="site").status == 409


def test_a_right_of_another_edition_is_not_there(five: Five, database: Database, browser: Open) -> None:
    with database.writing() as db:
        other = an_edition(db, slug="sprint-2028", name="Sprint 2028")
        stranger = a_person(db, name="Clara Ailleurs")
        grant = a_grant(db, person=stranger, right=Right.ORGANISER, over=other)
    one = browser(five.claude)
    assert "Clara Ailleurs" not in one.open(HERE).text
    assert [one.post(f"{HERE}/{key}/retrait").status for key in (grant.id, 10**6, 2**31, 10**30)] == [404] * 4
    assert [one.post(f"{HERE}/{key}/confirmation").status for key in (grant.id, 10**6)] == [404] * 2
    assert "Clara Ailleurs" in browser(an_administrator(database)).open(HERE).text


def test_whoever_loses_a_right_is_signed_out_everywhere(five: Five, database: Database, browser: Open) -> None:
    denise = browser(five.denise)
    assert denise.open("/vivier").status == 200
    with database.reading() as db:
        grant = db.exec(select(Grant.id).where(Grant.person_id == five.denise.id)).one()
    assert browser(five.claude).post(f"{HERE}/{grant}/retrait").status == 200
    assert denise.open("/moi").address.startswith("/connexion")


def test_the_page_costs_the_same_with_one_right_and_with_fifty(five: Five, database: Database, browser: Open) -> None:
    one = browser(five.claude)

    def queries() -> int:
        with recorded(database) as asked:
            one.open(HERE)
        return len(asked.statements)

    queries()  # what is kept until the data change is kept
    few = queries()
    with database.writing() as db:
        for number in range(50):
            a_grant(db, person=a_person(db, name=f"Rosa {number}"), right=Right.RECRUITER)
    queries()
    assert queries() == few
    assert one.open(HERE + "?page=3").status == 200
