"""Opening profiles and proposing posts: written down first, bounded, answered or lapsed (R9, R10, R12, R16)."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, func, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Affiliation, Grant, Organisation, Right
from sprint.refusal import Refused
from sprint.talents.actions import (
    Opened,
    accept_contact,
    decline_contact,
    leave_pool,
    note_view,
    request_contact,
    state_reason,
)
from sprint.talents.queries.mine import requests_to, views_count, views_of
from sprint.talents.queries.recruiters import reason_of, recruiter_for, recruiters
from sprint.talents.queries.sent import last_request, requests_sent
from sprint.talents.rules.recruiting import MOST_AN_HOUR, opening, state_of
from sprint.talents.tables import ContactRequest, RequestState, TalentView
from tests.makers import NOW, a_grant, a_person, an_affiliation, an_organisation
from tests.people import Five
from tests.talents.pool import PROPOSAL, a_profile, a_reason, a_recruiter, a_request, a_view

MONTH = timedelta(days=30)


def test_a_recruiter_has_a_live_right_and_a_public_employer(database: Database, five: Five) -> None:
    """R10."""
    with database.writing() as db:
        assert recruiter_for(db, five.denise.id or 0, NOW) is None  # no employer
        private = an_organisation(db, slug="sarl", name="SARL", is_public=False)
        an_affiliation(db, person=five.denise, organisation=private)
        assert recruiter_for(db, five.denise.id or 0, NOW) is None
        denise = a_recruiter(db, five.denise)
        assert set(denise.organisation_ids) == {private.id, denise.organisation_id}
        over = a_person(db, name="Olga Finie")
        a_grant(db, person=over, right=Right.RECRUITER, until_at=NOW)
        past = a_person(db, name="Paul Parti")
        a_grant(db, person=past, right=Right.RECRUITER)
        for person, until in ((over, None), (past, date(2026, 12, 31))):
            an_affiliation(db, person=person, organisation=an_organisation(db, slug=f"o{person.id}"), until_on=until)
        an_affiliation(db, person=five.eve, organisation=db.exec(select(Organisation)).first())  # type: ignore[arg-type]
        assert [one.id for one in recruiters(db, NOW)] == [five.denise.id]
        for grant in db.exec(select(Grant).where(Grant.person_id == five.denise.id)):
            grant.revoked_at = NOW
        db.flush()
        assert recruiters(db, NOW) == []


def test_each_opening_says_who_from_where_why_and_when(database: Database, five: Five) -> None:
    """R12."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        reason = a_reason(db, rosa, "Chef de projet carto")
        assert note_view(db, rosa, profile.key, reason, NOW) == Opened.SEEN
        assert note_view(db, rosa, profile.key, reason, NOW + timedelta(minutes=1)) == Opened.SEEN
        lines = views_of(db, five.ada.id or 0, NOW + timedelta(hours=1))
        assert [(line.name, line.organisation, line.reason, line.at) for line in lines] == [
            ("Rosa Emploi", rosa.organisation, "Chef de projet carto", NOW + timedelta(minutes=1)),
            ("Rosa Emploi", rosa.organisation, "Chef de projet carto", NOW),
        ]
        assert views_count(db, five.ada.id or 0, NOW + timedelta(hours=1)) == (2, 1)
        assert views_of(db, five.ada.id or 0, NOW + timedelta(days=366)) == []
        assert views_of(db, five.barbara.id or 0, NOW) == []


