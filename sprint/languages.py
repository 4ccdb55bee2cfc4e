"""French and English: catalogues, dates, and the spaces French typography wants. French is the source and needs no catalogue."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from sprint.words import Both, Hours, Moment, Month, ShortDay, Value, Words

LANGUAGES = ("fr", "en")
LOCALES = Path(__file__).parent.parent / "locales"
BABEL_LOCALE = {"fr": "fr_FR", "en": "en_GB"}
NARROW, HARD = "\u202f", "\u00a0"

_current: ContextVar[str] = ContextVar("language", default="fr")


def current() -> str:
    """The language of the page or letter being made."""
    return _current.get()


@contextmanager
def using(language: str) -> Generator[None]:
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


@cache
def catalogue(language: str) -> NullTranslations:
    if language == "fr":
        return NullTranslations()
    with (LOCALES / language / "LC_MESSAGES" / "sprint.po").open("rb") as file:
        entries = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return Translations(compiled, domain="sprint")


_FRENCH_SPACES = (
    (re.compile(r" (?=[;!?](?:\s|$|<|\"))"), NARROW),
    (re.compile(r" (?=:(?:\s|$|<))"), HARD),
    (re.compile(r"« "), "«" + HARD),
    (re.compile(r" »"), HARD + "»"),
    (re.compile(r"(?<=\d) (?=h\b|/ \d)"), HARD),
    (re.compile(r"(?<=\dNBSPh) (?=\d\d)".replace("NBSP", HARD)), HARD),
    (re.compile(r"(?:(?<=\d/)|(?<=\d" + HARD + r"/)) (?=\d)"), HARD),
    (re.compile(r"(?<=\d) (?=[a-zéè])"), HARD),
    # A number that is filled in later stays with what it counts.
    (re.compile(r"(?:(?<=%\(num\)s)|(?<=%\(number\)s)) (?=[a-zéè])"), HARD),
)


@lru_cache(maxsize=4096)
def typeset(text: str, language: str = "fr") -> str:
    """`text` with the spaces that must not break; only French needs any."""
    if language != "fr":
        return text
    for pattern, space in _FRENCH_SPACES:
        text = pattern.sub(space, text)
    return text


def gettext(message: str) -> str:
    """The message in the current language."""
    return in_language(message, current())


def in_language(message: str, language: str) -> str:
    return typeset(catalogue(language).ugettext(message), language)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for `number` things: in French nought is singular, in English it is plural."""
    language = current()
    if language == "fr":
        return typeset(plural if abs(number) >= 2 else singular)
    return catalogue(language).ungettext(singular, plural, number)


def speak(words: Words) -> str:
    """A sentence in the current language, its values dressed; **bold** is left for the page or the letter."""
    text = ngettext(words.message, words.plural, words.number) if words.plural else gettext(words.message)
    values = {name: shown(value) for name, value in words.values.items()}
    return text % ({"number": str(words.number)} | values)


def shown(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, Words):
        return speak(value)
    if isinstance(value, Moment):
        return moment(value.at, value.zone)
    if isinstance(value, Both):
        return typeset(value.french) if current() == "fr" else value.english
    if isinstance(value, ShortDay):
        return day(value.on, year=False)
    if isinstance(value, Month):
        return month(value.on)
    if isinstance(value, Hours):
        return hours(value.starts, value.ends)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return enumeration([shown(part) for part in value])
    return str(value)


def enumeration(parts: list[str]) -> str:
    """Parts read in one breath, as in: a, b et c."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s et %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


@lru_cache(maxsize=2048)
def _day(on: date, pattern: str, language: str) -> str:
    text = format_date(on, pattern, locale=BABEL_LOCALE[language])
    return typeset(re.sub(r"^(.*\b)1 (?=[a-zéû])", r"\g<1>1er ", text) if language == "fr" else text, language)


def day(on: date, year: bool = True) -> str:
    """ "mardi 24 novembre 2026" """
    return _day(on, "EEEE d MMMM y" if year else "EEEE d MMMM", current())


def short_day(on: date) -> str:
    """ "24 novembre" """
    return _day(on, "d MMMM", current())


def month(on: date) -> str:
    """ "novembre 2026" """
    return _day(on, "MMMM y", current())


def days(dates: Sequence[date]) -> str:
    """ "mardi 5 et mercredi 6 janvier 2027": month and year are said once when they are the same."""
    months = {(on.year, on.month) for on in dates}
    if len(dates) < 2 or len(months) > 1:
        return enumeration([day(on) for on in dates])
    return enumeration([*(_day(on, "EEEE d", current()) for on in dates[:-1]), day(dates[-1])])


def hour(at: time | datetime) -> str:
    """ "9 h 30", "10 h"; in English "9:30", "10:00"."""
    if current() == "fr":
        return f"{at.hour}{HARD}h{HARD}{at.minute:02d}" if at.minute else f"{at.hour}{HARD}h"
    return f"{at.hour}:{at.minute:02d}"


def hours(starts: time, ends: time | None) -> str:
    """ "14 h – 15 h 30" """
    return hour(starts) if ends is None else f"{hour(starts)}{HARD}–{HARD}{hour(ends)}"


def moment(at: datetime, zone: str) -> str:
    """ "mardi 12 janvier 2027 à 10 h, heure de Paris": the zone is always named."""
    local = Moment(at, zone).local
    values = {"day": day(local.date()), "hour": hour(local), "zone": zone_name(zone)}
    return gettext("%(day)s à %(hour)s, %(zone)s") % values


def zone_name(zone: str) -> str:
    """ "heure de Paris"; the city is the last part of the IANA name."""
    return gettext("heure de %(city)s") % {"city": zone.rsplit("/", 1)[-1].replace("_", " ")}
