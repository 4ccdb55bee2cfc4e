"""Which pages everybody may read, under which words: the site map, its XML, and what robots are asked to leave alone."""

from sprint.words import Words, say

SITE: dict[str, Words] = {
    "home": say("Accueil"),
    "past_editions": say("Éditions passées"),
}
EDITION: dict[str, Words] = {
    "edition": say("Présentation"),
    "programme": say("Programme"),
    "agenda": say("Agenda"),
    "board": say("Tableau ouvert"),
    "results": say("Résultats"),
}
TRACK = "track"
"""The page of each track: its own name is its words."""
ACCOUNT: dict[str, Words] = {
    "sign_in": say("Se connecter"),
    "display": say("Paramètres d’affichage"),
}
DUTIES: dict[str, Words] = {
    "site_map": say("Plan du site"),
    "accessibility": say("Déclaration d’accessibilité"),
    "legal_notice": say("Mentions légales"),
    "personal_data": say("Données personnelles"),
    "cookies": say("Gestion des cookies"),
}
MAPPED: frozenset[str] = frozenset({*SITE, *EDITION, TRACK, *ACCOUNT, *DUTIES})
"""Names of the routes of every public page."""

NOT_PAGES: frozenset[str] = frozenset(
    {
        "health",
        "metrics",
        "sitemap",
        "robots",
        "security_txt",
        "sign_in_begin",
        "sign_in_return",
        "signed_out",
        "erased",
        "account_invitation",
        "email_sign_in",
        "email_link",
        "address_proof",
        "presence_link",
        "stop_link",
        "alert_link",
        "alert_stop",
    }
)
"""Routes anybody may ask for that answer machines, or that only lead on to somewhere else; so do all calendars (`.ics`)."""

LISTED: frozenset[str] = frozenset({"contribution", "alert", "edition_alert"})
"""Pages that a page of the map lists: what people did stands in the results, a form beside what it is about; neither in search engines."""

KEPT_FROM_ROBOTS: tuple[str, ...] = (
    "/moi",
    "/organisation",
    "/vivier",
    "/lettres/",
    "/presence/",
    "/connexion/",
    "/mentorat/",
    "/contributions/",
    "/prevenir/",
)
"""Beginnings of addresses that hold nothing for a search engine, in either language."""