def test_another_reason_counts_from_when_it_is_said(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        assert state_reason(db, rosa, "Premier motif", "motif-0001", NOW)
        assert not state_reason(db, rosa, "Premier motif", "motif-0001", NOW)
        state_reason(db, rosa, "Second motif", "motif-0002", NOW + timedelta(days=1))
        found = reason_of(db, rosa.id, NOW)
        assert found is not None
        assert found.words == "Second motif"
        assert reason_of(db, rosa.id, NOW + timedelta(days=2)) is None


def test_nothing_is_noted_of_what_one_may_not_see(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, karl = a_recruiter(db), a_recruiter(db, name="Karl Autre")
        profile = a_profile(db, five.ada, organisation_ids=(karl.organisation_id,))
        key = profile.key
        assert a_view(db, karl, profile) == Opened.UNKNOWN
        leave_pool(db, five.ada.id or 0, "fr", NOW)
        reason = a_reason(db, rosa)
        assert note_view(db, rosa, key, reason, NOW) == Opened.GONE
        assert note_view(db, karl, key, reason, NOW) == Opened.UNKNOWN
        assert note_view(db, rosa, "jamais-vu", reason, NOW) == Opened.UNKNOWN
        assert db.exec(select(func.count()).select_from(TalentView)).one() == 0


def test_sixty_profiles_an_hour_and_the_next_is_refused_and_told_once(database: Database, five: Five) -> None:
    """R16."""
    with database.writing() as db:
        rosa = a_recruiter(db)
        profiles = [a_profile(db, a_person(db, name=f"Personne {number}")) for number in range(MOST_AN_HOUR + 1)]
        reason = a_reason(db, rosa)
        told = [note_view(db, rosa, profile.key, reason, NOW) for profile in profiles]
        assert told == [Opened.SEEN] * MOST_AN_HOUR + [Opened.TOO_MANY]
        assert note_view(db, rosa, profiles[-1].key, reason, NOW + timedelta(minutes=59)) == Opened.TOO_MANY
        assert note_view(db, rosa, profiles[0].key, reason, NOW + timedelta(minutes=59)) == Opened.SEEN
        assert note_view(db, rosa, profiles[-1].key, reason, NOW + timedelta(minutes=61)) == Opened.SEEN
        alerts = db.exec(select(Fact.actor_id).where(Fact.kind == "talents.too_many_views")).all()
    assert alerts == [rosa.id]
    assert [opening(59, is_among_them=False), opening(60, is_among_them=True)] == [[], []]
    assert [refusal.code for refusal in opening(60, is_among_them=False)] == ["too_many"]


def test_a_request_is_sent_once_and_one_at_a_time(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        assert request_contact(db, rosa, profile.key, PROPOSAL, "demande-0", NOW)
        assert not request_contact(db, rosa, profile.key, PROPOSAL, "demande-0", NOW)
        with pytest.raises(Refused, match="pending"):
            a_request(db, rosa, profile)
        assert a_request(db, a_recruiter(db, name="Karl Autre"), profile)
        assert len(requests_to(db, five.ada.id or 0, NOW)) == 2


def test_a_request_lapses_after_thirty_days_although_nothing_runs(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_request(db, rosa, profile)
        states = [
            requests_to(db, five.ada.id or 0, at)[0].state
            for at in (NOW, NOW + MONTH - timedelta(seconds=1), NOW + MONTH)
        ]
        assert states == [RequestState.OPEN, RequestState.OPEN, RequestState.LAPSED]
        (line,) = requests_to(db, five.ada.id or 0, NOW + MONTH)
        with pytest.raises(Refused, match="not_open"):
            accept_contact(db, five.ada.id or 0, line.id, NOW + MONTH)
        assert a_request(db, rosa, profile, now=NOW + MONTH)
        assert [one.state for one in requests_to(db, five.ada.id or 0, NOW + MONTH)] == [
            RequestState.OPEN,
            RequestState.LAPSED,
        ]
    assert state_of(RequestState.ACCEPTED, NOW, NOW + MONTH) == RequestState.ACCEPTED


def test_addresses_are_exchanged_only_on_acceptance(database: Database, five: Five) -> None:
    """R9."""
    ada = five.ada.id or 0
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_request(db, rosa, profile)
        (line,) = requests_to(db, ada, NOW)
        assert (line.recruiter, line.email) == ("Rosa Emploi", None)
        accept_contact(db, ada, line.id, NOW)
        accept_contact(db, ada, line.id, NOW)  # the button pressed twice
        db.flush()
        (line,) = requests_to(db, ada, NOW)
        assert (line.state, line.email) == (RequestState.ACCEPTED, "rosa@culture.example")
        with pytest.raises(Refused, match="not_open"):
            decline_contact(db, ada, line.id, NOW)
        with pytest.raises(Refused, match="met"):
            a_request(db, rosa, profile)
        kinds = db.exec(select(Fact.kind).where(col(Fact.kind).startswith("talents.")).order_by(col(Fact.id))).all()
    assert kinds == ["talents.joined", "talents.requested", "talents.accepted"]


def test_who_declined_may_be_asked_again_and_gives_nothing_away(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_request(db, rosa, profile)
        (line,) = requests_to(db, five.ada.id or 0, NOW)
        decline_contact(db, five.ada.id or 0, line.id, NOW)
        db.flush()
        (line,) = requests_to(db, five.ada.id or 0, NOW)
        assert (line.state, line.email) == (RequestState.DECLINED, None)
        assert a_request(db, rosa, profile)


def test_nobody_answers_a_request_to_somebody_else(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_request(db, rosa, profile)
        (line,) = requests_to(db, five.ada.id or 0, NOW)
        with pytest.raises(Refused, match="not_open"):
            accept_contact(db, five.eve.id or 0, line.id, NOW)


def test_a_new_profile_cannot_be_linked_to_the_old_one(database: Database, five: Five) -> None:
    """R4: a recruiter who asked before reads of their request that the profile is gone, and finds a stranger."""
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_request(db, rosa, profile)
        (line,) = requests_to(db, five.ada.id or 0, NOW)
        accept_contact(db, five.ada.id or 0, line.id, NOW)
        leave_pool(db, five.ada.id or 0, "fr", NOW)
        again = a_profile(db, five.ada)
        (sent,) = requests_sent(db, rosa, NOW, 0, 20)
        assert (sent.state, sent.key, sent.pseudonym) == (RequestState.ACCEPTED, None, None)
        assert last_request(db, rosa, again.key, NOW) is None
        assert db.exec(select(ContactRequest.profile_id)).one() is None


def test_a_recruiter_who_joins_the_persons_employer_sees_them_no_more(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        assert a_view(db, rosa, profile) == Opened.SEEN
        works_at = db.exec(select(Affiliation.organisation_id).where(Affiliation.person_id == five.ada.id)).one()
        an_affiliation(db, person=db.get_one(type(five.ada), rosa.id), organisation=db.get_one(Organisation, works_at))
        found = recruiter_for(db, rosa.id, NOW)
        assert found is not None
        assert a_view(db, found, profile) == Opened.UNKNOWN
