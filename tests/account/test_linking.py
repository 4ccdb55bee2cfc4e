"""Several ways of signing in to one account: linked from a fresh session alone, never by e-mail, never the last one away."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import select
from starlette.testclient import TestClient

from sprint.account.actions import link_identity, sign_in, unlink_identity
from sprint.account.providers.provider import Claims
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Identity, Person
from sprint.refusal import Refused
from sprint.sessions import LoginSession, arrival, logout_hint
from tests.account.flow import begun, came_back, chosen
from tests.browser import Browser
from tests.makers import NOW

Open = Callable[..., Browser]
Move = Callable[[datetime], None]

FORGE = Claims(
    "github", "https://github.example", "4217", "Ada", login="ada-l", profile_url="https://github.example/ada-l"
)
AGENT = Claims(
    "proconnect", "https://pro.example", "abc", "Ada Lemoine", email="ada@numerique.example", email_verified=True,
    acr="mfa", id_token="header.claims.seal",
)  # fmt: skip


def signed_in(database: Database, claims: Claims, at: datetime = NOW) -> tuple[int, int]:
    """Somebody signs in: who they are, and their session."""
    with database.writing() as db:
        token = sign_in(db, claims, at, "Firefox/Linux")
        session = arrival(db, token, at).session
    assert session is not None
    return session.person_id, session.id


def codes(refused: Callable[[], object]) -> list[str]:
    try:
        refused()
    except Refused as error:
        return [reason.code for reason in error.reasons]
    return []


def owners(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return {one.subject: one.person_id for one in db.exec(select(Identity))}


# --- whose account it is


def test_the_same_e_mail_at_another_provider_does_not_reach_the_first_account(database: Database) -> None:
    mine, _ = signed_in(database, AGENT)
    same = Claims("gitlab", "https://gitlab.example", "77", "Ada Lemoine", email=AGENT.email, email_verified=True)
    other, _ = signed_in(database, same)
    assert mine != other
    assert owners(database) == {"abc": mine, "77": other}


def test_an_account_linked_opens_the_same_account_of_ours(database: Database) -> None:
    mine, _ = signed_in(database, AGENT)
    with database.writing() as db:
        link_identity(db, FORGE, mine, NOW)
    assert signed_in(database, FORGE)[0] == mine
    with database.reading() as db:
        kinds = db.exec(select(Fact.kind, Fact.detail).where(Fact.person_id == mine).order_by(Fact.id)).all()
        forge = db.exec(select(Identity).where(Identity.provider == "github")).one()
    device = {"device": "Firefox/Linux"}
    assert kinds == [
        ("account.created", {"provider": "proconnect"}),
        ("account.signed_in", {"provider": "proconnect"} | device),
        ("account.linked", {"provider": "github"}),
        ("account.signed_in", {"provider": "github"} | device),
    ]
    assert (forge.login, forge.profile_url) == ("ada-l", "https://github.example/ada-l")


def test_an_account_that_is_somebody_elses_is_refused_and_stays_theirs(database: Database) -> None:
    theirs, _ = signed_in(database, FORGE)
    mine, _ = signed_in(database, AGENT)

    def link() -> None:
        with database.writing() as db:
            link_identity(db, FORGE, mine, NOW)

    assert codes(link) == ["somebody_elses"]
    assert owners(database) == {"4217": theirs, "abc": mine}


def test_an_account_linked_already_is_told_so(database: Database) -> None:
    mine, _ = signed_in(database, AGENT)

    def link() -> None:
        with database.writing() as db:
            link_identity(db, AGENT, mine, NOW)

    assert codes(link) == ["linked_already"]


def test_a_name_on_a_forge_is_what_the_forge_said_last(database: Database) -> None:
    signed_in(database, FORGE)
    signed_in(database, Claims("github", FORGE.issuer, FORGE.subject, "Ada", login="ada-lovelace"))
    with database.reading() as db:
        assert db.exec(select(Identity.login, Identity.profile_url)).one() == ("ada-lovelace", None)


# --- taking one away


def test_one_of_two_ways_in_is_taken_away_and_its_devices_with_it(database: Database) -> None:
    mine, here = signed_in(database, AGENT)
    with database.writing() as db:
        link_identity(db, FORGE, mine, NOW)
    _, elsewhere = signed_in(database, FORGE)
    with database.writing() as db:
        forge = db.exec(select(Identity.id).where(Identity.provider == "github")).one()
        assert unlink_identity(db, mine, forge or 0, here, NOW)
    with database.reading() as db:
        open_ones = db.exec(select(LoginSession.id).where(LoginSession.revoked_at == None)).all()  # noqa: E711
    assert (owners(database), open_ones) == ({"abc": mine}, [here])
    assert elsewhere != here


def test_the_last_way_in_stays(database: Database) -> None:
    mine, here = signed_in(database, AGENT)

    def unlink() -> None:
        with database.writing() as db:
            unlink_identity(db, mine, db.exec(select(Identity.id)).one() or 0, here, NOW)

    assert codes(unlink) == ["last_one"]


def test_whoever_signed_in_more_than_ten_minutes_ago_changes_nothing(database: Database) -> None:
    mine, here = signed_in(database, AGENT)
    with database.writing() as db:
        link_identity(db, FORGE, mine, NOW)

    def unlink(after: timedelta) -> Callable[[], None]:
        def act() -> None:
            with database.writing() as db:
                forge = db.exec(select(Identity.id).where(Identity.provider == "github")).one()
                unlink_identity(db, mine, forge or 0, here, NOW + after)

        return act

    assert codes(unlink(timedelta(minutes=10, seconds=1))) == ["not_fresh"]
    assert codes(unlink(timedelta(minutes=10))) == []


def test_nobody_takes_away_somebody_elses_way_in(database: Database) -> None:
    theirs, _ = signed_in(database, FORGE)
    mine, here = signed_in(database, AGENT)
    with database.writing() as db:
        forge = db.exec(select(Identity.id).where(Identity.provider == "github")).one()
        assert not unlink_identity(db, mine, forge or 0, here, NOW)
    assert owners(database) == {"4217": theirs, "abc": mine}


# --- what signing out at the provider wants


def test_a_session_gives_back_what_its_provider_wants_until_it_ends(database: Database) -> None:
    with database.writing() as db:
        token = sign_in(db, AGENT, NOW, "")
        assert logout_hint(db, token) == ("proconnect", "header.claims.seal")
        sign_in(db, FORGE, NOW, "", leaving=token)
        assert logout_hint(db, token) == ("proconnect", None)
        assert logout_hint(db, "unknown") == ("", None)
        assert db.exec(select(LoginSession.acr).where(LoginSession.provider == "proconnect")).one() == "mfa"


# --- through the browser


def test_a_second_account_is_linked_through_the_page_of_ones_account(client: TestClient, database: Database) -> None:
    came_back(client)
    with database.reading() as db:
        ada = db.exec(select(Person.id)).one()
    where = chosen(client, begun(client, but="lier", retour="/moi/compte"), "eve")
    response = client.get(where, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/moi/compte")
    shown = client.get("/moi/compte")
    assert "vous pouvez aussi vous connecter avec ce compte" in shown.text
    assert "de 2 façons" in shown.text.replace("\xa0", " ")
    assert owners(database) == {"ada": ada, "eve": ada}


def test_an_account_of_somebody_else_is_explained_on_the_page_of_ones_account(
    client: TestClient, browser: Open, database: Database
) -> None:
    came_back(browser().client, "eve")
    came_back(client)
    before = owners(database)
    where = chosen(client, begun(client, but="lier"), "eve")
    response = client.get(where, follow_redirects=False)
    assert response.status_code == 409
    assert "ouvre déjà un autre compte de ce site" in response.text
    assert "Ada" in client.get("/moi").text
    assert owners(database) == before


def test_whoever_is_not_signed_in_links_nothing_but_is_asked_who_they_are(client: TestClient) -> None:
    response = client.get("/connexion/demo?but=lier", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/connexion?retour=%2Fmoi%2Fcompte")


def test_an_old_session_first_shows_that_it_is_still_the_same_person(client: TestClient, time: Move) -> None:
    came_back(client)
    time(NOW + timedelta(minutes=11))
    response = client.get("/connexion/demo?but=lier", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/moi/compte")
    page = client.get("/moi/compte").text
    assert ("Confirmer que c’est moi" in page, "Ajouter" in page) == (True, False)
    client.get(chosen(client, begun(client, but="confirmer", retour="/moi/compte")))
    page = client.get("/moi/compte").text
    assert ("Confirmer que c’est moi" in page, "Ajouter" in page) == (False, True)


def test_somebody_else_at_the_keyboard_confirms_nothing_and_opens_no_account(
    client: TestClient, time: Move, database: Database
) -> None:
    came_back(client)
    time(NOW + timedelta(minutes=11))
    response = client.get(chosen(client, begun(client, but="confirmer"), "eve"), follow_redirects=False)
    assert response.status_code == 409
    assert "pas l’un de vos moyens de connexion" in response.text
    assert list(owners(database)) == ["ada"]


def test_an_account_is_not_linked_to_whoever_signed_in_meanwhile_in_the_same_browser(
    client: TestClient, database: Database
) -> None:
    came_back(client)
    where = chosen(client, begun(client, but="lier"), "barbara")
    pending = client.cookies["sprint-connexion"]
    came_back(client, "eve")
    client.cookies.set("sprint-connexion", pending, domain="localhost.local")
    response = client.get(where, follow_redirects=False)
    assert response.status_code == 400
    assert "barbara" not in owners(database)


def test_the_last_way_in_has_no_button_and_one_of_two_has(
    client: TestClient, browser: Open, database: Database
) -> None:
    came_back(client)
    assert "Retirer" not in client.get("/moi/compte").text
    client.get(chosen(client, begun(client, but="lier"), "eve"))
    assert client.get("/moi/compte").text.count("Retirer") == 2
    with database.reading() as db:
        first = db.exec(select(Identity.id).where(Identity.subject == "ada")).one()
    gone = client.post(f"/moi/compte/moyens/{first}/retrait", follow_redirects=False)
    assert (gone.status_code, list(owners(database))) == (303, ["eve"])
    assert "Retirer" not in client.get("/moi/compte").text
