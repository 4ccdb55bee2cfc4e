"""Hands one e-mail to the relay. After the relay's 250 nothing more is awaited: what follows is our commit."""

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from sprint.clock import now
from sprint.database import no_door_is_open
from sprint.settings import Settings

TIMEOUT_SECONDS = 20.0
"""How long one answer of the relay may take."""


class NotPosted(Exception):
    """The relay did not take the letter this time; the text is its answer, without address."""


class NeverPosted(NotPosted):
    """The relay refuses this recipient or this letter for good (5xx)."""


def post(mail: EmailMessage, settings: Settings, until: datetime) -> None:
    """Post, or raise NotPosted; the letter itself is only handed over while `until` leaves time for the answer.

    Its end must be known before another worker may take the job, else both would post.
    """
    no_door_is_open()
    try:
        with _Relay(settings, until) as relay:
            relay.hand_over(mail)
    except smtplib.SMTPException as error:
        raise NotPosted(_answer(error)) from error
    except OSError as error:
        raise NotPosted(type(error).__name__) from error


class _Relay:
    """One connection to the relay, step by step: smtplib's own `send_message` would start late and wait long."""

    def __init__(self, settings: Settings, until: datetime) -> None:
        self.settings, self.until = settings, until
        self.smtp = self._connected()

    def __enter__(self) -> "_Relay":
        return self

    def __exit__(self, *error: object) -> None:
        # QUIT is said but its answer not awaited: the letter is posted, or not, already.
        with suppress(smtplib.SMTPException, OSError):
            self.smtp.putcmd("quit")
        self.smtp.close()

    def _connected(self) -> smtplib.SMTP:
        host, port = self.settings.smtp_host, self.settings.smtp_port
        # Our name is given: smtplib would ask the resolver for it, without a time limit.
        name, seconds = _own_name(self.settings.host), self._seconds()
        if self.settings.smtp_tls == "tls":
            return smtplib.SMTP_SSL(host, port, name, timeout=seconds, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, name, timeout=seconds)

    def hand_over(self, mail: EmailMessage) -> None:
        if self.settings.smtp_tls == "starttls":
            self.smtp.starttls(context=ssl.create_default_context())
        if self.settings.smtp_user:
            self._in_time().login(self.settings.smtp_user, self.settings.smtp_password.get_secret_value())
        self._in_time().ehlo_or_helo_if_needed()
        sender, recipient = (mail[name].addresses[0].addr_spec for name in ("From", "To"))
        code, answer = self._in_time().mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, answer, sender)
        code, answer = self._in_time().rcpt(recipient)
        if code not in (250, 251):
            raise _refused(code, answer)
        code, answer = self._in_time().data(mail.as_bytes(policy=SMTP))
        if code != 250:
            raise _refused(code, answer)

    def _in_time(self) -> smtplib.SMTP:
        if self.smtp.sock is not None:
            self.smtp.sock.settimeout(self._seconds())
        return self.smtp

    def _seconds(self) -> float:
        """For the next answer; DATA waits for two."""
        left = (self.until - now()).total_seconds() / 2
        if left <= 0:
            raise NotPosted("the relay was too slow")
        return min(TIMEOUT_SECONDS, left)


def _refused(code: int, answer: bytes) -> NotPosted:
    kind = NeverPosted if 500 <= code < 600 else NotPosted
    return kind(_told(code, answer))


def _answer(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _told(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:250]


def _told(code: int, answer: bytes | str) -> str:
    """The relay's answer on one line. It likes to repeat the address, which is kept nowhere but with the person."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    words = ["(…)" if "@" in word else word for word in text.split()]
    return f"{code} {' '.join(words)}"[:250]


def _own_name(host: str) -> str:
    """How we greet the relay: a name, or an address in brackets."""
    if ":" in host:
        return f"[IPv6:{host}]"
    return f"[{host}]" if host.replace(".", "").isdigit() else host
