"""What a public site owes everybody: its accessibility, who publishes it, what it keeps, its map."""

from dataclasses import dataclass

from sprint import languages
from sprint.account.pages.sign_in import MINUTES
from sprint.account.rules import lasting
from sprint.account.rules.email_links import EMAIL_LINK_LASTS
from sprint.privacy.register import Policy, register
from sprint.privacy.rules import ERASED
from sprint.programme.queries import editions, seen_by
from sprint.site.pages.display import YEAR
from sprint.site.queries import TrackAddress, track_addresses
from sprint.site.rules.map import ACCOUNT, DUTIES, EDITION, SITE
from sprint.site.texts import text
from sprint.web.answers import FLASH_SECONDS
from sprint.web.audience import ANYONE
from sprint.web.cookies import EMAIL_LINK, FLASH, SESSION, SIGN_IN, SIGN_OUT, THEME, TRIES, Jar
from sprint.web.page import Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count


@dataclass(frozen=True)
class TextPage:
    """A page that is one text of `content/`, as Markdown."""

    title: Words
    text: str


@page(ANYONE, "GET /accessibilite", "accessibility")
def accessibility(visit: Visit) -> Show:
    """The accessibility declaration, under the headings of the official model."""
    return Show("site/text.html", TextPage(DUTIES["accessibility"], text("accessibilite", visit.settings)))


@page(ANYONE, "GET /mentions-legales", "legal_notice")
def legal_notice(visit: Visit) -> Show:
    """Who publishes and hosts the site."""
    return Show("site/text.html", TextPage(DUTIES["legal_notice"], text("mentions-legales", visit.settings)))


# --- cookies


@dataclass(frozen=True)
class Cookie:
    """One cookie as its owner sees it in the browser."""

    name: str
    purpose: Words
    lasts: Words


@dataclass(frozen=True)
class CookiesPage:
    """Every cookie this site may set."""

    text: str
    cookies: tuple[Cookie, ...]


@page(ANYONE, "GET /cookies", "cookies")
def cookies(visit: Visit) -> Show:
    """What the browser keeps for us, why and how long."""
    jar = Jar(visit.settings)
    session = say("%(time)s, ou jusqu’à la déconnexion", time=lasting(visit.settings.session_hours))
    told = {name: (purpose, lasts or session) for name, (purpose, lasts) in COOKIES.items()}
    known = tuple(Cookie(jar.name(name), purpose, lasts) for name, (purpose, lasts) in told.items())
    return Show("site/cookies.html", CookiesPage(text("cookies", visit.settings), known))


def _days(number: int) -> Words:
    return say_count("un jour", "%(number)s jours", number)


def _minutes(number: int) -> Words:
    return say_count("une minute", "%(number)s minutes", number)


COOKIES: dict[str, tuple[Words, Words | None]] = {
    SESSION: (
        say("Vous garder connecté·e. Il contient un jeton tiré au hasard, rien sur vous."),
        None,
    ),
    SIGN_IN: (
        say("Vérifier, pendant une connexion, que la réponse vient bien de la demande que vous avez faite."),
        _minutes(MINUTES),
    ),
    SIGN_OUT: (
        say("Vérifier, pendant une déconnexion, que le retour vient bien du fournisseur que vous avez quitté."),
        _minutes(MINUTES),
    ),
    TRIES: (
        say("Compter les connexions commencées dans ce navigateur, pour ralentir qui en tenterait trop."),
        say("une heure"),
    ),
    EMAIL_LINK: (
        say("Reconnaître le navigateur qui a demandé un lien de connexion par courriel : le lien ne sert que là."),
        _minutes(int(EMAIL_LINK_LASTS.total_seconds()) // 60),
    ),
    FLASH: (
        say("Vous dire, à la page suivante, que votre action est enregistrée."),
        say("%(minutes)s, effacé dès qu’il est lu", minutes=_minutes(FLASH_SECONDS // 60)),
    ),
    THEME: (
        say("Retenir le thème clair ou sombre, si vous en avez choisi un."),
        _days(YEAR // (24 * 3600)),
    ),
}
"""Every cookie that the code sets: a test compares them. None: as long as the settings say."""


# --- personal data


@dataclass(frozen=True)
class Kept:
    """One table, as told to people."""

    name: str
    data: str
    why: str
    lasts: tuple[Words, ...]
    erased: Words


@dataclass(frozen=True)
class PersonalDataPage:
    """What is kept about people: the register, between the two texts of the operator."""

    before: str
    register: tuple[Kept, ...]
    after: str


@page(ANYONE, "GET /donnees-personnelles", "personal_data")
def personal_data(visit: Visit) -> Show:
    """What is known of people, why, how long: from the very file that erasing and purging apply."""
    kept = tuple(_kept(policy) for policy in register())
    before, after = (text(name, visit.settings) for name in ("donnees-personnelles", "vos-droits"))
    return Show("site/personal_data.html", PersonalDataPage(before, kept, after))


def _kept(policy: Policy) -> Kept:
    told = policy.told[languages.current()]
    lasts = (_verbatim(told.lasts),) if told.lasts else tuple(span.words for span in policy.spans)
    name, data, why = (languages.typeset(one, languages.current()) for one in (told.name, told.data, told.why))
    return Kept(name, data, why, lasts, _verbatim(told.erasure) if told.erasure else ERASED[policy.erasure])


def _verbatim(text: str) -> Words:
    """What the register says itself, in the language of the page."""
    return say("%(it)s", it=languages.typeset(text, languages.current()))


# --- the map


@dataclass(frozen=True)
class MapPage:
    """Every public page: (name of its route, words). Tracks stand under their edition."""

    site: dict[str, Words]
    edition: dict[str, Words]
    editions: tuple[tuple[str, str, tuple[TrackAddress, ...]], ...]
    account: dict[str, Words]
    duties: dict[str, Words]


@page(ANYONE, "GET /plan-du-site", "site_map")
def site_map(visit: Visit) -> Show:
    """Every page that everybody may read."""
    tracks = track_addresses(visit.db)
    known = tuple(
        (view.slug, languages.typeset(view.name), tuple(track for track in tracks if track.edition == view.slug))
        for view in seen_by(editions(visit.db), None, visit.now)
    )
    return Show("site/map.html", MapPage(SITE, EDITION, known, ACCOUNT, DUTIES))
