"""From a letter as data to an e-mail: text and HTML that say the same, headers nobody can write into."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sprint import languages
from sprint.languages import HARD, NARROW
from sprint.letter import LetterText, Link
from sprint.notices.rules import MAY_STOP
from sprint.settings import Settings
from sprint.web.sealed import seal
from sprint.web.templates import TEMPLATES, install_gettext, markdown, say
from sprint.words import Words

STOP_PATH = "/moi/courriers/arret"
STOP = "stop"
"""Purpose of the seal, made over a letter, with which one stops those of its kind without signing in."""


@dataclass(frozen=True)
class Recipient:
    """To whom a letter goes."""

    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a letter; its bytes are text of that subtype in UTF-8. `method`: what a calendar does with it."""

    name: str
    subtype: str
    body: bytes
    method: str = ""


class BadAddress(Exception):
    """No mail can be addressed so."""


def plain(words: Words) -> str:
    """A sentence for text/plain: without the marks of weight."""
    return re.sub(r"\*\*(.+?)\*\*", r"\1", languages.speak(words))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    install_gettext(environment)
    environment.filters |= {"say": say, "plain": plain, "markdown": markdown}
    return environment


# Of its own, not the frame's: letters are rendered by workers, which know no route and load no component.
ENVIRONMENT = _environment()


def subject(text: LetterText, language: str) -> str:
    with languages.using(language):
        return _one_line(plain(text.subject))


def body(
    text: LetterText, language: str, settings: Settings, form: str, *, leaves: bool = False, stop: str = ""
) -> str:
    """The letter as `txt` or `html`, in a language; only one that leaves holds what shows that it arrived."""
    prefix = "" if language == "fr" else f"/{language}"
    with languages.using(language):
        return ENVIRONMENT.get_template(f"notices/letter.{form}").render(
            letter=text,
            language=language,
            address=settings.base_url + prefix + _path(text.action, settings, leaves=leaves),
            more=[(link.label, settings.base_url + prefix + link.path) for link in text.more],
            stop=stop,
            contact=settings.contact,
            base_url=settings.base_url + (prefix + "/" if prefix else ""),
        )


def stop_address(text: LetterText, language: str, settings: Settings, letter_id: int) -> str:
    """Where whoever holds the letter may stop those of its kind; nothing for necessary ones."""
    prefix = "" if language == "fr" else f"/{language}"
    if text.stop is not None:
        return settings.base_url + prefix + _path(text.stop, settings, leaves=True)
    if text.purpose not in MAY_STOP or not letter_id:
        return ""
    return f"{settings.base_url}{prefix}{STOP_PATH}/{seal(settings, STOP, letter_id, 0)}"


def _path(link: Link, settings: Settings, *, leaves: bool) -> str:
    return f"{link.path}/{seal(settings, link.sealed, link.key, 0)}" if leaves and link.sealed else link.path


def message(
    text: LetterText,
    to: Recipient,
    message_id: str,
    settings: Settings,
    now: datetime,
    enclosed: Sequence[Enclosed] = (),
    letter_id: int = 0,
) -> EmailMessage:
    """The e-mail, ready for the relay; raises BadAddress when nothing can be sent there (what is not ASCII needs SMTPUTF8)."""
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message_id
    mail["Date"] = now
    mail["From"] = settings.mail_from
    mail["To"] = address_of(to)
    if "@" in settings.contact:
        mail["Reply-To"] = settings.contact
    mail["Subject"] = subject(text, to.language)
    mail["Auto-Submitted"] = "auto-generated"
    stop = stop_address(text, to.language, settings, letter_id)
    if stop:
        # One click in the mail program, no page and no session (RFC 8058).
        mail["List-Unsubscribe"] = f"<{stop}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Quoted-printable: not every relay takes eight bits, none takes lines of a thousand.
    mail.set_content(body(text, to.language, settings, "txt", leaves=True, stop=stop), cte="quoted-printable")
    html = body(text, to.language, settings, "html", leaves=True, stop=stop)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for one in enclosed:
        params = {"charset": "utf-8"} | ({"method": one.method} if one.method else {})
        mail.add_attachment(one.body, "text", one.subtype, filename=one.name, params=params)
    mail["Content-Language"] = to.language
    return mail


def domain_of(mail_from: str) -> str:
    """The domain of the sender: what comes after the @ of our Message-IDs."""
    _, at, domain = parseaddr(mail_from)[1].rpartition("@")
    return domain if at and domain else "localhost"


def address_of(to: Recipient) -> Address:
    """Where a letter goes; raises BadAddress when nothing can be sent there."""
    if not to.email.isascii():
        raise BadAddress("the address is not ASCII")
    try:
        return Address(display_name=_one_line(to.name), addr_spec=to.email)
    except (ValueError, IndexError, HeaderParseError):
        # The parser's own message repeats the address, which stays out of logs and tables.
        raise BadAddress("the address has no valid form") from None


def _one_line(text: str) -> str:
    """`text` without what could end a header or hide in one: control characters, and what readers take for an encoded word."""
    seen = "".join(sign if sign.isprintable() or sign in (NARROW, HARD) else " " for sign in text)
    return re.sub(" +", " ", seen).strip().replace("=?", "= ?")
