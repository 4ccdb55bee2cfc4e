"""How the routes of registrations are tried. Ada holds a seat in keycloak both days; one is left; she alone is an agent."""

from sqlmodel import Session, col, select

from sprint.registrations.letters.presence import SEALED
from sprint.registrations.tables import Registration
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.people import Five
from tests.samples import Sample

DAY = {"jour": "2027-03-16", "mode": "site", "once": "formulaire-essai"}

SAMPLES = {
    "desk": Sample(),
    "desk_people": Sample(),
    "desk_invitations": Sample(),
    "desk_adding": Sample(),
    "add_by_hand": Sample(
        form={"nom": "Alan", "adresse": "alan@example.org", "langue": "fr", "once": "formulaire-essai"}
    ),
    # Grace was invited, and holds nothing: see the samples of accounts.
    "send_invitation_again": Sample(params={"invitation": 1}),
    "withdraw_invitation": Sample(params={"invitation": 1}),
    "desk_track": Sample(),
    "desk_person": Sample(),
    "export_people": Sample(gives=200),
    "desk_days": Sample(),
    "desk_queue": Sample(),
    "pause_queue": Sample(),
    # Nothing is paused in the sample.
    "resume_queue": Sample(form={"prevu": "0"}, gives=409),
    "set_day_seats": Sample(form={"jour": "2027-03-16", "mode": "site", "jour-2027-03-16-site-places": "40"}),
    "opening": Sample(question="parcours=keycloak"),
    "open_seats": Sample(form={"ligne": "keycloak.2027-03-16.site.2", "places": "1", "prevu": "0"}),
    # Ada is the first of the people, and her first registration the first of all.
    "add_mentor": Sample(form={"personne": "1"}),
    "remove_mentor": Sample(params={"track": "onyxia", "person": 2}),
    "desk_cancelling": Sample(question="personne=1"),
    "cancel_by_team": Sample(form={"inscription": "1", "motif": "asked", "prevu": "0"}),
    "desk_moving": Sample(params={"registration": 1}, question="retour=attente"),
    # Another track than the one she is on.
    "move_by_team": Sample(
        params={"registration": 1},
        form={"vers": "onyxia.2027-03-16.site.confirmed.0", "motif": "asked", "once": "formulaire-essai"},
    ),
    "desk_accepting": Sample(params={"registration": 1}),
    # She has her seat: there is nothing left to do.
    "accept_by_team": Sample(
        params={"registration": 1}, form={"motif": "skills", "places": "3", "devant": "0", "prevu": "0"}
    ),
    # The sample asks nothing of anybody.
    "my_presence": Sample(),
    "confirm_presence": Sample(form={"edition": "sprint-2027"}, gives=409),
    "presence_link": Sample(),
    "confirm_presence_link": Sample(gives=409),
    "desk_presence": Sample(),
    "convocation": Sample(finds="ada"),
    "desk_practical": Sample(),
    "write_practical": Sample(form={"acces": "Par le métro.", "avant": "5"}),
    # Nothing left yet.
    "send_practical_again": Sample(gives=409),
    "settle_presence": Sample(form={"demander": "1", "demande": "7", "reponse": "3", "rend": "1"}),
    "remind_presence": Sample(gives=409),
    "vouch_presence": Sample(form={"personne": "1"}, gives=409),
    "desk_access": Sample(),
    "export_access": Sample(form={"jour": "2027-03-16", "motif": "batiment"}, gives=200),
    "set_seats": Sample(form=DAY | {"2027-03-16-site-places": "3"}),
    "register": Sample(form=DAY, but={"ada": 409}),
    "cancel": Sample(form=DAY),
    # Only who holds a seat that day exchanges it, and onyxia is reserved to agents.
    "change": Sample(form=DAY, params={"track": "onyxia"}, gives=409, but={"ada": 303}),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    settings = Settings(base_url="http://localhost", secret="s" * 32, demo="1")
    mine = select(Registration.id).where(Registration.person_id == five.ada.id).order_by(col(Registration.id))
    return {"person": five.ada.id, "presence": seal(settings, SEALED, db.exec(mine).first() or 0, 0)}
