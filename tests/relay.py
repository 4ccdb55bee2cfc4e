"""A mail relay in a thread of the tests: takes letters, refuses them, or stops at a chosen moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, TLSSetupException

from tests.postgres import free_port

Hook = Callable[[EmailMessage], None]
ACCEPTED = "250 kept"


def _nothing(_mail: EmailMessage) -> None:
    """Go on at once."""


@dataclass
class Relay:
    """What was taken, in order. `answer_to_rcpt` and `answer_to_data` are what it says; the hooks run in its thread.

    `before_answer` runs when a letter is whole and before anything is said of it, `after_answer` when the client has
    the 250: it is called as QUIT arrives, which our client says once it knows.
    """

    answer_to_rcpt: Callable[[str], str] = lambda address: "250 known"
    answer_to_data: Callable[[EmailMessage], str] = lambda mail: ACCEPTED
    before_answer: Hook = _nothing
    after_answer: Hook = _nothing
    tls_context: SSLContext | None = None
    received: list[EmailMessage] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    faults: list[Exception] = field(default_factory=list)
    """What the hooks raised: the relay itself would only answer 500, and the test look for the fault elsewhere."""
    _last: EmailMessage | None = None

    def __enter__(self) -> "Relay":
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=self.tls_context,
            require_starttls=self.tls_context is not None,
        )
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
        if error is None and self.faults:
            raise self.faults[0]

    @property
    def message_ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.received]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answer_to_rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        mail = message_from_bytes(content if isinstance(content, bytes) else b"", policy=default)
        self.before_answer(mail)
        answer = self.answer_to_data(mail)
        if answer == ACCEPTED:
            self.received.append(mail)
            self._last = mail
        return answer

    async def handle_exception(self, error: Exception) -> str:
        # A client that refuses our certificate is what some tests are about, no fault of theirs.
        if not isinstance(error, TLSSetupException):
            self.faults.append(error)
        return "451 the test is at fault"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        if self._last is not None:
            last, self._last = self._last, None
            self.after_answer(last)
        return "221 bye"
