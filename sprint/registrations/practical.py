"""What those who come must know, and when it is written to them. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sprint.refusal import Refusal
from sprint.registrations.letters.practical import Information
from sprint.words import say

TOLD_AT, REMINDED_AT = time(9), time(16)
"""The hours, where the edition is, at which the letter and the reminder leave."""
MORNING = time(12)
"""Neither makes sense once the first morning is over."""


def told_at(information: Information, first_on: date, zone: str) -> datetime | None:
    """When the letter leaves; None when none does."""
    if information.letter_days is None:
        return None
    return datetime.combine(first_on - timedelta(days=information.letter_days), TOLD_AT, ZoneInfo(zone))


def reminded_at(information: Information, first_on: date, zone: str) -> datetime | None:
    """When the reminder leaves; None when none does."""
    return datetime.combine(first_on - timedelta(days=1), REMINDED_AT, ZoneInfo(zone)) if information.reminds else None


def good_until(first_on: date, zone: str) -> datetime:
    """From when on both say something out of date."""
    return datetime.combine(first_on, MORNING, ZoneInfo(zone))


def writing(information: Information) -> list[Refusal]:
    """Why these may not be the texts of an edition: a letter that says nothing does not leave."""
    if information.letter_days is None or information.is_told:
        return []
    words = say("écrivez au moins un texte : un courriel vide ne part pas")
    return [Refusal("nothing_to_tell", words, "acces")]
