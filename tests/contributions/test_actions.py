"""What authors and reviewers do, on both engines: what changes, what is recorded, what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from sprint.contributions import evidence
from sprint.contributions.actions import accept, answer, correct, hide_name, log, send_back, show_name, withdraw
from sprint.contributions.queries import contribution_for
from sprint.contributions.tables import Authorship, Contribution, Evidence, Kind, Reference, State
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Right
from sprint.programme.queries import edition_with
from sprint.refusal import Refused
from tests.contributions.stage import DONE_ON, PULL, a_contribution, a_wish, accepted, as_member
from tests.makers import NOW, a_grant, an_organisation
from tests.people import Five

LATER = NOW + timedelta(hours=1)


def state(database: Database, contribution_id: int) -> State:
    with database.reading() as db:
        return db.get_one(Contribution, contribution_id).state


def facts(database: Database) -> list[tuple[str, int | None, int | None, dict]]:  # type: ignore[type-arg]
    with database.reading() as db:
        rows = db.exec(
            select(Fact.kind, Fact.actor_id, Fact.person_id, Fact.detail)
            .where(Fact.kind.startswith("contribution."))  # type: ignore[attr-defined]
            .order_by(Fact.id)  # type: ignore[arg-type]
        )
        return [tuple(row) for row in rows]  # type: ignore[misc]


def refused(database: Database, act: Callable[[Session], object]) -> list[str]:
    with pytest.raises(Refused) as caught, database.writing() as db:
        act(db)
    return [reason.code for reason in caught.value.reasons]


def test_logging_keeps_what_was_said_and_writes_a_fact_without_words(database: Database, five: Five) -> None:
    with database.writing() as db:
        wish = a_wish(kind=Kind.CODE, title="Corriger", track=five.onyxia, links=(PULL,), is_named=True)
        noted = log(db, five.ada.id or 0, five.edition.id or 0, wish, "form-0001", NOW)
    with database.reading() as db:
        row = db.get_one(Contribution, noted.contribution_id)
        author = db.exec(select(Authorship)).one()
        keys = list(db.exec(select(Reference.key)))
    assert (row.title, row.kind, row.state, row.logged_at) == ("Corriger", Kind.CODE, State.PROPOSED, NOW)
    assert (author.person_id, author.organisation_id, author.named_at) == (five.ada.id, None, NOW)
    assert keys == ["github:github.com:inseefrlab/onyxia:change:12"]
    detail = {"contribution": row.id, "kind": "code"}
    assert facts(database) == [("contribution.logged", five.ada.id, five.ada.id, detail)]


def test_a_form_received_again_notes_nothing_more(database: Database, five: Five) -> None:
    for replayed in (False, True):
        with database.writing() as db:
            wish = a_wish(track=five.onyxia, links=(PULL,))
            noted = log(db, five.ada.id or 0, five.edition.id or 0, wish, "form-0001", NOW)
            assert noted.replayed is replayed
    assert len(facts(database)) == 1


def test_a_link_serves_once_per_kind_until_it_is_given_back(database: Database, five: Five) -> None:
    with database.writing() as db:
        first = a_contribution(db, five.ada, five.onyxia, kind=Kind.CODE, links=(PULL,))
        a_contribution(db, five.eve, five.onyxia, kind=Kind.REVIEW, links=(PULL + "/files",))

    def again(db: Session) -> int:
        return a_contribution(db, five.eve, five.onyxia, kind=Kind.CODE, links=(PULL + "#diff",))

    assert refused(database, again) == ["already_noted"]
    with database.writing() as db:
        withdraw(db, five.ada.id or 0, first, LATER)
    with database.writing() as db:
        again(db)


def test_correcting_changes_what_nobody_decided_on(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, kind=Kind.CODE, links=(PULL,))
    other = "https://example.org/page"
    with database.writing() as db:
        wish = a_wish(kind=Kind.REVIEW, title="Relu", track=five.keycloak, links=(other, PULL))
        correct(db, five.ada.id or 0, one, five.edition.id or 0, wish, LATER)
    with database.reading() as db:
        row = db.get_one(Contribution, one)
        kept = {(reference.kind, reference.url) for reference in db.exec(select(Reference))}
    assert (row.title, row.track_id, row.logged_at) == ("Relu", five.keycloak.id, NOW)
    assert kept == {(Kind.REVIEW, other), (Kind.REVIEW, PULL)}
    assert [kind for kind, *_ in facts(database)] == ["contribution.logged", "contribution.edited"]


def test_nobody_corrects_answers_or_withdraws_what_is_not_theirs(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
    edition, eve, wish = five.edition.id or 0, five.eve.id or 0, a_wish()
    for act in (
        lambda db: correct(db, eve, one, edition, wish, LATER),
        lambda db: answer(db, eve, one, edition, wish, "Si", LATER),
        lambda db: withdraw(db, eve, one, LATER),
        lambda db: show_name(db, eve, one, LATER),
    ):
        with pytest.raises(LookupError), database.writing() as db:
            act(db)
    assert state(database, one) == State.PROPOSED


def test_a_mentor_accepts_and_what_it_rested_on_is_frozen(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, kind=Kind.CODE, title="Corriger « l’é »", links=(PULL,))
        accepted(db, five.barbara, five.onyxia, one, now=LATER)
    with database.reading() as db:
        row, frozen = db.get_one(Contribution, one), db.get_one(Evidence, one)
    assert (row.state, row.decided_at, row.decided_by_id) == (State.ACCEPTED, LATER, five.barbara.id)
    assert frozen.document == (
        '{"accepted_at":"2027-01-12T10:00:00+00:00",'
        f'"contribution":{one},"done_on":"2027-01-11","edition":"sprint-2027","kind":"code",'
        '"logged_at":"2027-01-12T09:00:00+00:00",'
        '"references":["github:github.com:inseefrlab/onyxia:change:12"],"rules":1,"state":"accepted",'
        '"title":"Corriger « l’é »"}'
    )
    assert frozen.sha256 == evidence.digest(frozen.document)
    assert facts(database)[-1][:3] == ("contribution.accepted", five.barbara.id, five.ada.id)


def test_several_are_accepted_together_or_none(database: Database, five: Five) -> None:
    with database.writing() as db:
        ones = [a_contribution(db, five.ada, five.onyxia, title=f"Page {number}") for number in range(3)]
        own = a_contribution(db, five.barbara, five.onyxia)
    assert refused(database, lambda db: accepted(db, five.barbara, five.onyxia, *ones, own)) == ["own"]
    assert {state(database, one) for one in ones} == {State.PROPOSED}
    with database.writing() as db:
        accepted(db, five.barbara, five.onyxia, *ones)
    assert {state(database, one) for one in ones} == {State.ACCEPTED}
    assert refused(database, lambda db: accepted(db, five.barbara, five.onyxia, *ones)) == ["is_accepted"] * 3


def test_a_mentor_decides_on_no_other_track_and_eve_on_none(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.keycloak)
    for person in (five.barbara, five.eve, five.denise):
        with pytest.raises(LookupError), database.writing() as db:
            accepted(db, person, five.keycloak, one)
    with database.writing() as db:
        accepted(db, five.claude, five.keycloak, one)
    assert state(database, one) == State.ACCEPTED


def test_a_late_one_waits_for_an_organiser(database: Database, five: Five) -> None:
    after = NOW + timedelta(days=70)
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, now=after)
    assert refused(database, lambda db: accepted(db, five.barbara, five.onyxia, one, now=after)) == ["late"]
    with database.writing() as db:
        accepted(db, five.claude, five.onyxia, one, now=after)


def test_what_is_sent_back_is_answered_once_then_its_link_is_free(database: Database, five: Five) -> None:
    edition, ada = five.edition.id or 0, five.ada.id or 0
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, kind=Kind.CODE, links=(PULL,))
        barbara, view = as_member(db, five.barbara), edition_with(db, edition)
        send_back(db, barbara, view, one, "Quel lien ?", LATER)
    wish = a_wish(kind=Kind.CODE, title="Corriger mieux", track=five.onyxia, links=(PULL,))
    assert refused(database, lambda db: correct(db, ada, one, edition, wish, LATER)) == ["is_sent_back"]
    with database.writing() as db:
        answer(db, ada, one, edition, wish, "Celui-ci", LATER)
    with database.writing() as db:
        row = db.get_one(Contribution, one)
        assert (row.state, row.title, row.answer) == (State.PROPOSED, "Corriger mieux", "Celui-ci")
        send_back(db, barbara, view, one, "Ce n’est pas de vous", LATER)
    assert refused(database, lambda db: answer(db, ada, one, edition, wish, "Si", LATER)) == ["answered"]
    with database.writing() as db:
        a_contribution(db, five.eve, five.onyxia, kind=Kind.CODE, links=(PULL,))
    kinds = [kind.removeprefix("contribution.") for kind, *_ in facts(database)]
    assert kinds == ["logged", "sent_back", "answered", "sent_back", "logged"]


def test_names_are_shown_and_hidden_at_will_and_each_change_is_one_fact(database: Database, five: Five) -> None:
    ada = five.ada.id or 0
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
    for act in (show_name, show_name, hide_name, hide_name):
        with database.writing() as db:
            act(db, ada, one, LATER)
    assert [kind for kind, *_ in facts(database)][1:] == ["contribution.named", "contribution.unnamed"]


def test_an_accepted_one_can_be_withdrawn_by_its_only_author(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
        accepted(db, five.barbara, five.onyxia, one)
    with database.writing() as db:
        withdraw(db, five.ada.id or 0, one, LATER)
    with database.reading() as db:
        assert contribution_for(db, None, one) is None
        assert contribution_for(db, as_member(db, five.claude), one) is None
        assert contribution_for(db, as_member(db, five.ada), one) is not None


def test_logging_is_refused_with_every_reason(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_contribution(db, five.ada, five.onyxia, kind=Kind.CODE, links=(PULL,))
        foreign = an_organisation(db, slug="insee", name="Insee").id
    wish = a_wish(kind=Kind.CODE, links=(PULL,), organisation_id=foreign, done_on=DONE_ON + timedelta(days=400))
    after = NOW + timedelta(days=100)
    act = lambda db: log(db, five.eve.id or 0, five.edition.id or 0, wish, "form-0002", after)  # noqa: E731
    assert refused(database, act) == ["closed", "not_done_yet", "not_employed", "already_noted"]


def test_a_mentor_of_everything_reviews_everything(database: Database, five: Five) -> None:
    with database.writing() as db:
        a_grant(db, person=five.eve, right=Right.MENTOR)
        one = a_contribution(db, five.ada, five.keycloak)
    with database.writing() as db:
        member, view = as_member(db, five.eve), edition_with(db, five.edition.id or 0)
        assert accept(db, member, view, [one, one], LATER) == 1
