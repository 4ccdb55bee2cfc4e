"""Finding profiles: the same on both engines, only by what recruiters may read, after exclusions (R7, R8, R11, R13)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from sprint.database import Database
from sprint.people.tables import Identity
from sprint.talents.actions import accept_contact, leave_pool
from sprint.talents.queries.cards import card_for
from sprint.talents.queries.mine import requests_to
from sprint.talents.queries.pool import counts, found_cards
from sprint.talents.rules.facets import Wish, facets, wish_of
from sprint.talents.rules.joining import FIELDS
from sprint.talents.rules.recruiting import Recruiter, domains_above
from sprint.talents.search import folded, indexed, patterns, seed_of
from sprint.talents.tables import Contract, Region, TalentProfile, Visibility
from tests.makers import NOW, a_person, an_affiliation, an_organisation
from tests.people import Five
from tests.talents.pool import PORTRAIT, a_profile, a_recruiter, a_request, readers

TODAY = NOW.date()
ME, LATE = Visibility.ME, Visibility.AGREEMENT


def found(db: Session, recruiter: Recruiter, wish: Wish, today: date = TODAY) -> set[str]:
    return {card.key for card in found_cards(db, recruiter, wish, NOW, today, 0, 50)}


@pytest.mark.parametrize(
    "question",
    [
        "accessibilité", "ACCESSIBILITE", "accessibilités", "access", "cartes", "carte", "géomatique", "geomatique",
        "python", "animation réseau", "animations  des réseaux", "bretagne", "anglais", "mobilité",
    ],
)  # fmt: skip
def test_a_word_is_found_whatever_its_case_accents_and_number(question: str, database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, profile = a_recruiter(db), a_profile(db, five.ada)
        a_profile(
            db,
            five.barbara,
            replace(PORTRAIT, headline="Droit", skills=("Licences",), languages=(), region=None, contracts=()),
        )
        assert found(db, rosa, wish_of(question, [])) == {profile.key}


@pytest.mark.parametrize("question", ["java", "carton vert", "accessibilité java", "%", "' OR 1=1 --", "ython"])
def test_what_is_not_there_is_not_found(question: str, database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        a_profile(db, five.ada)
        assert found(db, rosa, wish_of(question, [])) == set() or not patterns(question)


def test_a_letter_stands_for_itself_alone() -> None:
    assert (folded("Œuvre ÉTÉ"), patterns("R")) == ("oeuvre ete", [("% r %",)])
    assert indexed(["R", "ruby"]) == " r rubi ruby "
    assert patterns("العربية") == [("% العربية%",)]


@pytest.mark.parametrize(
    ("field", "question"),
    [
        ("headline", "géomatique"),
        ("skills", "python"),
        ("languages", "anglais"),
        ("region", "bretagne"),
        ("contracts", "mobilité"),
    ],
)
@pytest.mark.parametrize("reader", [ME, LATE])
def test_a_hidden_field_is_neither_shown_nor_found_nor_counted(
    reader: Visibility, field: str, question: str, database: Database, five: Five
) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        profile = a_profile(db, five.ada, readers=readers(**{field: reader}))
        assert found(db, rosa, wish_of(question, [])) == set()
        card = card_for(db, rosa, profile.key, NOW)
        assert card is not None
        shown = {
            "headline": card.headline,
            "skills": card.skills,
            "languages": card.languages,
            "region": card.region,
            "contracts": (card.contracts, card.free),
        }
        assert shown[field] in (None, (), ((), None))
        _, numbers = counts(db, rosa, Wish(), NOW, TODAY)
        group = {"region": ("region", "bretagne"), "contracts": ("contrat", "mobilite")}.get(field)
        assert group is None or numbers[group] == 0


def test_name_employer_and_orcid_wait_for_agreement_unless_their_owner_shows_them(
    database: Database, five: Five
) -> None:
    """R8."""
    with database.writing() as db:
        rosa = a_recruiter(db)
        db.add(
            Identity(
                person_id=five.ada.id,
                provider="orcid",
                issuer="https://orcid.org",
                subject="0000-0002-1825-0097",
                linked_at=NOW,
            )
        )
        hidden, open_one = (
            a_profile(db, five.ada),
            a_profile(db, five.barbara, readers=readers(name=Visibility.RECRUITERS)),
        )
        card, other = card_for(db, rosa, hidden.key, NOW), card_for(db, rosa, open_one.key, NOW)
        assert card is not None
        assert other is not None
        assert (card.name, card.employer, card.orcid, card.email) == (None, None, None, None)
        assert [words.message for words in card.after] == ["nom", "employeur", "identifiant ORCID"]
        assert (other.name, other.email) == ("Barbara Liskov", None)
        a_request(db, rosa, hidden)
        (line,) = requests_to(db, five.ada.id or 0, NOW)
        accept_contact(db, five.ada.id or 0, line.id, NOW)
        db.flush()
        card = card_for(db, rosa, hidden.key, NOW)
        assert card is not None
        assert (card.name, card.employer, card.orcid, card.email, card.after) == (
            "Ada Lovelace", "Direction interministérielle du numérique", "0000-0002-1825-0097", "ada@example.org", (),
        )  # fmt: skip
        stranger = a_recruiter(db, name="Karl Autre")
        card = card_for(db, stranger, hidden.key, NOW)
        assert card is not None
        assert (card.name, card.email) == (None, None)


def test_a_profile_holds_the_closed_list_of_fields_and_no_other() -> None:
    """R7: no birth date, sex, photograph, address, salary, family, health."""
    said = set(TalentProfile.model_fields) - {f"{field}_for" for field in FIELDS}
    kept = {
        "id",
        "key",
        "person_id",
        "tree",
        "number",
        "visible_consent_id",
        "contributions_consent_id",
        "search_words",
        "shuffle",
        "joined_at",
        "changed_at",
    }
    assert said - kept == {"headline", "skills", "languages", "region", "contracts", "available_on"}


def test_ones_own_administration_never_sees_one_and_no_box_says_so(database: Database, five: Five) -> None:
    """R11."""
    with database.writing() as db:
        dinum = an_organisation(db, slug="dinum-2", name="Autre")
        an_affiliation(db, person=five.ada, organisation=dinum)
        colleague, stranger = a_recruiter(db, organisation=dinum), a_recruiter(db, name="Karl Autre")
        profile = a_profile(db, five.ada)
        assert card_for(db, colleague, profile.key, NOW) is None
        assert (found(db, colleague, Wish()), counts(db, colleague, Wish(), NOW, TODAY)[0]) == (set(), 0)
        assert found(db, stranger, Wish()) == {profile.key}


def test_excluded_organisations_and_domains_see_nothing_and_count_nothing(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db, email="rosa@emploi.cerema.fr")
        karl = a_recruiter(db, name="Karl Autre", email="karl@notcerema.fr")
        by_name = a_profile(db, five.ada, organisation_ids=(rosa.organisation_id,))
        by_domain = a_profile(db, five.barbara, domains=("cerema.fr",))
        seen = a_profile(db, five.claude, domains=("fr.example", "rema.fr"))
        assert found(db, rosa, Wish()) == {seen.key}
        total, numbers = counts(db, rosa, Wish(), NOW, TODAY)
        assert (total, numbers["region", "bretagne"], numbers["contrat", "mobilite"]) == (1, 1, 1)
        assert found(db, karl, Wish()) == {by_name.key, by_domain.key, seen.key}


def test_the_domains_of_an_address_are_its_own_and_those_above() -> None:
    assert domains_above("a@X.Cerema.fr") == ("x.cerema.fr", "cerema.fr", "fr")
    assert (domains_above(None), domains_above("nothing"), domains_above("a@.fr")) == ((), ("nothing",), ())


def test_facets_count_with_what_the_other_groups_ask(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        one = a_profile(db, five.ada)
        two = a_profile(
            db,
            five.barbara,
            region=Region.CORSE,
            contracts=(Contract.MOBILITY,),
            available_on=TODAY + timedelta(days=60),
        )
        a_profile(
            db,
            five.claude,
            region=Region.CORSE,
            contracts=(Contract.CONTRACT,),
            available_on=TODAY + timedelta(days=200),
        )
        wish = wish_of("", [("contrat", "mobilite"), ("contrat", "inconnu"), ("page", "2")])
        assert found(db, rosa, wish) == {one.key, two.key}
        total, numbers = counts(db, rosa, wish, NOW, TODAY)
    assert total == 2
    assert {key: number for key, number in numbers.items() if number} == {
        ("contrat", "mobilite"): 2, ("contrat", "detachement"): 1, ("contrat", "contrat"): 1,
        ("disponibilite", "maintenant"): 1, ("disponibilite", "trois-mois"): 1,
        ("region", "bretagne"): 1, ("region", "corse"): 1,
    }  # fmt: skip
    shown = facets(wish, numbers)
    assert [(choice.value, choice.count, choice.is_chosen) for choice in shown[0].choices] == [
        ("mobilite", 2, True), ("detachement", 1, False), ("contrat", 1, False),
    ]  # fmt: skip


def test_the_order_is_drawn_each_day_the_same_for_all_and_ranks_nobody(database: Database, five: Five) -> None:
    """R13."""
    with database.writing() as db:
        rosa, karl = a_recruiter(db), a_recruiter(db, name="Karl Autre")
        for number in range(12):
            a_profile(db, a_person(db, name=f"Personne {number}"))

        def order(recruiter: Recruiter, today: date) -> list[str]:
            return [card.key for card in found_cards(db, recruiter, Wish(), NOW, today, 0, 50)]

        days = [TODAY + timedelta(days=number) for number in range(5)]
        assert order(rosa, TODAY) == order(karl, TODAY)
        assert len({tuple(order(rosa, day)) for day in days}) > 1
        paged = [card.key for start in (0, 5, 10) for card in found_cards(db, rosa, Wish(), NOW, TODAY, start, 5)]
        assert paged == order(rosa, TODAY)
    assert all(0 < seed_of(day) < 1_000_003 for day in days)


def test_both_engines_find_the_same_in_the_same_order(sqlite: Database, postgres: Database) -> None:
    """The same rows in both: what differs must not."""
    questions = ["", "accessibilite", "carte", "r", "c++", "œuvre", "réseaux animations", "100%", "_"]
    answers = [_answers(database, questions) for database in (sqlite, postgres)]
    assert answers[0] == answers[1]
    everybody = ["cle-0", "cle-1", "cle-2", "cle-3"]
    assert [sorted(map(str, one[1:])) for one in answers[0]] == [
        everybody, ["cle-0"], ["cle-0"], ["cle-0"], ["cle-1"], ["cle-1"], ["cle-2"], ["cle-3"], everybody,
    ]  # fmt: skip


def _answers(database: Database, questions: list[str]) -> list[list[object]]:
    texts = (
        ("Cartes", ("Accessibilité", "R")),
        ("Œuvres et réseaux", ("C++",)),
        ("Animer un réseau", ("c",)),
        ("100 %", ("Ruby_",)),
    )
    with database.writing() as db:
        rosa = a_recruiter(db)
        for number, (headline, skills) in enumerate(texts):
            person = a_person(db, name=f"Personne {number}")
            profile = a_profile(db, person, replace(PORTRAIT, headline=headline, skills=skills, languages=()))
            profile.key, profile.shuffle = f"cle-{number}", 1000 * number + 7
        db.flush()
        told: list[list[object]] = []
        for question in questions:
            wish = wish_of(question, [])
            cards = found_cards(db, rosa, wish, NOW, TODAY, 0, 50)
            told.append([counts(db, rosa, wish, NOW, TODAY), *(card.key for card in cards)])
        return told


def test_who_left_is_nowhere(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        a_profile(db, five.ada)
        leave_pool(db, five.ada.id or 0, "fr", NOW)
        assert (found(db, rosa, Wish()), counts(db, rosa, Wish(), NOW, TODAY)[0]) == (set(), 0)
