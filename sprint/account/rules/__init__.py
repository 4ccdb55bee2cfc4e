"""Which right may be given over what, whose a way of signing in is, what a device is called, and where a sign-in leads back: pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sprint.people.rules import GIVES, MAY, Member, Permission
from sprint.people.tables import Right, Scope, Source
from sprint.refusal import Refusal
from sprint.words import Words, say, say_count

RIGHTS: dict[Right, Words] = {
    Right.ORGANISER: say("organisation"),
    Right.MENTOR: say("mentorat"),
    Right.RECRUITER: say("recrutement"),
    Right.ADMINISTRATOR: say("administration"),
    Right.RELAY: say("relais"),
}
SCOPES: dict[Right, tuple[Scope, ...]] = {
    Right.ORGANISER: (Scope.EVERYTHING, Scope.EDITION),
    Right.MENTOR: (Scope.EDITION, Scope.TRACK),
    Right.RECRUITER: (Scope.EVERYTHING, Scope.EDITION),
    Right.ADMINISTRATOR: (Scope.EVERYTHING,),
    Right.RELAY: (Scope.ORGANISATION,),
}
"""Over what each right makes sense: a page asks for no other."""

# The first that is found counts: Edge and Opera also say Chrome, and nearly all say Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def granting(
    right: Right, scope_kind: Scope, until: datetime | None, now: datetime, *, person_is_here: bool, is_held: bool
) -> list[Refusal]:
    """Why a right cannot be given."""
    reasons = [] if person_is_here else [Refusal("no_person", say("ce compte n’existe pas ou n’existe plus"))]
    if scope_kind not in SCOPES[right]:
        words = say("le droit « %(right)s » ne se donne pas à cette échelle", right=RIGHTS[right])
        reasons.append(Refusal("wrong_scope", words))
    if until is not None and until <= now:
        reasons.append(Refusal("already_over", say("la date de fin est déjà passée")))
    if right is Right.RECRUITER and until is not None and until > now + RECRUITER_LASTS:
        reasons.append(Refusal("too_long", say("une habilitation de recrutement dure un an au plus")))
    if is_held:
        words = say("la personne a déjà le droit « %(right)s » : retirez-le d’abord", right=RIGHTS[right])
        reasons.append(Refusal("already_held", words))
    return reasons


RECRUITER_LASTS = timedelta(days=366)
"""A recruiter is habilitated for a year at most."""


def entrusting(giver: Member, person_id: int, right: Right, scope_kind: Scope, scope_id: int | None) -> list[Refusal]:
    """Why somebody cannot give this right to this person."""
    reasons = []
    if not GIVES[right](giver, scope_kind, scope_id):
        words = say("vous ne pouvez pas donner le droit « %(right)s » à cette échelle", right=RIGHTS[right])
        reasons.append(Refusal("not_yours_to_give", words))
    if giver.id == person_id:
        reasons.append(Refusal("to_oneself", say("personne ne se donne un droit : demandez à quelqu’un d’autre")))
    return reasons


def relieving(giver: Member, right: Right, scope_kind: Scope, scope_id: int | None) -> list[Refusal]:
    """Why somebody cannot take this right back."""
    if GIVES[right](giver, scope_kind, scope_id):
        return []
    words = say("vous ne pouvez pas retirer le droit « %(right)s » à cette échelle", right=RIGHTS[right])
    return [Refusal("not_yours_to_take", words)]


def seconding(second: Member, person_id: int, given_by: int | None) -> list[Refusal]:
    """Why somebody cannot confirm a right that waits for a second person."""
    reasons = []
    if not MAY[Permission.ENTRUST](second):
        reasons.append(
            Refusal("not_yours_to_confirm", say("seule l’organisation ou l’administration confirme un droit"))
        )
    if second.id == person_id:
        reasons.append(Refusal("to_oneself", say("personne ne confirme son propre droit")))
    if second.id == given_by:
        words = say(
            "vous avez donné ce droit : une autre personne de l’organisation ou de l’administration le confirme"
        )
        reasons.append(Refusal("given_by_oneself", words))
    return reasons


def revoking(right: Right, *, is_held: bool) -> list[Refusal]:
    """Why a right cannot be taken back."""
    if is_held:
        return []
    return [Refusal("not_held", say("la personne n’a pas le droit « %(right)s »", right=RIGHTS[right]))]


ATTESTED_LASTS = timedelta(days=366)
"""How long an employer is taken for granted after a provider last named it, or an organiser vouched for it."""
SOURCES: dict[Source, Words] = {
    Source.RECORDED: say("connu de l’organisation"),
    Source.ATTESTED: say("attesté par votre connexion"),
    Source.VOUCHED: say("attesté par l’organisation"),
}


def is_siret(text: str) -> bool:
    """Whether the text may name an establishment."""
    return len(text) == 14 and text.isascii() and text.isdigit()


def is_of_the_public_sector(siret: str) -> bool:
    """Whether INSEE counts the establishment's unit among public bodies: their SIREN begins with 1 (the State and what is
    its own) or 2 (local authorities and theirs). A provider tells where somebody works, not what that place is: private
    employers have a SIRET, too.

    Source: Wikipédia, « Système d'identification du répertoire des entreprises » (eight digits given in sequence, but for
    public bodies, beginning with 1 or 2); the numbers of regions and towns agree (233500016 Bretagne, 210100533
    Bourg-en-Bresse). It is a sign, not a law: the list that DINUM keeps (data.gouv.fr, « Liste des administrations
    françaises ») is, and names bodies with other numbers, for which an organiser vouches.
    """
    return siret[:1] in ("1", "2")


def vouching(voucher: int, person_id: int, until: date, today: date) -> list[Refusal]:
    """Why somebody cannot vouch that a person works somewhere until that day."""
    reasons = []
    if voucher == person_id:
        reasons.append(Refusal("for_oneself", say("personne n’atteste son propre employeur")))
    if not today <= until <= today + ATTESTED_LASTS:
        reasons.append(Refusal("wrong_end", say("une attestation dure un an au plus, à partir d’aujourd’hui")))
    return reasons


FRESH = timedelta(minutes=10)
"""How long after signing in one may change how one signs in: a device left open is not enough."""


def is_fresh(signed_in_at: datetime, now: datetime) -> bool:
    """Whether somebody showed lately enough that it is them."""
    return now - signed_in_at <= FRESH


def staying_fresh(signed_in_at: datetime, now: datetime) -> list[Refusal]:
    """Why one must sign in again before changing how one signs in."""
    if is_fresh(signed_in_at, now):
        return []
    words = say("votre connexion date de plus de dix minutes : confirmez d’abord que c’est bien vous")
    return [Refusal("not_fresh", words)]


def linking(owner: int | None, person_id: int) -> list[Refusal]:
    """Why an account elsewhere cannot become a way of signing in of this person; `owner` is whose it is, if anybody's."""
    if owner is None:
        return []
    if owner == person_id:
        return [Refusal("linked_already", say("ce compte est déjà l’un de vos moyens de connexion"))]
    words = say(
        "ce compte ouvre déjà un autre compte de ce site. S’il est à vous, connectez-vous avec lui, puis retirez-le de "
        "l’autre compte ou effacez celui-ci : nous ne réunissons jamais deux comptes sans vous"
    )
    return [Refusal("somebody_elses", words)]


