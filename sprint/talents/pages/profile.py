"""The profile as its owner fills it in: before joining with the notice and the boxes, afterwards to change it.

The preview beside it is the recruiters' card, by their own query and template, over what stands in the form.
"""

from dataclasses import dataclass
from datetime import date

from wtforms import Field

from sprint.languages import gettext
from sprint.talents.actions import change_profile, join_pool
from sprint.talents.forms import NOW, PortraitForm, is_domain
from sprint.talents.notice import Notice, current_notice
from sprint.talents.portrait import sketch
from sprint.talents.queries.cards import Card, preview_of
from sprint.talents.queries.mine import (
    Employer,
    employers_of,
    exclusions_of,
    has_consented,
    has_orcid,
    organisations_called,
    profile_of,
    shown_ids,
)
from sprint.talents.queries.recruiters import recruiters_count
from sprint.talents.queries.works import OwnWork, Work, own_contributions, works_previewed
from sprint.talents.rules.joining import FIELDS, Portrait, agreeing
from sprint.talents.rules.labels import CONTRACTS, PURPOSES, REGIONS, VISIBILITIES, months_from
from sprint.talents.tables import Purpose, TalentProfile, Visibility
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Invalid, Tried, Visit
from sprint.words import Month, Words, say

MONTHS_AHEAD = 18
ANCHORS = {"but": "but-visible"}
STATES = {
    "aujourdhui": say("Aujourd’hui"),
    "avant": say("Avant mon accord"),
    "apres": say("Après"),
}


@dataclass(frozen=True)
class Preview:
    """What a recruiter would see, in one of three states; without a card, nothing."""

    state: str
    states: dict[str, Words]
    card: Card | None
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Row:
    """A field of the table of who sees what."""

    name: str
    words: Words
    reader: Visibility


@dataclass(frozen=True)
class ProfilePage:
    """The form, with what it offers and what is wrong with it."""

    is_joining: bool
    notice: Notice
    recruiters: int
    form: PortraitForm
    purposes: dict[str, Words]
    rows: tuple[Row, ...]
    readers: dict[str, Words]
    regions: tuple[tuple[str, Words], ...]
    contracts: dict[str, Words]
    months: tuple[tuple[str, Words], ...]
    employers: tuple[Employer, ...]
    works: tuple[OwnWork, ...]
    preview: Preview
    errors: tuple[tuple[str, str], ...]
    reasons: tuple[Words, ...]
    has_receipts: bool


@page(SIGNED_IN, "GET /moi/vivier/profil", "my_profile", is_discreet=True)
def my_profile(visit: Visit) -> Show:
    """Change what one shows and to whom; before joining, what one would show."""
    return shown_form(visit, profile_of(visit.db, visit.me.id))


@page(SIGNED_IN, "POST /moi/vivier/apercu", "preview_profile", shows="my_profile", is_discreet=True)
def preview(visit: Visit) -> Go:
    """See what a recruiter would see of what stands in the form; nothing is kept."""
    raise Tried(PortraitForm(Posted(visit.data)))


@page(SIGNED_IN, "POST /moi/vivier", "join_pool", shows="my_pool", is_discreet=True)
def join(visit: Visit) -> Go:
    """Join the pool, with what stands in the form and the boxes ticked."""
    form, portrait = _filled(visit)
    if agreeing(form.purposes):
        raise _blamed(
            form, form.but, gettext("Cochez « Être visible » : sans cet accord, personne ne verrait votre profil.")
        )
    joined = join_pool(visit.db, visit.me.id, portrait, form.purposes, visit.language, visit.now)
    return Go("my_pool", says=say("Votre profil est dans le vivier.") if joined else None)


@page(SIGNED_IN, "POST /moi/vivier/profil", "change_profile", shows="my_profile", is_discreet=True)
def change(visit: Visit) -> Go:
    """Change the profile of somebody in the pool."""
    _, portrait = _filled(visit)
    change_profile(visit.db, visit.me.id, portrait, visit.now)
    return Go("my_pool", says=say("Votre profil est à jour. Les employeurs le voient ainsi dès maintenant."))


