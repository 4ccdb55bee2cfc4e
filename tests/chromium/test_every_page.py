"""Every page once, as the person who sees most of it; `test_matrix.py` follows every link, as everybody, for the proof."""

import subprocess
from collections.abc import Callable

import pytest
from sqlmodel import select

from sprint.people.tables import Person
from sprint.talents.tables import TalentProfile
from tests.chromium.checks import faults_at, prepared
from tests.chromium.conftest import Site

PAGES = {
    "": (
        "/",
        "/{edition}",
        "/{edition}/parcours",
        "/{edition}/parcours?mot=introuvable",
        "/{edition}/parcours?lieu=distance&envie=coder",
        "/{edition}/parcours/grist",
        "/{edition}/parcours/onyxia",
        "/{edition}/agenda",
        "/{edition}/tableau",
        "/editions",
        "/sprint-2019",
        "/sprint-2019/parcours/hal",
        "/sprint-2019/resultats",
        "/sprint-2019/resultats?genre=code",
        "/{edition}/resultats",
        "/contributions/1",
        "/connexion",
        "/affichage",
        "/accessibilite",
        "/mentions-legales",
        "/donnees-personnelles",
        "/cookies",
        "/plan-du-site",
        "/compte-efface",
        "/introuvable",
    ),
    "ada": (
        "/moi",
        "/moi/inscriptions",
        "/{edition}/tableau",
        "/moi/presence",
        "/moi/inscriptions/{edition}",
        "/moi/appareils",
        "/moi/compte",
        "/moi/compte/journal",
        "/moi/employeur",
        "/moi/adresse",
        "/moi/bienvenue?retour=/moi",
        "/moi/contributions",
        "/moi/contributions?url=https://github.com/InseeFrLab/onyxia/pull/12",
        "/moi/courriers",
        "/moi/propositions",
        "/moi/propositions/1",
        "/moi/donnees",
        "/moi/donnees/effacement",
        "/moi/vivier",
        "/moi/vivier/profil",
        "/moi/vivier/consultations",
        "/{edition}/parcours/grist",
        "/{edition}/parcours/onyxia",
        "/{edition}/parcours/libreoffice",
    ),
    "barbara": ("/moi/vivier", "/moi/vivier/notice", "/organisation/{edition}/attendus"),
    "denise": (
        "/vivier",
        "/vivier?mot=accessibilite&contrat=mobilite",
        "/vivier?mot=introuvable",
        "/vivier?motif=changer",
        "/vivier/demandes",
        "/vivier/{talent}",
    ),
    "eve": ("/moi", "/{edition}/parcours/grist"),
    "claude": (
        "/organisation",
        "/organisation/droits",
        "/organisation/employeurs",
        "/organisation/{edition}",
        "/organisation/{edition}?seulement=regler&tri=places&sens=desc",
        "/organisation/{edition}/places?attente=1",
        "/organisation/{edition}/jours",
        "/organisation/{edition}/propositions",
        "/organisation/{edition}/questions",
        "/organisation/{edition}/propositions/1",
        "/organisation/{edition}/etapes",
        "/organisation/{edition}/etapes/cloture",
        "/organisation/{edition}/suivante",
        "/organisation/{edition}/attente",
        "/organisation/{edition}/presence",
        "/organisation/{edition}/pratique",
        "/organisation/{edition}/courriers/apercu/pratique",
        "/organisation/{edition}/accueil",
        "/organisation/{edition}/attendus",
        "/organisation/{edition}/questionnaire",
        "/organisation/{edition}/questionnaire/1",
        "/organisation/{edition}/chiffres",
        "/organisation/{edition}/personnes",
        "/organisation/{edition}/personnes?etat=waiting&tri=arrivee",
        "/organisation/{edition}/personnes/6",
        "/organisation/{edition}/invitations",
        "/organisation/{edition}/invitations/nouvelle",
        "/organisation/{edition}/annulation?personne=6",
        "/organisation/{edition}/inscriptions/1/deplacement",
        "/organisation/{edition}/inscriptions/1/acceptation",
        "/organisation/{edition}/agenda",
        "/organisation/{edition}/grille",
        "/organisation/{edition}/tableau",
        "/organisation/{edition}/courriers/groupes",
        "/organisation/{edition}/annonces",
        "/organisation/{edition}/acces",
        "/organisation/{edition}/grille/creneaux/1",
        "/organisation/{edition}/visio",
        "/organisation/{edition}/parcours/onyxia",
        "/organisation/{edition}/contributions",
        "/organisation/{edition}/contributions?etat=toutes&page=2",
        "/contributions/99",
        "/organisation/{edition}/courriers",
        "/organisation/{edition}/courriers/1",
    ),
}
CHANCE = int(
    subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip() or "0", 16
)
ONE = ("light" if CHANCE % 2 else "dark", "fr" if CHANCE // 2 % 2 else "en")


def addresses_of(persona: str, site: Site, language: str) -> list[str]:
    """The list above with what it names filled in."""
    with site.database.reading() as db:
        talent = db.exec(select(TalentProfile.key).join(Person).where(Person.name == "Ada Lemoine")).one()
    prefix = "" if language == "fr" else f"/{language}"
    return [prefix + address.format(edition=site.edition, talent=talent) for address in PAGES.get(persona, ())]


def look_at_all(visitor: Callable, site: Site, persona: str, theme: str, language: str) -> list[str]:  # type: ignore[type-arg]
    """Everything wrong on the pages of a person."""
    page, wrong = prepared(visitor, site, persona, theme), []
    for address in addresses_of(persona, site, language):
        wrong += faults_at(page, address)
    return wrong


@pytest.mark.browser
@pytest.mark.parametrize("persona", PAGES)
def test_every_page_is_accessible_and_fits(persona: str, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    assert look_at_all(visitor, site, persona, *ONE) == []
