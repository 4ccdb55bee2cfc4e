"""How the routes of accounts are tried: Ada is signed in on a second device; the protocol's own questions hold as far as they can."""

from urllib.parse import urlencode

from sqlmodel import Session, select

from sprint.account.letters import INVITED, PROOF
from sprint.account.rules import PROOF_LASTS
from sprint.account.tables import DeclaredEmployer, EmailProof
from sprint.people.tables import Identity
from sprint.sessions import LoginSession, hashed
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.makers import NOW, a_person, an_invitation
from tests.people import Five, signed_in
from tests.samples import Sample

AUTHORIZATION = urlencode(
    {
        "client_id": "sprint",
        "redirect_uri": "http://localhost/connexion/demo/retour",
        "response_type": "code",
        "scope": "openid profile email",
        "state": "s" * 43,
        "nonce": "n" * 43,
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
    }
)

SAMPLES = {
    # Whoever is signed in has nothing to do here.
    "sign_in": Sample(gives=303, but={"nobody": 200}),
    "sign_in_begin": Sample(gives=303, params={"provider": "demo"}),
    # Coming back from nowhere: explained to strangers, led home when one is signed in.
    "sign_in_return": Sample(gives=303, but={"nobody": 400}, params={"provider": "demo"}),
    "sign_out": Sample(),
    "signed_out": Sample(gives=303, params={"provider": "demo"}),
    "devices": Sample(),
    "revoke_device": Sample(finds="ada"),
    "revoke_devices": Sample(),
    "my_account": Sample(),
    # Ada's own, and her last one: there is a reason, for her alone.
    "my_employer": Sample(),
    "declare_my_employer": Sample(form={"nom": "Mairie"}),
    "my_journal": Sample(),
    "employers": Sample(),
    "vouch_employer": Sample(form={"nom": "Mairie", "public": "y", "fin": "2027-06-30"}),
    "decline_declared": Sample(),
    # Nobody's rights sleep here: there is nothing to do.
    "second_factor": Sample(gives=303),
    "welcome": Sample(),
    "account_invitation": Sample(),
    # Links by e-mail are off unless they are switched on.
    "accept_by_email": Sample(gives=404),
    "email_sign_in": Sample(gives=404),
    "ask_email_link": Sample(gives=404, form={"adresse": "grace@example.org"}),
    "email_link": Sample(gives=404, params={"link": "1-x"}),
    "use_email_link": Sample(gives=404, params={"link": "1-x"}),
    "my_address": Sample(),
    "choose_address": Sample(form={"adresse": "ailleurs@example.org"}),
    "address_proof": Sample(),
    "prove_address": Sample(),
    "remove_way_in": Sample(finds="ada", gives=409),
    "demo_discovery": Sample(),
    "demo_jwks": Sample(),
    "demo_authorize": Sample(question=AUTHORIZATION),
    "demo_choose": Sample(question=AUTHORIZATION, form={"persona": "eve"}),
    "demo_token": Sample(gives=400, form={"grant_type": "authorization_code", "code": "x"}),
    "demo_userinfo": Sample(gives=401),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    token = signed_in(db, five.ada)
    # A forge of hers rather than the demonstration's: signing in there as « ada » opens another account.
    way = Identity(person_id=five.ada.id or 0, provider="forge", issuer="x", subject="1", linked_at=NOW)
    db.add(way)
    asked = EmailProof(person_id=five.ada.id or 0, email="a@example.net", asked_at=NOW, expires_at=NOW + PROOF_LASTS)
    db.add(asked)
    db.flush()
    said = DeclaredEmployer(person_id=five.ada.id or 0, name="Mairie", declared_at=NOW)
    db.add(said)
    db.flush()
    newcomer = a_person(db, name="Grace Hopper")
    sent = an_invitation(db, newcomer, five.edition, five.claude)
    settings = Settings(base_url="http://localhost", secret="s" * 32, demo="1")
    return {
        "proof": seal(settings, PROOF, asked.id or 0, 0),
        "invitation": seal(settings, INVITED, sent.id or 0, 0),
        "declared": said.id,
        "way": way.id,
        "session": db.exec(select(LoginSession.id).where(LoginSession.token_hash == hashed(token))).one(),
    }
