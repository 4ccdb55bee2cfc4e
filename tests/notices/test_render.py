"""Letters as they are received: both languages, text as good as HTML, headers nobody can write into."""

import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import html5lib
import pytest

from sprint import languages
from sprint.letter import LetterText
from sprint.notices.render import BadAddress, Recipient, body, domain_of, message, subject
from sprint.registrations.facts import EDITION_WIDE, RegistrationFact
from sprint.registrations.letters import Happened, letter_about
from sprint.registrations.tables import Mode
from sprint.settings import Settings
from tests.notices.scene import some_settings

NOW = datetime(2027, 1, 12, 9, 30, tzinfo=UTC)
DAY = date(2027, 3, 16)
SILENT = EDITION_WIDE | {RegistrationFact.MOVED, RegistrationFact.PRESENCE_CONFIRMED}
EACH_KIND = [kind for kind in RegistrationFact if kind not in SILENT]
"""The kinds that owe somebody a letter; the silent ones are told with another or to nobody."""


def a_letter(
    kind: RegistrationFact = RegistrationFact.CONFIRMED, track: str = "Keycloak", *, by_team: bool = False
) -> LetterText:
    letter = letter_about(
        "Sprint 2027", [Happened(kind, track, "/sprint-2027/parcours/k", DAY, Mode.SITE, "Paris", by_team)]
    )
    assert letter is not None
    return letter


def a_mail(
    *,
    name: str = "Ada Lovelace",
    email: str = "ada@example.org",
    language: str = "fr",
    track: str = "Keycloak",
    settings: Settings | None = None,
) -> EmailMessage:
    """As whoever receives it parses it."""
    mail = message(a_letter(track=track), Recipient(name, email, language), "<a@b>", settings or some_settings(), NOW)
    return message_from_bytes(mail.as_bytes(), policy=default)