def _filled(visit: Visit) -> tuple[PortraitForm, Portrait]:
    """The form and what it says; Invalid when it does not hold, an organisation nobody knows included."""
    form = valid(PortraitForm(Posted(visit.data)))
    names = [one for one in form.excluded if not is_domain(one)]
    known = organisations_called(visit.db, names) if names else {}
    unknown = [name for name in names if name not in known]
    if unknown:
        said = gettext("Nous ne connaissons pas %(names)s : donnez le nom exact, ou un domaine de courriel.")
        raise _blamed(form, form.exclusions, said % {"names": ", ".join(unknown)})
    return form, form.portrait(visit.now.date(), tuple(dict.fromkeys(known.values())))


def _blamed(form: PortraitForm, field: Field, message: str) -> Invalid:
    """The form with one fault that only the database, or a rule, could tell."""
    vars(field)["errors"] = [message]
    return Invalid(form)


# --- showing it


def shown_form(visit: Visit, profile: TalentProfile | None) -> Show:
    """The page of the form: as typed when something was posted, else as stored, else empty."""
    form = visit.form if isinstance(visit.form, PortraitForm) else _stored_form(visit, profile)
    today = visit.now.date()
    shown = ProfilePage(
        is_joining=profile is None,
        notice=current_notice(visit.language),
        recruiters=recruiters_count(visit.db, visit.now),
        form=form,
        purposes={one.value: words for one, words in PURPOSES.items()},
        rows=_rows(form, has_orcid=has_orcid(visit.db, visit.me.id)),
        readers={one.value: words for one, words in VISIBILITIES.items()},
        regions=(("", say("Ne pas le dire")), *((one.value, words) for one, words in REGIONS.items())),
        contracts={one.value: words for one, words in CONTRACTS.items()},
        months=_months(today),
        employers=tuple(employers_of(visit.db, visit.me.id, visit.now)),
        works=tuple(own_contributions(visit.db, visit.me.id)),
        preview=_preview(visit, form, profile),
        errors=tuple((ANCHORS.get(field.id, field.id), str(error)) for field in form for error in field.errors),
        reasons=tuple(reason.words for reason in visit.refusals),
        has_receipts=profile is None and has_consented(visit.db, visit.me.id),
    )
    return Show("talents/profile.html", shown)


def _stored_form(visit: Visit, profile: TalentProfile | None) -> PortraitForm:
    if profile is None:
        return PortraitForm()
    free = profile.available_on
    stored = {
        "titre": profile.headline,
        "competences": ", ".join(profile.skills),
        "langues": ", ".join(profile.languages),
        "region": profile.region.value if profile.region else "",
        "contrat": profile.contracts.split(),
        "disponible": "" if free is None else NOW if free <= visit.now.date() else f"{free:%Y-%m}",
        "exclusions": "\n".join(name for _, name in exclusions_of(visit.db, profile.id or 0)),
        "contribution": [str(one) for one in shown_ids(visit.db, profile.id or 0)],
    }
    return PortraitForm(data=stored | {f"qui_{field}": getattr(profile, f"{field}_for").value for field in FIELDS})


def _rows(form: PortraitForm, *, has_orcid: bool) -> tuple[Row, ...]:
    """Who sees what; the ORCID iD only for those who have one."""
    return tuple(Row(field, FIELDS[field], form.reader(field)) for field in FIELDS if field != "orcid" or has_orcid)


def _months(today: date) -> tuple[tuple[str, Words], ...]:
    ahead = ((f"{month:%Y-%m}", say("%(month)s", month=Month(month))) for month in months_from(today, MONTHS_AHEAD))
    return (("", say("Ne pas le dire")), (NOW, say("Tout de suite")), *ahead)


def _preview(visit: Visit, form: PortraitForm, profile: TalentProfile | None) -> Preview:
    state = form.apercu.data if form.apercu.data in STATES else "avant"
    if state == "aujourdhui" and profile is None:
        return Preview(state, STATES, None, ())
    portrait, agreed = form.portrait(visit.now.date(), ()), state == "apres"
    tree, number = (profile.tree, profile.number) if profile else ("erable", 27)
    made_up = sketch(portrait, visit.me.id, tree, number, visit.now)
    row = profile if profile and state == "aujourdhui" else made_up
    card = preview_of(visit.db, row, visit.now, is_agreed=agreed)
    ids = portrait.contribution_ids if _shows_works(form, profile) else ()
    return Preview(state, STATES, card, works_previewed(visit.db, visit.me.id, ids, is_agreed=agreed))


def _shows_works(form: PortraitForm, profile: TalentProfile | None) -> bool:
    agreed_before = profile is not None and profile.contributions_consent_id is not None
    return agreed_before or Purpose.CONTRIBUTIONS in form.purposes
