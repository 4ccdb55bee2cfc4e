"""Handing a letter to a relay: what it takes, what it refuses for now or for good, and never behind an open door."""

import ssl
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sprint.clock import now
from sprint.database import Database, NetworkBehindOpenDoor
from sprint.notices.post import NeverPosted, NotPosted, post
from sprint.settings import Settings
from tests.notices.scene import some_settings
from tests.postgres import free_port
from tests.relay import Relay


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["Message-ID"], mail["From"], mail["To"] = "<a@b>", "Sprint <sprint@example.org>", "Ada <ada@example.org>"
    mail.set_content(".\n.a line that starts with a dot\n" + "é" * 2000, cte="quoted-printable")
    return mail


def send(settings: Settings, seconds: float = 30) -> None:
    post(a_mail(), settings, now() + timedelta(seconds=seconds))


def test_the_letter_arrives_whole() -> None:
    with Relay() as relay:
        send(some_settings(relay))
    (mail,) = relay.received
    assert (mail["Message-ID"], mail["To"]) == ("<a@b>", "Ada <ada@example.org>")
    assert mail.get_content().replace("\r\n", "\n") == a_mail().get_content()


@pytest.mark.parametrize(
    ("to_recipient", "to_letter", "kind", "told"),
    [
        ("550 5.1.1 <ada@example.org>: unknown user", "250", NeverPosted, "550 5.1.1 (…) unknown user"),
        ("250 known", "554 5.7.1 looks like spam", NeverPosted, "554 5.7.1 looks like spam"),
        ("450 4.2.0 ada@example.org greylisted", "250", NotPosted, "450 4.2.0 (…) greylisted"),
        ("250 known", "452 4.3.1 disk full", NotPosted, "452 4.3.1 disk full"),
    ],
)
def test_a_refusal_says_whether_it_is_for_good_and_never_the_address(
    to_recipient: str, to_letter: str, kind: type[NotPosted], told: str
) -> None:
    with Relay(answer_to_rcpt=lambda address: to_recipient, answer_to_data=lambda mail: to_letter) as relay:
        with pytest.raises(NotPosted) as refused:
            send(some_settings(relay))
    assert (type(refused.value), str(refused.value)) == (kind, told)
    assert relay.received == []


def test_a_relay_that_is_not_there_is_no_reason_to_give_up() -> None:
    settings = some_settings(demo="", smtp_host="127.0.0.1", smtp_port=free_port(), smtp_tls="none")
    with pytest.raises(NotPosted, match="ConnectionRefusedError") as refused:
        send(settings)
    assert type(refused.value) is NotPosted


def test_nothing_is_handed_over_once_another_worker_may_have_the_job() -> None:
    with Relay() as relay, pytest.raises(NotPosted, match="too slow"):
        send(some_settings(relay), seconds=0)
    assert relay.received == []


def test_a_relay_that_does_not_answer_in_time_is_left_before_the_lease_ends() -> None:
    """It may have kept the letter: only the Message-ID tells then."""
    began = now()
    with Relay(before_answer=lambda mail: time.sleep(1)) as relay:
        with pytest.raises(NotPosted, match="timed out"):
            send(some_settings(relay), seconds=0.6)
        assert now() - began < timedelta(seconds=0.6)


def test_no_letter_is_posted_behind_an_open_door(database: Database) -> None:
    with Relay() as relay:
        for door in (database.reading, database.writing):
            with door(), pytest.raises(NetworkBehindOpenDoor):
                send(some_settings(relay))
    assert relay.received == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "relay")])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "relay.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def secure(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_starttls_protects_the_letter_when_the_certificate_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Relay(tls_context=secure(certificate)) as relay:
        send(some_settings(relay, smtp_tls="starttls"))
    assert relay.message_ids == ["<a@b>"]


def test_a_relay_nobody_vouches_for_gets_no_letter(certificate: Path) -> None:
    with Relay(tls_context=secure(certificate)) as relay, pytest.raises(NotPosted, match="SSLCertVerificationError"):
        send(some_settings(relay, smtp_tls="starttls"))
    assert relay.received == []


def test_a_relay_without_tls_gets_no_letter_when_tls_is_asked_for() -> None:
    with Relay() as relay, pytest.raises(NotPosted, match="SMTPNotSupportedError"):
        send(some_settings(relay, smtp_tls="starttls"))
    assert relay.received == []
