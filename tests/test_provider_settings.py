"""Where people sign in, as declared in a file: what is wrong is told by setting, block and key, before anything starts."""

import re
import tomllib
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, RSAKey

from sprint.provider_settings import GitHub, OpenId, block_of, read_providers
from sprint.settings import SettingsError, read_settings

GOOD = {"kind": "oidc", "issuer": "https://idp.example", "client_id": "c", "client_secret": "hunter2"}
DOCUMENT = Path(__file__).parents[1] / "docs" / "connexion.md"


def declared(folder: Path, text: str) -> str:
    file = folder / "providers.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def started(file: str) -> str:
    """What the start says of that file."""
    environment = {"SPRINT_SECRET": "s" * 32, "SPRINT_SMTP_HOST": "relay.example", "SPRINT_PROVIDERS": file}
    try:
        return " ".join(one.name for one in read_settings(environment).providers)
    except SettingsError as error:
        return str(error)


def fault(**values: object) -> str:
    given = {name: value for name, value in (GOOD | values).items() if value is not None}
    with pytest.raises(ValueError) as caught:
        block_of("idp", given)
    return str(caught.value)


def test_without_a_file_there_is_no_provider() -> None:
    assert started("") == ""


def test_providers_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    block = '[{}]\nkind = "gitlab"\nclient_id = "c"\nclient_secret = "s"\n'
    file = declared(tmp_path, block.format("second") + block.format("first"))
    assert started(file) == "second first"


def test_every_fault_is_named_with_its_setting_its_block_and_its_key(tmp_path: Path) -> None:
    file = declared(
        tmp_path,
        'loose = 1\n[one]\nkind = "orcid"\nclient_secret = "s"\nclient_ids = "c"\n[two]\nkind = "orkid"\n[Three]\nkind = "github"\n'
        'client_id = "c"\nclient_secret = "s"\n[four]\nkind = "oidc"\nissuer = "https://x.example"\nclient_id = "c"\n',
    )
    (line,) = started(file).splitlines()
    assert line.startswith("SPRINT_PROVIDERS: ")
    found = line.removeprefix("SPRINT_PROVIDERS: ").split("; ")
    assert [re.match(r"\[\w+\] (\w*:)?", one)[0] for one in found] == [  # type: ignore[index]
        "[loose] ",
        "[one] client_id:",
        "[one] client_ids:",
        "[two] ",
        "[Three] name:",
        "[four] ",
    ]
    assert found[-1] == "[four] client_secret is missing"


@pytest.mark.parametrize("content", ["[", "\x00"])
def test_a_file_that_is_no_declaration_stops_the_start(content: str, tmp_path: Path) -> None:
    assert started(declared(tmp_path, content)).startswith("SPRINT_PROVIDERS: providers.toml cannot be read: ")
    assert started(str(tmp_path / "none.toml")).startswith("SPRINT_PROVIDERS: none.toml cannot be read: ")


@pytest.mark.parametrize("name", ["demo", "courriel", "", "A", "a_b", "-a", "a--b", "été", "a" * 41, "a/b"])
def test_a_name_that_is_no_part_of_an_address_or_is_taken_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        block_of(name, GOOD)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://idp.example", "idp.example", "https://", "https://a@idp.example", "https://idp.example?x=1",
        "https://idp.example#x", "ftp://idp.example", "",
    ],
)  # fmt: skip
def test_an_issuer_is_an_https_address(issuer: str) -> None:
    assert "must be an https address" in fault(issuer=issuer)


def test_an_issuer_on_this_machine_may_do_without_https() -> None:
    assert block_of("idp", GOOD | {"issuer": "http://127.0.0.1:8202"}).origin == "http://127.0.0.1:8202"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS1", ""])
def test_an_algorithm_of_shared_secrets_or_none_is_refused(algorithm: str) -> None:
    assert "algorithm" in fault(algorithm=algorithm)


def test_how_we_prove_who_we_are_fits_what_we_were_given() -> None:
    assert "client_secret is missing" in fault(client_secret=None)
    assert "client_secret makes no sense with none" in fault(client_auth="none")
    assert "private_key is missing" in fault(client_auth="private_key_jwt", client_secret=None)
    assert "private_key makes no sense with client_secret_post" in fault(
        client_auth="client_secret_post", private_key="x"
    )
    assert block_of("idp", GOOD | {"client_auth": "none", "client_secret": ""}).name == "idp"


@pytest.mark.parametrize(
    ("algorithm", "key"), [("RS256", RSAKey.generate_key(2048)), ("ES256", ECKey.generate_key("P-256"))]
)
def test_a_private_key_is_one_of_its_algorithm(algorithm: str, key: RSAKey | ECKey) -> None:
    signs = {"client_auth": "private_key_jwt", "client_secret": None, "client_algorithm": algorithm}
    pem = key.as_pem(private=True).decode()
    given = {name: value for name, value in (GOOD | signs | {"private_key": pem}).items() if value is not None}
    block = block_of("idp", given)
    assert isinstance(block, OpenId)
    assert block.signing_key().thumbprint() == key.thumbprint()
    for wrong in (key.as_pem(private=False).decode(), "x", "-----BEGIN PRIVATE KEY-----"):
        assert f"no private key for {algorithm}" in fault(**signs, private_key=wrong)
    other = "ES256" if algorithm == "RS256" else "RS256"
    assert f"no private key for {other}" in fault(**signs | {"client_algorithm": other}, private_key=pem)


def test_secrets_come_from_files_beside_the_declaration(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    text = '[a]\nkind = "github"\nclient_id = "c"\nclient_secret_file = "{}"\n'
    (block,) = read_providers(declared(tmp_path, text.format("secret")))
    assert block.client_secret.get_secret_value() == "hunter2"
    assert "No such file" in started(declared(tmp_path, text.format("none")))


def test_neither_a_fault_nor_the_settings_show_a_secret() -> None:
    assert "hunter2" not in fault(issuer="x", algorithm="HS256", client_auth="private_key_jwt")
    assert "hunter2" not in repr(block_of("idp", GOOD))


def test_each_kind_asks_what_it_can_be_asked() -> None:
    kinds = {}
    for kind in ("proconnect", "orcid", "gitlab", "forgejo", "oidc"):
        block = block_of("p", GOOD | {"kind": kind})
        assert isinstance(block, OpenId)
        kinds[kind] = (block.client_auth, block.pkce, block.ui_locales, block.sign_out)
    assert kinds == {
        "proconnect": ("client_secret_post", False, False, True),
        "orcid": ("client_secret_post", False, True, False),
        "gitlab": ("client_secret_basic", True, True, False),
        "forgejo": ("client_secret_basic", True, True, False),
        "oidc": ("client_secret_basic", True, True, True),
    }


def test_the_examples_of_the_document_are_declarations_that_hold(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    for file in re.findall(r'_file = "(.+?)"', example):
        pem = RSAKey.generate_key(2048).as_pem(private=True)
        (tmp_path / file).write_bytes(pem if file.endswith(".pem") else b"secret")
    found = read_providers(declared(tmp_path, example.replace("DOMAINE", "proconnect.example")))
    assert [one.name for one in found] == list(tomllib.loads(example))
    assert {one.kind for one in found} == {"proconnect", "orcid", "github", "gitlab", "forgejo", "oidc"}


def test_the_document_tells_every_key() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").partition("## Toutes les clefs")[2].partition("## ")[0]
    told = {key for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    assert told == (set(OpenId.model_fields) | set(GitHub.model_fields)) - {"name"}
