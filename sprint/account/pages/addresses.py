"""The address one is written to: choosing it, and the page a letter opens, with one button."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.account.actions import ask_address, confirm_address
from sprint.account.forms import AddressForm
from sprint.account.letters import PROOF, ZONE
from sprint.account.queries import ContactAddress, Proof, contact_of, proof_called
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit, local_path
from sprint.words import Moment, say


@dataclass(frozen=True)
class AddressPage:
    """Where I am written to, where I asked to be, and the form."""

    contact: ContactAddress
    form: AddressForm


@dataclass(frozen=True)
class WelcomePage:
    """The first page of somebody whose provider gave no address; `back_to` is where they were going."""

    name: str
    contact: ContactAddress
    back_to: str


@page(SIGNED_IN, "GET /moi/bienvenue", "welcome")
def welcome(visit: Visit) -> Show:
    """The one thing that is missing, and why it is asked."""
    back_to = local_path(visit.request.query_params.get("retour", ""))
    return Show(
        "account/welcome.html", WelcomePage(visit.me.name, contact_of(visit.db, visit.me.id, visit.now), back_to)
    )


@page(SIGNED_IN, "GET /moi/adresse", "my_address")
def my_address(visit: Visit) -> Show:
    """Where I am written to."""
    form = visit.form if isinstance(visit.form, AddressForm) else AddressForm()
    return Show("account/address.html", AddressPage(contact_of(visit.db, visit.me.id, visit.now), form))


@page(SIGNED_IN, "POST /moi/adresse", "choose_address", shows="my_address", limited="address")
def choose_address(visit: Visit) -> Go:
    """Have a link sent to another address."""
    form = valid(AddressForm(Posted(visit.data)))
    ask_address(visit.db, visit.me.id, form.adresse.data, visit.now)
    return Go("my_address", says=say("Un lien part vers cette adresse : ouvrez-le dans les vingt-quatre heures."))


@dataclass(frozen=True)
class ProofPage:
    """One address to confirm, for the account of whom, and until when."""

    proof: Proof
    token: str
    until: Moment
    is_over: bool


@page(ANYONE, "GET /moi/adresse/{proof:key}", "address_proof", is_discreet=True)
def address_proof(visit: Visit, proof: str) -> Show:
    """What a letter opens. It changes nothing: programs that look at mail open links too."""
    found = _proof(visit, proof)
    is_over = found.is_used or found.expires_at <= visit.now
    return Show("account/proof.html", ProofPage(found, proof, Moment(found.expires_at, ZONE), is_over))


@page(ANYONE, "POST /moi/adresse/{proof:key}", "prove_address", shows="address_proof", is_discreet=True)
def prove_address(visit: Visit, proof: str) -> Go:
    """This address is mine."""
    confirm_address(visit.db, _proof(visit, proof).id, visit.now)
    says = say("Votre adresse est confirmée : vos courriels y arriveront désormais.")
    return Go("my_account" if visit.member else "home", says=says)


def _proof(visit: Visit, token: str) -> Proof:
    key = sealed_key(token)
    is_ours = key is not None and is_sealed(visit.settings, PROOF, key, 0, token)
    found = proof_called(visit.db, key) if key is not None and is_ours else None
    if found is None:
        raise HTTPException(404)
    return found
