"""How the routes of the pool are tried: Barbara is in it, Denise may see her and asked her; the others are not."""

from sqlmodel import Session, select

from sprint.talents.tables import ContactRequest
from tests.people import Five
from tests.samples import Sample
from tests.talents.pool import a_profile, a_reason, a_recruiter, a_request

JOINING = {"but": "visible", "titre": "Cartes accessibles", "qui_headline": "employeurs"}
PROPOSAL = {
    "poste": "Chef de projet",
    "contrat": "CDI",
    "lieu": "Lyon",
    "raison": "Vos cartes",
    "once": "demande-essai",
}

SAMPLES = {
    "my_pool": Sample(),
    "join_pool": Sample(form=JOINING),
    "my_profile": Sample(),
    "preview_profile": Sample(form=JOINING, gives=200),
    "change_profile": Sample(form=JOINING, gives=409, but={"barbara": 303}),
    "leave_pool": Sample(),
    "renew_consent": Sample(form={"but": "visible"}, gives=409, but={"barbara": 303}),
    "show_contributions": Sample(gives=409, but={"barbara": 303}),
    "hide_contributions": Sample(gives=409, but={"barbara": 303}),
    "exclude_organisation": Sample(form={"organisme": "1"}, gives=404),
    "accept_contact": Sample(gives=409, but={"barbara": 303}),
    "decline_contact": Sample(gives=409, but={"barbara": 303}),
    "my_views": Sample(),
    "my_receipts": Sample(),
    "pool_notice": Sample(),
    "pool": Sample(),
    "state_reason": Sample(form={"motif": "Chef de projet", "once": "motif-essai"}),
    "sent_requests": Sample(),
    "talent": Sample(),
    # Denise asked already.
    "request_contact": Sample(form=PROPOSAL, gives=409),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    denise, profile = a_recruiter(db, five.denise), a_profile(db, five.barbara)
    a_reason(db, denise)
    a_request(db, denise, profile)
    return {"profile": profile.key, "request": db.exec(select(ContactRequest.id)).one()}