def content(mail: EmailMessage, form: str) -> str:
    part = mail.get_body((form,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w’'/:.@-]*\w", re.sub(r"[\u00a0\u202f]", " ", text))


def read_aloud(html: str) -> str:
    """The text of the body of an HTML letter, links with their address after them."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    for link in document.iter("a"):
        link.tail = f" {link.get('href')} {link.tail or ''}" if link.text != link.get("href") else link.tail
    return " ".join(document.find("body").itertext())


def test_the_headers_say_who_what_and_that_a_machine_wrote_it() -> None:
    mail = a_mail(
        settings=some_settings(mail_from="Le sprint <sprint@example.gouv.fr>", contact="equipe@example.gouv.fr")
    )
    assert dict(mail.items()) | {"Content-Type": ""} == {
        "Message-ID": "<a@b>",
        "Date": "Tue, 12 Jan 2027 09:30:00 +0000",
        "From": "Le sprint <sprint@example.gouv.fr>",
        "To": "Ada Lovelace <ada@example.org>",
        "Reply-To": "equipe@example.gouv.fr",
        "Subject": "Inscription confirmée\u00a0: Keycloak",
        "Content-Language": "fr",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("language", languages.LANGUAGES)
@pytest.mark.parametrize("kind", EACH_KIND)
def test_the_text_says_every_word_of_the_html(kind: RegistrationFact, language: str) -> None:
    settings = some_settings(contact="equipe@example.gouv.fr")
    text, html = (body(a_letter(kind), language, settings, form) for form in ("txt", "html"))
    assert words_of(text) == words_of(read_aloud(html))
    assert "**" not in text
    assert "style=" not in html


def test_the_french_letter_word_for_word() -> None:
    assert content(a_mail(), "plain").replace("\u00a0", " ").replace("\u202f", " ") == (
        "Réservez mardi 16 mars 2027 : votre place dans Keycloak est confirmée.\n"
        "\n"
        "- mardi 16 mars 2027, sur place (Paris) : place confirmée dans Keycloak\n"
        "\n"
        "Un empêchement ? Désistez-vous sur la page du parcours : votre place ira à la personne suivante.\n"
        "\n"
        "Voir mon inscription\n"
        "http://127.0.0.1:8000/sprint-2027/parcours/k\n"
        "\n"
        "Ma convocation, pour ma hiérarchie\n"
        "http://127.0.0.1:8000/moi/convocation/sprint-2027\n"
        "\n"
        "L’équipe du sprint (Sprint 2027)\n"
        "\n"
        "-- \n"
        "Ce courriel est envoyé automatiquement par Sprint, le sprint annuel du libre et de l’open source de l’État.\n"
        "http://127.0.0.1:8000\n"
    )


def test_the_english_letter_word_for_word() -> None:
    mail = a_mail(language="en")
    assert (mail["Subject"], mail["Content-Language"]) == ("Registration confirmed: Keycloak", "en")
    assert content(mail, "plain") == (
        "Save the date, Tuesday 16 March 2027: your seat on Keycloak is confirmed.\n"
        "\n"
        "- Tuesday 16 March 2027, on site (Paris): seat confirmed on Keycloak\n"
        "\n"
        "Can’t make it after all? Withdraw on the track’s page: your seat will go to the next person.\n"
        "\n"
        "See my registration\n"
        "http://127.0.0.1:8000/en/sprint-2027/parcours/k\n"
        "\n"
        "My convocation, for those I work for\n"
        "http://127.0.0.1:8000/en/moi/convocation/sprint-2027\n"
        "\n"
        "The sprint team (Sprint 2027)\n"
        "\n"
        "-- \n"
        "This email is sent automatically by Sprint, the French State’s annual free and open-source software sprint.\n"
        "http://127.0.0.1:8000/en/\n"
    )


@pytest.mark.parametrize("by_team", [False, True])
@pytest.mark.parametrize("kind", EACH_KIND)
def test_no_french_is_left_in_an_english_letter(kind: RegistrationFact, by_team: bool) -> None:
    letter = a_letter(kind, by_team=by_team)
    text = subject(letter, "en") + body(letter, "en", some_settings(contact="team@example.org"), "txt")
    assert re.findall(r"[éèêàçœ«»]|\b(?:le|la|les|vous|votre|une|dans|place)\b", text) == []


@pytest.mark.parametrize(
    "name",
    [
        "Ada\r\nBcc: eve@example.org",
        "Ada\nSubject: you won",
        "Ada\x0b\x0c\x1c\x85\u2028\u2029Bcc: eve@example.org",
        'Ada" <eve@example.org>, "',
        "Ada <eve@example.org>",
        "eve@example.org",
        "=?utf-8?q?=0ABcc:_eve=40example.org?=",
        "\u202eadA",
        "É" * 120,
        "",
    ],
)
def test_a_name_writes_no_header_and_no_second_recipient(name: str) -> None:
    mail = a_mail(name=name)
    assert [address.addr_spec for address in mail["To"].addresses] == ["ada@example.org"]
    assert sorted(mail.keys()) == sorted(a_mail().keys())
    assert mail["Subject"] == a_mail()["Subject"]


def test_a_track_writes_no_header_either() -> None:
    mail = a_mail(track="Keycloak\r\nBcc: eve@example.org\r\n\r\n<script>")
    assert mail["Subject"] == "Inscription confirmée\u00a0: Keycloak Bcc: eve@example.org <script>"
    assert sorted(mail.keys()) == sorted(a_mail().keys())


def test_what_organisers_typed_is_text_in_the_html() -> None:
    html = content(a_mail(track="<script>alert(1)</script> & <b>co</b>"), "html")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;co&lt;/b&gt;" in html


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "@",
        "ada@",
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org, eve@example.org",
        "adà@example.org",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(email: str) -> None:
    with pytest.raises(BadAddress) as refused:
        a_mail(email=email)
    assert "example.org" not in str(refused.value)


@pytest.mark.parametrize(
    ("sender", "domain"),
    [("Sprint <sprint@example.org>", "example.org"), ("sprint@localhost", "localhost"), ("sprint", "localhost")],
)
def test_the_domain_of_message_ids_is_that_of_the_sender(sender: str, domain: str) -> None:
    assert domain_of(sender) == domain
