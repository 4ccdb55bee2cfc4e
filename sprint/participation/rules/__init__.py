"""What may be said about one's coming, and who may read it. Every rule gives all its reasons."""

from datetime import datetime, timedelta
from enum import StrEnum

from sprint.participation.tables import Images, Meal, Need
from sprint.programme.rules import Calendar
from sprint.refusal import Refusal
from sprint.words import Words, say

CARE_KEPT_DAYS = 15
"""Days after the edition for which meals and needs are kept, as retention.toml says."""
NAMES_SHOWN = timedelta(minutes=30)
"""How long a declared purpose shows names."""

MEALS: dict[Meal, Words] = {
    Meal.EVERYTHING: say("Je mange de tout"),
    Meal.VEGETARIAN: say("Végétarien"),
    Meal.VEGAN: say("Végétalien"),
    Meal.NO_PORK: say("Sans porc"),
    Meal.NO_GLUTEN: say("Sans gluten"),
    Meal.NONE: say("Je ne mange pas sur place"),
}
NEEDS: dict[Need, Words] = {
    Need.WHEELCHAIR: say("Accès en fauteuil roulant"),
    Need.SHORT_WAYS: say("Trajets courts, place assise"),
    Need.SIGN_LANGUAGE: say("Interprète en langue des signes"),
    Need.CAPTIONS: say("Sous-titrage des présentations"),
    Need.HEARING_LOOP: say("Boucle magnétique"),
    Need.LARGE_PRINT: say("Documents en gros caractères"),
    Need.ASSISTANCE_DOG: say("Chien guide ou d’assistance"),
    Need.QUIET_ROOM: say("Salle calme pour se reposer"),
}
IMAGES: dict[Images, Words] = {
    Images.YES: say("Oui, je peux apparaître sur les photos et les vidéos"),
    Images.NO: say("Non, je ne veux pas y apparaître"),
}


class Purpose(StrEnum):
    """Why an organiser reads names; each shows what it needs and nothing else. The value is the word of the address."""

    MEALS = "repas"
    ACCESS = "accueil"


PURPOSES: dict[Purpose, Words] = {
    Purpose.MEALS: say("commander et servir les repas"),
    Purpose.ACCESS: say("préparer l’accueil de chaque personne"),
}


def taking_part(*, comes: bool) -> list[Refusal]:
    """Only who has a seat, or waits for one, says something about their coming."""
    if comes:
        return []
    return [Refusal("not_registered", say("vous n’êtes inscrit·e à aucun parcours de cette édition"))]


def telling_care(calendar: Calendar, *, comes: bool, consents: bool, now: datetime) -> list[Refusal]:
    """Why meals and needs are not taken down: nobody's without their consent, nor once they serve nothing."""
    reasons = taking_part(comes=comes)
    if calendar.is_over(now):
        reasons.append(Refusal("over", say("l’édition est terminée : cette réponse ne servirait plus à rien")))
    if not consents:
        words = say("cochez votre accord : sans lui, nous ne gardons rien de cette réponse")
        reasons.append(Refusal("no_consent", words, "accord"))
    return reasons


def accepting_conduct(version: str, current: str) -> list[Refusal]:
    """One accepts the version in force, which is the one that was shown."""
    if current and version == current:
        return []
    return [Refusal("other_version", say("la charte de conduite a changé entre-temps : relisez-la"), "charte")]


def registering_with_conduct(version: str, current: str, *, is_accepted: bool, has_seat: bool) -> list[Refusal]:
    """Whoever comes anew accepts the code of conduct in force; whoever has a seat keeps it, and is asked on their own page."""
    if not current or is_accepted or has_seat or version == current:
        return []
    if version:
        return accepting_conduct(version, current)
    return [Refusal("conduct", say("acceptez la charte de conduite"), "charte")]


def shows_names(declared_at: datetime | None, now: datetime) -> bool:
    """Whether the purpose was declared lately enough."""
    return declared_at is not None and now - declared_at < NAMES_SHOWN
