"""How people read the closed values of the pool: trees, regions, contracts, when somebody is free, who sees what."""

from datetime import date
from enum import StrEnum

from sprint.talents.tables import Contract, Purpose, Region, RequestState, Visibility
from sprint.words import Month, Words, say

TREES: dict[str, Words] = {
    "alisier": say("Alisier"),
    "amandier": say("Amandier"),
    "aulne": say("Aulne"),
    "bouleau": say("Bouleau"),
    "cedre": say("Cèdre"),
    "charme": say("Charme"),
    "chataignier": say("Châtaignier"),
    "chene": say("Chêne"),
    "cypres": say("Cyprès"),
    "erable": say("Érable"),
    "frene": say("Frêne"),
    "genevrier": say("Genévrier"),
    "hetre": say("Hêtre"),
    "houx": say("Houx"),
    "laurier": say("Laurier"),
    "meleze": say("Mélèze"),
    "noisetier": say("Noisetier"),
    "olivier": say("Olivier"),
    "orme": say("Orme"),
    "peuplier": say("Peuplier"),
    "pin": say("Pin"),
    "saule": say("Saule"),
    "sorbier": say("Sorbier"),
    "sureau": say("Sureau"),
    "tilleul": say("Tilleul"),
}
"""Pseudonyms say nothing of anybody, not even a gender."""


def pseudonym(tree: str, number: int) -> Words:
    return say("%(tree)s %(number)s", tree=TREES[tree], number=number)


REGIONS: dict[Region, Words] = {
    Region.AUVERGNE_RHONE_ALPES: say("Auvergne-Rhône-Alpes"),
    Region.BOURGOGNE_FRANCHE_COMTE: say("Bourgogne-Franche-Comté"),
    Region.BRETAGNE: say("Bretagne"),
    Region.CENTRE_VAL_DE_LOIRE: say("Centre-Val de Loire"),
    Region.CORSE: say("Corse"),
    Region.GRAND_EST: say("Grand Est"),
    Region.HAUTS_DE_FRANCE: say("Hauts-de-France"),
    Region.ILE_DE_FRANCE: say("Île-de-France"),
    Region.NORMANDIE: say("Normandie"),
    Region.NOUVELLE_AQUITAINE: say("Nouvelle-Aquitaine"),
    Region.OCCITANIE: say("Occitanie"),
    Region.PAYS_DE_LA_LOIRE: say("Pays de la Loire"),
    Region.PROVENCE_ALPES_COTE_D_AZUR: say("Provence-Alpes-Côte d’Azur"),
    Region.GUADELOUPE: say("Guadeloupe"),
    Region.GUYANE: say("Guyane"),
    Region.MARTINIQUE: say("Martinique"),
    Region.MAYOTTE: say("Mayotte"),
    Region.LA_REUNION: say("La Réunion"),
    Region.OTHER_OVERSEAS: say("Autre territoire d’outre-mer"),
    Region.ABROAD: say("Hors de France"),
}
CONTRACTS: dict[Contract, Words] = {
    Contract.MOBILITY: say("Mobilité"),
    Contract.SECONDMENT: say("Détachement"),
    Contract.LOAN: say("Mise à disposition"),
    Contract.CONTRACT: say("Contrat"),
    Contract.APPRENTICESHIP: say("Alternance ou stage"),
}
VISIBILITIES: dict[Visibility, Words] = {
    Visibility.ME: say("Moi"),
    Visibility.RECRUITERS: say("Employeurs"),
    Visibility.AGREEMENT: say("Après accord"),
}
PURPOSES: dict[Purpose, Words] = {
    Purpose.VISIBLE: say("Être visible dans la recherche des personnes habilitées"),
    Purpose.CONTRIBUTIONS: say("Montrer des contributions que je choisis"),
}
"""What stands beside each box, and is kept with the consent."""

REQUEST_STATES: dict[RequestState, Words] = {
    RequestState.OPEN: say("en attente de réponse"),
    RequestState.ACCEPTED: say("acceptée"),
    RequestState.DECLINED: say("déclinée"),
    RequestState.LAPSED: say("sans réponse"),
    RequestState.CLOSED: say("close : le profil a été retiré"),
}


class Availability(StrEnum):
    """When somebody is free, seen from today; the value is the word of the address."""

    NOW = "maintenant"
    SOON = "trois-mois"
    LATER = "plus-tard"


AVAILABILITIES: dict[Availability, Words] = {
    Availability.NOW: say("Tout de suite"),
    Availability.SOON: say("Dans les trois mois"),
    Availability.LATER: say("Plus tard"),
}


def months_from(today: date, number: int) -> list[date]:
    """The first days of the months after this one."""
    months = [today.year * 12 + today.month + ahead for ahead in range(number)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def free_from(available_on: date, today: date) -> Words:
    """ "disponible tout de suite", "disponible à partir de septembre 2027"."""
    if available_on <= today:
        return say("disponible tout de suite")
    return say("disponible à partir de %(month)s", month=Month(available_on))
