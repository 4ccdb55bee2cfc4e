"""From a draft to a published track: who reads what, what organisers decide, what the track becomes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.people.queries import holders_over
from sprint.people.tables import Right, Scope
from sprint.privacy.actions import erase
from sprint.programme.queries import edition_with, repositories_of, track_called
from sprint.proposals.actions import begin, decline, join, leave, note, publish, save, send_back, withdraw
from sprint.proposals.tables import Proposal, ProposalMentor, ProposalNote, State
from sprint.refusal import Refused
from sprint.registrations.queries import offers
from tests.browser import Browser
from tests.makers import NOW, an_edition
from tests.people import Five
from tests.proposals.stage import CANVAS, a_proposal

Opens = Callable[..., Browser]
LATER = NOW + timedelta(hours=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def facts(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(Fact.kind).where(col(Fact.kind).startswith("proposal.")).order_by(col(Fact.id))))


def test_a_published_proposal_is_a_track_with_seats_repositories_and_mentors(database: Database, five: Five) -> None:
    with database.writing() as db:
        publish(db, a_proposal(db, five), five.claude.id or 0, NOW)
    with database.reading() as db:
        track = track_called(db, five.edition.id or 0, "eprouver-demo")
        assert track is not None
        assert (track.name, track.skills, track.is_supported) == ("Éprouver Démo", ["Rédaction", "Linux"], True)
        assert track.guides == ["https://forge.example/equipe/demo/CONTRIBUTING.md", "https://guide.example/"]
        lines = [(line.url, line.licence) for line in repositories_of(db, track.id or 0)]
        assert lines == [("https://forge.example/equipe/demo", "EUPL-1.2")]
        offered = [(offer.on.day, offer.mode.value, offer.seats) for offer in offers(db, [track.id or 0])]
        assert sorted(offered) == [(16, "site", 5), (17, "distance", 3)]
        mentors = holders_over(db, Right.MENTOR, Scope.TRACK, track.id or 0, NOW)
        assert mentors == [(five.barbara.id, "Barbara Liskov")]
    assert facts(database) == [f"proposal.{word}" for word in ("begun", "mentor_joined", "submitted", "published")]


def test_publishing_again_brings_the_track_up_to_date_and_leaves_its_seats(database: Database, five: Five) -> None:
    with database.writing() as db:
        key = a_proposal(db, five)
        first = publish(db, key, five.claude.id or 0, NOW)
        texts = {name: text for name, text in CANVAS.items() if name != "essaye_par"}
        changed = texts | {"objectif": "Autre chose.", "places-2027-03-16-site": "50"}
        save(db, key, changed, "Un autre nom", "Eve Dehors", LATER)
        again = publish(db, key, five.claude.id or 0, LATER)
        assert (again.id, again.slug, again.name, again.objective) == (
            first.id,
            "eprouver-demo",
            "Un autre nom",
            "Autre chose.",
        )
        assert sorted(offer.seats for offer in offers(db, [again.id or 0])) == [3, 5]


def test_a_draft_with_nothing_in_it_is_kept_and_not_sent(browser: Opens, five: Five) -> None:
    page = browser(five.ada).open("/moi/propositions").submit("Proposer un parcours à Sprint 2027")
    assert page.address == "/moi/propositions/1"
    page.submit("Enregistrer le brouillon", nom="Une idée")
    assert page.status == 200
    page.submit("Envoyer à l’équipe du sprint", objectif="Une phrase")
    assert page.status == 409
    assert "Décrivez ce que l’on y fera" in page.text
    assert "Une phrase" in page.html
    assert "Une idée" in page.open("/moi/propositions").text


def test_what_does_not_fit_is_refused_with_all_that_was_typed(browser: Opens, five: Five) -> None:
    page = browser(five.ada).open("/moi/propositions").submit("Proposer un parcours à Sprint 2027")
    page.submit("Enregistrer le brouillon", nom="Une idée", visio="http://a", depots="rien", essaye_le="hier")
    assert page.status == 422
    assert "Trois" not in page.text
    assert ("Une idée" in page.html, page.html.count("fr-message--error")) == (True, 3)


def test_the_same_form_begins_one_proposal(database: Database, five: Five) -> None:
    with database.writing() as db:
        edition = edition_with(db, five.edition.id or 0)
        keys = {begin(db, edition, five.ada.id or 0, "formulaire-double", NOW) for _ in range(2)}
    assert (len(keys), facts(database)) == (1, ["proposal.begun"])


def test_nobody_proposes_to_a_draft_or_a_past_edition(database: Database, five: Five) -> None:
    with database.writing() as db:
        draft = an_edition(db, slug="sprint-2028", announced_at=None)
        with pytest.raises(Refused) as refused:
            begin(db, edition_with(db, draft.id or 0), five.ada.id or 0, "formulaire-essai", NOW)
    assert codes(refused) == ["not_proposing"]


def test_a_draft_is_its_teams_alone_and_what_is_sent_is_the_organisers_too(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        key = a_proposal(db, five, sent=False)
    team, desk = f"/moi/propositions/{key}", f"/organisation/sprint-2027/propositions/{key}"
    people = (five.ada, five.barbara, five.claude, five.denise, five.eve)
    assert [browser(one).open(team).status for one in people] == [200, 200, 404, 404, 404]
    assert browser(five.claude).open(desk).status == 404
    browser(five.ada).open(team).submit("Envoyer à l’équipe du sprint")
    assert [browser(one).open(desk).status for one in people] == [404, 404, 200, 404, 404]
    everywhere = ("/sprint-2027/parcours", "/plan-du-site", "/sitemap.xml", "/sprint-2027/parcours/eprouver-demo")
    assert [one for one in everywhere if "Éprouver" in browser(five.eve).client.get(one).text] == []


def test_organisers_send_back_with_a_word_and_the_team_sends_again(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        key = a_proposal(db, five)
    desk = browser(five.claude).open(f"/organisation/sprint-2027/propositions/{key}")
    desk.submit("Rendre à l’équipe, à compléter", raison="")
    assert desk.status == 409
    desk.submit("Rendre à l’équipe, à compléter", raison="Quelle **licence** ?")
    assert desk.status == 200
    team = browser(five.ada).open(f"/moi/propositions/{key}")
    assert "À compléter" in team.text
    assert "Quelle licence ?" in team.text
    team.submit("Envoyer à l’équipe du sprint")
    assert "En relecture" in team.text
    desk.open(f"/organisation/sprint-2027/propositions/{key}").submit("Publier le parcours")
    assert desk.address == "/organisation/sprint-2027/parcours/eprouver-demo"


def test_markdown_is_shown_without_anything_that_runs(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        publish(db, a_proposal(db, five), five.claude.id or 0, NOW)
    html = browser(five.ada).open("/sprint-2027/parcours/eprouver-demo").html
    assert ("<script>alert" in html, "<strong>ce qui coince</strong>" in html) == (False, True)


def test_the_links_of_a_track_are_for_those_who_have_a_seat_and_organisers(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        publish(db, a_proposal(db, five), five.claude.id or 0, NOW)
    track = "/sprint-2027/parcours/eprouver-demo"
    browser(five.eve).open(track).submit("S’inscrire", jour=["2027-03-16"], mode="site")
    shown = {
        name: ["https://salon.example/demo" in html, "https://visio.example/demo" in html]
        for name in ("eve", "claude", "denise", "ada")
        for html in [browser(five.called(name)).open(track).html]
    }
    assert shown == {"eve": [True, True], "claude": [True, True], "denise": [False, False], "ada": [False, False]}
    assert "salon.example" not in browser().open(track).html


def test_a_decision_is_taken_once_for_a_form_received_twice(database: Database, five: Five) -> None:
    with database.writing() as db:
        key, claude = a_proposal(db, five), five.claude.id or 0
        for _ in range(2):
            decline(db, key, "Pas cette année", claude, "formulaire-non", NOW)
            note(db, key, "Merci", claude, "formulaire-mot", NOW)
        with pytest.raises(Refused) as refused:
            send_back(db, key, "Trop tard", claude, "formulaire-tard", NOW)
        with pytest.raises(Refused) as closed:
            save(db, key, {}, "", "", NOW)
        assert len(db.exec(select(ProposalNote.id)).all()) == 2
    assert (codes(refused), codes(closed)) == (["not_sent"], ["decided"])
    assert facts(database)[-2:] == ["proposal.declined", "proposal.noted"]


def test_a_mentor_accepts_by_the_link_and_leaves(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        key = a_proposal(db, five, mentored=False)
    invitation = browser(five.ada).open(f"/moi/propositions/{key}").page
    link = next(one.get("value") or "" for one in invitation.iter("input") if one.get("id") == "invitation")
    page = browser(five.denise).open(link.removeprefix("http://localhost"))
    assert "Ada Lovelace vous invite" in page.text
    page.submit("Accepter d’être mentor", jour=[])
    assert page.status == 409
    page.submit("Accepter d’être mentor", jour=["2027-03-16"])
    assert page.address == f"/moi/propositions/{key}"
    page.submit("Retirer Denise Recrue")
    assert page.address == "/moi/propositions"
    assert browser(five.denise).open("/mentorat/1-faux").status == 404


def test_a_mentor_who_joins_or_leaves_a_published_track_gets_and_loses_it(database: Database, five: Five) -> None:
    with database.writing() as db:
        key = a_proposal(db, five)
        track = publish(db, key, five.claude.id or 0, NOW)
        join(db, key, five.eve.id or 0, [five_day.on for five_day in edition_with(db, five.edition.id or 0).days], NOW)
        both = [name for _, name in holders_over(db, Right.MENTOR, Scope.TRACK, track.id or 0, NOW)]
        leave(db, key, five.eve.id or 0, five.eve.id or 0, NOW)
        after = [name for _, name in holders_over(db, Right.MENTOR, Scope.TRACK, track.id or 0, LATER)]
    assert (both, after) == (["Barbara Liskov", "Eve Dehors"], ["Barbara Liskov"])


def test_a_withdrawn_proposal_is_closed_and_no_organiser_reads_it(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        key = a_proposal(db, five)
        withdraw(db, key, five.ada.id or 0, NOW)
        assert db.get_one(Proposal, key).state == State.WITHDRAWN
    assert browser(five.claude).open(f"/organisation/sprint-2027/propositions/{key}").status == 404


def test_who_is_erased_leaves_the_canvas_without_their_words_or_the_testers_name(
    database: Database, five: Five
) -> None:
    with database.writing() as db:
        key = a_proposal(db, five)
        note(db, key, "Un mot d’Ada", five.ada.id or 0, "formulaire-mot", NOW)
        erase(db, five.ada.id or 0, "fr", NOW)
        erase(db, five.barbara.id or 0, "fr", NOW)
    with database.reading() as db:
        left = db.get_one(Proposal, key)
        assert (left.name, left.tested_by) == ("Éprouver Démo", None)
        assert (db.exec(select(ProposalNote)).all(), db.exec(select(ProposalMentor)).all()) == ([], [])
