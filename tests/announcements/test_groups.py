"""A letter to a group: counted, read, sent to each in their language, caught back or told how far it has got."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from sprint.announcements.actions import Mailing, catch_back, send_to_group
from sprint.announcements.queries import Narrowing, addressees
from sprint.announcements.tables import Group, GroupLetter
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import Fact
from sprint.notices.packing import unpacked
from sprint.notices.queries import POSTING
from sprint.notices.render import body
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.programme.queries import edition_with
from sprint.refusal import Refused
from tests.agenda.asking import Opens
from tests.announcements.samples import LETTER, rows
from tests.makers import NOW, a_person, a_registration, a_track, days_of
from tests.notices.scene import some_settings
from tests.notices.test_work import work_at
from tests.page_checks import elements, text_of
from tests.people import Five
from tests.queries import recorded
from tests.relay import Relay

GROUPS = "/organisation/sprint-2027/courriers/groupes"
MAILING = Mailing("sprint.example", timedelta(minutes=2))


def a_draft(database: Database, five: Five) -> int:
    """To everybody: Ada is registered, Barbara mentors."""
    with database.writing() as db:
        return int(str(rows(db, five)["group"]))


def sent(database: Database, five: Five, key: int, foreseen: int = 2) -> int:
    with database.writing() as db:
        edition = edition_with(db, five.edition.id or 0)
        return send_to_group(db, edition, key, foreseen, MAILING, NOW, five.claude.id or 0)


def letters(database: Database) -> list[Letter]:
    with database.reading() as db:
        return list(db.exec(select(Letter).where(Letter.purpose == "group").order_by(col(Letter.person_id))))


def told(database: Database) -> list[tuple[str, dict[str, int | str]]]:
    with database.reading() as db:
        found = db.exec(
            select(Fact.kind, Fact.detail).where(col(Fact.kind).startswith("group.")).order_by(col(Fact.id))
        )
        return [(kind, detail) for kind, detail in found]


def test_groups_hold_whom_they_name_each_once(database: Database, five: Five) -> None:
    with database.writing() as db:
        full = a_track(db, five.edition, slug="plein", name="Plein", seats=1)
        a_registration(db, a_person(db, name="Assise"), full, days=days_of(db, five.edition)[:1])
        a_registration(db, a_person(db, name="Attente", email=""), full, days=days_of(db, five.edition)[:1])
        a_registration(db, five.barbara, full, days=days_of(db, five.edition)[:1])
        edition_id = five.edition.id or 0

        def names(*narrowed: object) -> list[str]:
            found = addressees(db, edition_id, Narrowing(*narrowed), NOW)  # type: ignore[arg-type]
            return [one.name for one in found if one.has_address]

        assert names(Group.EVERYONE) == ["Ada Lovelace", "Assise", "Barbara Liskov"]
        assert names(Group.CONFIRMED) == ["Ada Lovelace", "Assise"]
        assert names(Group.CONFIRMED, full.id) == ["Assise"]
        assert names(Group.CONFIRMED, None, days_of(db, five.edition)[1].id) == ["Ada Lovelace"]
        assert names(Group.WAITING) == ["Barbara Liskov"]
        assert len(addressees(db, edition_id, Narrowing(Group.WAITING), NOW)) == 2
        assert names(Group.MENTORS) == ["Barbara Liskov"]
        assert names(Group.MENTORS, full.id) == []


def test_each_receives_it_in_their_language_and_the_journal_holds_the_number_alone(
    database: Database, five: Five
) -> None:
    with database.writing() as db:
        db.get_one(Person, five.barbara.id).language = "en"
    key = a_draft(database, five)
    assert sent(database, five, key) == 2
    french, english = (unpacked(one.words or {}) for one in letters(database))
    settings = some_settings()
    assert "Bonjour Ada Lovelace,\n\nOn vous attend." in body(french, "fr", settings, "txt")
    assert "Hello Barbara Liskov,\n\nWe expect you." in body(english, "en", settings, "txt")
    assert "You receive this letter because you take part in Sprint 2027." in body(english, "en", settings, "html")
    assert told(database) == [("group.sent", {"letter": key, "people": 2})]


def test_markdown_becomes_html_and_nothing_else_does(database: Database, five: Five) -> None:
    key = a_draft(database, five)
    with database.writing() as db:
        db.get_one(GroupLetter, key).body_fr = "**Ici** <script>alert(1)</script> [page](javascript:alert(1)) %(name)s"
    sent(database, five, key)
    html = body(unpacked(letters(database)[0].words or {}), "fr", some_settings(), "html")
    assert "<strong>Ici</strong> &lt;script&gt;" in html
    assert ("javascript:" in html.replace("[page](javascript:", ""), "%(name)s" in html) == (False, True)


def test_a_group_that_changed_is_read_again_and_a_letter_leaves_once(database: Database, five: Five) -> None:
    key = a_draft(database, five)
    for foreseen, code in ((3, "changed_meanwhile"), (2, ""), (2, "sent")):
        if not code:
            sent(database, five, key)
            continue
        with pytest.raises(Refused) as refused:
            sent(database, five, key, foreseen)
        assert [one.code for one in refused.value.reasons] == [code]
    assert len(letters(database)) == 2


def test_it_leaves_two_minutes_later_and_is_caught_back_before(database: Database, five: Five) -> None:
    key = a_draft(database, five)
    sent(database, five, key)
    with database.writing() as db:
        assert catch_back(db, key, MAILING, NOW + timedelta(seconds=119), five.claude.id or 0) == 2
    assert letters(database) == []
    with database.reading() as db:
        assert db.exec(select(Job).where(Job.kind == POSTING)).all() == []
    assert told(database)[-1] == ("group.withdrawn", {"letter": key, "people": 2})


def test_what_left_is_not_caught_back(database: Database, five: Five) -> None:
    key = a_draft(database, five)
    sent(database, five, key)
    with Relay() as relay:
        settings = some_settings(relay, letter_delay_seconds=120)
        work_at(NOW + timedelta(minutes=1), database, settings)
        assert relay.received == []
        work_at(NOW + timedelta(minutes=2), database, settings)
        assert len(relay.received) == 2
    with database.writing() as db, pytest.raises(Refused) as refused:
        catch_back(db, key, MAILING, NOW + timedelta(minutes=2), five.claude.id or 0)
    assert [one.code for one in refused.value.reasons] == ["left"]


def test_an_organiser_writes_reads_sends_and_catches_back(browser: Opens, database: Database, five: Five) -> None:
    page = browser(five.claude).open(GROUPS).submit("Compter", groupe="confirmees", parcours="keycloak")
    assert "Une personne recevrait ce courrier" in page.text
    typed = {name: LETTER[name] for name in ("objet", "texte", "subject", "text")}
    page.submit("Relire avant d’envoyer", **typed)
    assert ("Bonjour Ada Lovelace," in page.text, "Hello Ada Lovelace," in page.text) == (True, True)
    page.submit("Enregistrer et relire", objet="Demain")
    page.submit("Envoyer ce courrier")
    words = " ".join(page.read("contenu").split())
    assert ("part vers 1 personne" in words, "0 sur 1 sont partis" in words) == (True, True)
    # Letters of this demonstration leave at once: what is on its way is not caught any more.
    assert page.post(f"{page.address}/rappel").status == 409
    assert "Demain" in page.open(GROUPS).text


def test_a_letter_that_says_nothing_is_refused_with_what_was_typed(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(GROUPS)
    page.submit("Relire avant d’envoyer", objet="", texte="Un texte", subject="", text="")
    assert page.status == 422
    assert "Un texte" in page.read("texte")
    links = [link for link in elements(page.page) if link.get("href") in ("#objet", "#texte", "#subject", "#text")]
    assert [text_of(link) for link in links] == [
        "Écrivez l’objet, en français.",
        "Écrivez l’objet, en anglais.",
        "Écrivez le texte, en anglais.",
    ]


def test_many_people_are_written_to_in_few_statements(database: Database, five: Five) -> None:
    with database.writing() as db:
        wide = a_track(db, five.edition, slug="large", name="Large", seats=500)
        for number in range(60):
            a_registration(db, a_person(db, name=f"Personne {number}"), wide, days=days_of(db, five.edition)[:1])
    key = a_draft(database, five)
    with recorded(database) as queries:
        sent(database, five, key, 62)
    assert queries.count < 20