def unlinking(signed_in_at: datetime, now: datetime, *, left: int) -> list[Refusal]:
    """Why a way of signing in cannot be taken away; `left` is how many would remain."""
    reasons = staying_fresh(signed_in_at, now)
    if left < 1:
        words = say("c’est votre seul moyen de connexion : ajoutez-en un autre avant de le retirer")
        reasons.append(Refusal("last_one", words))
    return reasons


def confirming(owner: int | None, person_id: int) -> list[Refusal]:
    """Why a sign-in does not confirm that it is still the same person."""
    if owner == person_id:
        return []
    words = say("vous vous êtes connecté·e avec un compte qui n’est pas l’un de vos moyens de connexion ici")
    return [Refusal("not_yours", words)]


PROOF_LASTS = timedelta(hours=24)
"""How long the link that proves an address may be used."""


def asking(email: str, known: str | None, *, is_verified: bool) -> list[Refusal]:
    """Why no link is sent to an address."""
    if known is not None and is_verified and email.lower() == known.lower():
        return [Refusal("same_address", say("c’est déjà votre adresse, et elle est confirmée"))]
    return []


def proving(expires_at: datetime, now: datetime, *, is_used: bool) -> list[Refusal]:
    """Why a link no longer proves an address."""
    if is_used:
        return [Refusal("proven_already", say("cette adresse est déjà confirmée"))]
    if expires_at <= now:
        words = say(
            "ce lien a expiré ou a été remplacé par un plus récent : demandez-en un nouveau depuis votre compte"
        )
        return [Refusal("lapsed", words)]
    return []


def device_of(user_agent: str) -> str:
    """Browser and system of a User-Agent, as in Firefox/Linux; empty when unknown. Nothing else of it is kept."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser}/{system}" if browser or system else ""


def device_words(device: str) -> Words:
    """What people read for what `device_of` gave."""
    browser, _, system = device.partition("/")
    if browser and system:
        return say("%(browser)s sur %(system)s", browser=browser, system=system)
    if browser or system:
        return say("%(device)s", device=browser or system)
    return say("Appareil inconnu")


AMR: dict[str, Words] = {
    "pwd": say("mot de passe"),
    "pin": say("code secret"),
    "otp": say("code à usage unique"),
    "totp": say("code à usage unique"),
    "sms": say("code par SMS"),
    "mail": say("code par courriel"),
    "hwk": say("clef matérielle"),
    "swk": say("clef logicielle"),
    "pop": say("clef possédée"),
    "sc": say("carte à puce"),
    "fpt": say("empreinte digitale"),
    "face": say("visage"),
    "mfa": say("plusieurs facteurs"),
}
"""By what a provider recognised somebody (RFC 8176, and what ProConnect adds): whatever else it says is not kept."""


def known_amr(said: Iterable[str]) -> str:
    """Of what a provider says of the way it recognised somebody, the known values, each once, spaces between."""
    return " ".join(dict.fromkeys(value for value in said if value in AMR))


def how_words(brand: Words, amr: str) -> Words:
    """Through which provider somebody signed in and, when it says so, by what it recognised them."""
    by = tuple({AMR[value].message: AMR[value] for value in amr.split() if value in AMR}.values())
    return say("Par %(brand)s (%(how)s)", brand=brand, how=by) if by else say("Par %(brand)s", brand=brand)


def lasting(hours: int) -> Words:
    """A number of hours, in days when they are whole."""
    if hours % 24 == 0:
        return say_count("un jour", "%(number)s jours", hours // 24)
    return say_count("une heure", "%(number)s heures", hours)


def leads_back(path: str) -> Words:
    """Where one will be after signing in; `path` is local, or empty when one came from nowhere."""
    parts = [part for part in path.partition("?")[0].split("/") if part not in ("", "en")]
    if not path or parts[:1] == ["moi"]:
        return say("Vous arriverez ensuite à votre page « Mon sprint ».")
    if not parts:
        return say("Vous reviendrez ensuite à l’accueil.")
    if "parcours" in parts[:-1]:
        return say("Vous reviendrez ensuite au parcours que vous lisiez.")
    if parts[0] == "organisation":
        return say("Vous reviendrez ensuite à l’organisation du sprint.")
    return say("Vous reviendrez ensuite à la page que vous lisiez.")
